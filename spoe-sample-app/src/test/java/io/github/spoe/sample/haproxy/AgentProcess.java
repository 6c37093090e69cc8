/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

import io.github.spoe.autoconfigure.SpoeServerAutoConfiguration;

import static org.awaitility.Awaitility.await;

/**
 * An agent in a process of its own, which can be killed. So that it starts soon it has
 * only {@link ReturningHandlers}, and nothing that they do not need. Its log is kept
 * under {@code target/agent-logs}.
 */
public final class AgentProcess implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final Path LOGS = Path.of(System.getProperty("basedir", ""), "target", "agent-logs");

	private final int port;

	private final Path log;

	private @Nullable Process process;

	AgentProcess(int port) {
		this.port = port;
		this.log = LOGS.resolve("agent-" + port + ".log");
	}

	/**
	 * Run the agent.
	 * @param arguments its properties
	 */
	public static void main(String[] arguments) {
		// Whatever ends the JVM of the tests, no process is left behind.
		ProcessHandle.current()
			.parent()
			.ifPresent((tests) -> tests.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments);
	}

	/**
	 * Start the process if it does not run, and wait until it listens.
	 */
	void start() throws IOException {
		if (this.process != null) {
			return;
		}
		Files.createDirectories(LOGS);
		List<String> command = new ArrayList<>(
				List.of(JAVA, "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
						System.getProperty("java.class.path"), AgentProcess.class.getName()));
		command.addAll(Agent.arguments(this.port));
		Process started = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		this.process = started;
		await().atMost(TIMEOUT).until(() -> listens() || !started.isAlive());
		if (!started.isAlive()) {
			throw new IllegalStateException("The agent does not start:\n" + logged());
		}
	}

	int port() {
		return this.port;
	}

	private boolean listens() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * End the process with a signal that it cannot see.
	 */
	void kill() {
		if (this.process != null) {
			this.process.destroyForcibly().onExit().join();
			this.process = null;
		}
	}

	/**
	 * Return what the agent logs of level WARN and above, in all its processes.
	 */
	String logged() throws IOException {
		return Files.readString(this.log);
	}

	@Override
	public void close() {
		kill();
	}

	@ImportAutoConfiguration(SpoeServerAutoConfiguration.class)
	@Import(ReturningHandlers.class)
	static class Application {

	}

}
