/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.awaitility.Awaitility.await;

/**
 * A running HAProxy. Its configuration finds the ports it is to use in the environment:
 * {@code HTTP_PORT}, {@code TCP_PORT} and {@code ORIGIN_PORT} to listen on, and
 * {@code SPOE_PORT} where the agent listens. Its log is kept under
 * {@code target/haproxy-logs}.
 */
final class Haproxy implements AutoCloseable {

	/**
	 * Has something for each of the {@code /paths} that the tests ask for.
	 */
	static final Path PROBE = resource("probe.cfg");

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int START_ATTEMPTS = 3;

	private static final Path LOGS = Path.of(System.getProperty("basedir", ""), "target", "haproxy-logs");

	// Whatever ends this JVM, no process is left behind.
	private static final Set<Haproxy> running = ConcurrentHashMap.newKeySet();
	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(Haproxy::close)));
	}

	private final Path directory = Files.createTempDirectory("haproxy");

	private final Path log;

	private final int httpPort = Ports.free();

	private final int tcpPort = Ports.free();

	private final Process process;

	private Haproxy(HaproxyVersion version, String mode, Path configuration, int agentPort,
			Map<String, String> environment) throws IOException {
		Path binary = version.binary();
		this.log = Files.createTempFile(Files.createDirectories(LOGS), version.toString().replace(' ', '-') + "-",
				".log");
		ProcessBuilder builder = new ProcessBuilder(binary.toString(), mode, "-f", configuration.toString())
			// Configurations name other files by their place next to them.
			.directory(configuration.getParent().toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		builder.environment()
			.putAll(Map.of("HTTP_PORT", "" + this.httpPort, "TCP_PORT", "" + this.tcpPort, "ORIGIN_PORT",
					"" + Ports.free(), "SPOE_PORT", "" + agentPort, "STATS_SOCKET", statsSocket().toString(),
					"AGENT_MODE", version.agentMode()));
		builder.environment().putAll(environment);
		this.process = builder.start();
		running.add(this);
	}

	/**
	 * Start HAProxy. The agent should listen already: HAProxy looks for it at once, and
	 * then only after a while again.
	 */
	static Haproxy start(HaproxyVersion version, Path configuration, int agentPort, Map<String, String> environment)
			throws IOException {
		return start(version, "-db", configuration, agentPort, environment);
	}

	/**
	 * Start HAProxy as a master and its worker, which can be reloaded.
	 */
	static Haproxy startMaster(HaproxyVersion version, int agentPort, Map<String, String> environment)
			throws IOException {
		return start(version, "-W", PROBE, agentPort, environment);
	}

	private static Haproxy start(HaproxyVersion version, String mode, Path configuration, int agentPort,
			Map<String, String> environment) throws IOException {
		for (int attempt = 1;; attempt++) {
			Haproxy haproxy = new Haproxy(version, mode, configuration, agentPort, environment);
			await().atMost(TIMEOUT).until(() -> haproxy.accepts() || !haproxy.process.isAlive());
			if (haproxy.process.isAlive()) {
				return haproxy;
			}
			String log = haproxy.logged();
			haproxy.close();
			// Someone else may have taken a free port.
			if (attempt == START_ATTEMPTS || !log.contains("in use")) {
				throw new IllegalStateException(version + " does not start:\n" + log);
			}
		}
	}

	static Haproxy start(HaproxyVersion version, int agentPort) throws IOException {
		return start(version, PROBE, agentPort, Map.of());
	}

	private static Path resource(String name) {
		try {
			return Path.of(Haproxy.class.getResource("/haproxy/" + name).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean accepts() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.httpPort)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Return a client that has no connection yet.
	 */
	WebClient newClient() {
		return new WebClient(this.httpPort);
	}

	/**
	 * Send a request on a connection of its own.
	 * @param id what the agent is to repeat
	 */
	WebRequest send(String path, String id) throws IOException {
		return new WebRequest(this.httpPort, path, id);
	}

	/**
	 * Let a new worker take over, and wait for the end of the old one.
	 */
	void reload() throws IOException {
		List<ProcessHandle> old = this.process.children().toList();
		Processes.signal(this.process, "USR2");
		await().atMost(TIMEOUT).until(() -> old.stream().noneMatch(ProcessHandle::isAlive));
	}

	/**
	 * Connect to the TCP frontend.
	 * @param source the loopback address to connect from
	 */
	Socket connect(String source) throws IOException {
		Socket socket = new Socket();
		socket.bind(new InetSocketAddress(source, 0));
		socket.setSoTimeout((int) TIMEOUT.toMillis());
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.tcpPort));
		return socket;
	}

	/**
	 * Return what HAProxy's health checks have found out about the agent: "UP" or "DOWN".
	 */
	String agentStatus() throws IOException {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(statsSocket()));
			channel.write(ByteBuffer.wrap("show stat\n".getBytes(StandardCharsets.US_ASCII)));
			String csv = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
			return csv.lines()
				.map((line) -> line.split(","))
				.filter((fields) -> fields[0].equals("agents") && fields[1].equals("agent"))
				.map((fields) -> fields[17])
				.findFirst()
				.orElseThrow();
		}
	}

	private String logged() throws IOException {
		return Files.readString(this.log);
	}

	private Path statsSocket() {
		return this.directory.resolve("stats");
	}

	@Override
	public void close() {
		Processes.end(this.process);
		running.remove(this);
		try {
			Files.deleteIfExists(statsSocket());
			Files.deleteIfExists(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
