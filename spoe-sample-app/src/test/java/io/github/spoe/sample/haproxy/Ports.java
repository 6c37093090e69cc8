/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports to listen on.
 */
final class Ports {

	// Below those that systems give to outgoing connections, so that a port is still free
	// after what listened on it was stopped.
	private static final int MIN = 20_000;

	private static final int MAX = 30_000;

	private Ports() {
	}

	static int free() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(MIN, MAX);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Taken: try another.
			}
		}
	}

}
