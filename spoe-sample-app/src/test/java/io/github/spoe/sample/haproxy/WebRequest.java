/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A request on a connection of its own, which can be given up.
 */
final class WebRequest implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final Socket socket;

	private final String id;

	private final long start = System.nanoTime();

	WebRequest(int port, String path, String id) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.id = id;
		this.socket.setSoTimeout((int) TIMEOUT.toMillis());
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-id: " + id
				+ "\r\n\r\n";
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Wait for the response.
	 */
	Response response() throws IOException {
		String response = new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		return new Response(this.id, response.lines().toList(), this.start, System.nanoTime());
	}

	/**
	 * Give up, and tell HAProxy with a reset.
	 */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * What came of a request.
	 *
	 * @param id what the agent was to repeat
	 * @param lines the lines of the response
	 * @param start when it began, as of {@link System#nanoTime()}
	 * @param end when it ended
	 */
	record Response(String id, List<String> lines, long start, long end) {

		/**
		 * Return whether the agent has answered, and to this request.
		 */
		boolean isRight() {
			return isOk() && this.id.equals(header("x-echo")) && header("x-error") == null;
		}

		/**
		 * Return whether HAProxy went on without the agent.
		 */
		boolean isUnanswered() {
			return isOk() && header("x-echo") == null && header("x-error") != null;
		}

		private boolean isOk() {
			return !this.lines.isEmpty() && this.lines.get(0).startsWith("HTTP/1.1 200 ");
		}

		@Nullable String header(String name) {
			String start = name + ": ";
			return this.lines.stream()
				.filter((line) -> line.startsWith(start))
				.map((line) -> line.substring(start.length()))
				.findFirst()
				.orElse(null);
		}

		Duration duration() {
			return Duration.ofNanos(this.end - this.start);
		}

	}

}
