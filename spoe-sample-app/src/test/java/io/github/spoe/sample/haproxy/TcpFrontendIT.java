/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An agent decides about connections that HAProxy knows nothing about but their bytes.
 */
class TcpFrontendIT {

	private final Haproxy haproxy;

	TcpFrontendIT(HaproxyVersion version) throws IOException {
		this.haproxy = Rig.shared(version).haproxy();
	}

	@HaproxyTest
	void letsThrough() throws Exception {
		assertThat(answer("127.0.0.1", "/")).startsWith("HTTP/1.1 200");
	}

	@HaproxyTest
	void rejectsByTheAddress() throws Exception {
		assertThat(answer("127.0.0.2", "/")).isEmpty();
	}

	@HaproxyTest
	void rejectsByTheFirstBytes() throws Exception {
		assertThat(answer("127.0.0.1", "/forbidden")).isEmpty();
	}

	private String answer(String source, String path) throws IOException {
		try (Socket socket = this.haproxy.connect(source)) {
			socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
		catch (SocketException ex) {
			// Reset.
			return "";
		}
	}

}
