/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the benchmark commands do without measuring anything.
 */
@EnabledOnOs(OS.LINUX)
class BenchmarkCommandTests {

	private static final Path COMMANDS = Path.of("benchmark").toAbsolutePath();

	private static final Path RESULTS = Path.of("../docs/performance").toAbsolutePath().normalize();

	@TempDir
	private Path directory;

	static List<Path> scripts() throws IOException {
		try (Stream<Path> files = Files.list(COMMANDS)) {
			return files.filter((file) -> file.toString().endsWith(".sh") && Files.isExecutable(file))
				.sorted()
				.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("scripts")
	void wrongOptionEndsInUsageLine(Path script) throws Exception {
		Outcome outcome = run(script.toString(), "--no-such-option");
		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.lastLine()).startsWith("usage: " + script.getFileName());
	}

	@Test
	void wrongValueEndsInUsageLine() throws Exception {
		for (String[] wrong : new String[][] { { "startup.sh", "--runs", "0" }, { "startup.sh", "--runs" },
				{ "startup.sh", "--java", "/no/jdk" }, { "memory.sh", "--frames", "many" },
				{ "memory.sh", "--csv", "/no/directory/file" }, { "haproxy.sh", "--jar", "no.jar" },
				{ "haproxy.sh", "--connections", "100000" }, { "load.sh" }, { "load.sh", "--port" },
				{ "jmh.sh", "NoSuchBenchmark" }, { "jmh.sh", "[" }, { "jmh.sh", "" }, { "jmh.sh", "read", "write" },
				{ "jmh.sh", "--java", "/no/jdk" }, { "jmh.sh", "read", "--json", "/no/directory/file" } }) {
			List<String> command = new ArrayList<>(List.of(wrong));
			command.set(0, COMMANDS.resolve(wrong[0]).toString());
			Outcome outcome = run(command.toArray(String[]::new));
			assertThat(outcome.status()).isEqualTo(2);
			assertThat(outcome.lastLine()).startsWith("usage: " + wrong[0]);
		}
	}

	@Test
	void plotWithoutDirectoryEndsInUsageLine() throws Exception {
		for (String[] wrong : new String[][] { {}, { "/no/directory" }, { "--to", this.directory.toString() } }) {
			Outcome outcome = plot(wrong);
			assertThat(outcome.status()).isEqualTo(2);
			assertThat(outcome.lastLine()).startsWith("usage: java Plot.java");
		}
	}

	@Test
	void plotOfDamagedResultsEndsInOneLine() throws Exception {
		for (String damaged : List.of("", "{", "{\"runs\": 1}", "{\"runs\": [{}]}", "[]")) {
			Files.writeString(this.directory.resolve("startup.json"), damaged);
			Outcome outcome = plot(this.directory.toString());
			assertThat(outcome.status()).isEqualTo(1);
			assertThat(outcome.output().strip()).startsWith("Plot: startup.json").doesNotContain("\n");
		}
	}

	@Test
	void plotsAreThoseOfTheResults() throws Exception {
		Outcome outcome = plot("--to", this.directory.toString(), RESULTS.toString());
		assertThat(outcome.status()).as(outcome.output()).isZero();
		try (Stream<Path> files = Files.list(RESULTS)) {
			for (Path plot : files.filter((file) -> file.toString().endsWith(".svg")).toList()) {
				assertThat(this.directory.resolve(plot.getFileName())).hasSameTextualContentAs(plot);
				assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile())).isNotNull();
			}
		}
	}

	private Outcome plot(String... args) throws Exception {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add(COMMANDS.resolve("Plot.java").toString());
		command.addAll(List.of(args));
		return run(command.toArray(String[]::new));
	}

	private Outcome run(String... command) throws Exception {
		Path output = Files.createTempFile(this.directory, "output", null);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			process.getOutputStream().close();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
			return new Outcome(process.exitValue(), Files.readString(output));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private record Outcome(int status, String output) {

		String lastLine() {
			return this.output.lines().reduce("", (before, line) -> line);
		}

	}

}
