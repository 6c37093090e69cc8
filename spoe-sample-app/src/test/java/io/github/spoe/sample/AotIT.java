/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.spoe.client.SpopClient;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample runs with the code that the goal {@code process-aot} has generated, in a
 * process of its own.
 */
public final class AotIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

	private static final Pattern STARTED = Pattern.compile("SPOE server started on \\S*:(\\d+)");

	@TempDir
	private Path directory;

	/**
	 * Run the sample.
	 * @param arguments its properties
	 */
	public static void main(String[] arguments) {
		// Whatever ends the JVM of the tests, no process is left behind.
		ProcessHandle.current()
			.parent()
			.ifPresent((tests) -> tests.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
		SampleApplication.main(arguments);
	}

	@Test
	void answersWithGeneratedCode() throws IOException {
		Path log = this.directory.resolve("agent.log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dspring.aot.enabled=true", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
				classPath(), AotIT.class.getName(), "--spoe.server.address=127.0.0.1", "--spoe.server.port=0",
				"--spoe.server.warmup=100ms", "--server.address=127.0.0.1", "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			await().atMost(TIMEOUT).until(() -> port(log) > 0 || !process.isAlive());
			assertThat(log).content().contains("Starting AOT-processed SampleApplication");
			assertThat(scoreOf("check-client-ip", port(log))).isEqualTo(100L);
			assertThat(scoreOf("lookup-client-ip", port(log))).isEqualTo(100L);
			assertThat(log).content().doesNotContain(" WARN ", " ERROR ");
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

	// What was generated stands beside a copy of the classes.
	private static String classPath() {
		String classes = TARGET.resolve("classes").toString();
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((element) -> element.equals(classes) ? TARGET.resolve("aot-classes").toString() : element)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static int port(Path log) throws IOException {
		Matcher started = STARTED.matcher(Files.readString(log));
		return started.find() ? Integer.parseInt(started.group(1)) : 0;
	}

	private static @Nullable Object scoreOf(String message, int port) throws IOException {
		InetSocketAddress agent = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		Notify.Argument ip = new Notify.Argument("ip", TypedData.of(InetAddress.getByName("10.1.2.3")));
		try (SpopClient client = SpopClient.connect(agent, TIMEOUT)) {
			client.hello();
			client.send(new Notify(1, 1, List.of(new Notify.Message(message, List.of(ip)))));
			TypedData score = client.readAck().actions().get(0).value();
			return (score != null) ? score.value() : null;
		}
	}

}
