/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadCommand} with the sample application.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "spoe.server.address=127.0.0.1", "spoe.server.port=0" })
class LoadCommandTests {

	@Value("${local.spoe.server.port}")
	private int port;

	@TempDir
	private Path directory;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void closedLoop() throws IOException {
		Path json = this.directory.resolve("load.json");
		assertThat(load("--connections", "2", "--window", "16", "--extra", "2", "--json", json.toString()))
			.as(this.err.toString())
			.isZero();
		assertThat(this.out.toString()).hasLineCount(2).contains("frames/s", "p99.9 us");
		assertThat(JsonParserFactory.getJsonParser().parseMap(Files.readString(json)))
			.containsKeys("machine", "java", "options")
			.containsEntry("errors", 0)
			.containsEntry("lost", 0)
			.hasEntrySatisfying("frames", (frames) -> assertThat((Integer) frames).isPositive())
			.extractingByKey("latency_us")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsKeys("p50", "p90", "p99", "p99.9", "max");
	}

	@Test
	void openLoop() throws IOException {
		Path json = this.directory.resolve("load.json");
		assertThat(load("--connections", "2", "--rate", "1000", "--message", "lookup-client-ip", "--json",
				json.toString()))
			.as(this.err.toString())
			.isZero();
		assertThat(JsonParserFactory.getJsonParser().parseMap(Files.readString(json))).containsEntry("frames", 200);
	}

	@Test
	void wrongAcks() {
		assertThat(load("--message", "unknown")).isOne();
		assertThat(this.err.toString()).startsWith("load.sh: ACK with [] (expected: ip_score 100 of the session)");
	}

	@Test
	void refusedConnection() throws IOException {
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = closed.getLocalPort();
		}
		assertThat(load()).isOne();
		assertThat(this.err.toString()).hasLineCount(1)
			.isEqualToIgnoringNewLines("load.sh: 127.0.0.1:" + this.port + ": Connection refused");
	}

	@Test
	void misuse() {
		assertThat(load("--window", "0")).isEqualTo(2);
		assertThat(this.err.toString().lines())
			.containsExactly("load.sh: --window takes a number from 1 to 4096, not '0'", LoadOptions.USAGE);
	}

	private int load(String... options) {
		List<String> args = new ArrayList<>(
				List.of("--port", String.valueOf(this.port), "--duration", "200ms", "--warmup", "50ms"));
		args.addAll(List.of(options));
		return LoadCommand.run(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8), args.toArray(String[]::new));
	}

}
