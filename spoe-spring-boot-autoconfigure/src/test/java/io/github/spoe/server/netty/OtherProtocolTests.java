/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OtherProtocol}.
 */
class OtherProtocolTests {

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1", "HEAD / HTTP/1.1", "POST / HTTP/1.0", "PUT /a HTTP/1.1",
			"DELETE / HTTP/1.1", "CONNECT a:1 HTTP/1.1", "OPTIONS * HTTP/1.1", "TRACE / HTTP/1.1", "PATCH / HTTP/1.1",
			"PRI * HTTP/2.0" })
	void http(String request) {
		assertThat(OtherProtocol.of(first(request))).isEqualTo("HTTP");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x16030100, 0x160301FF, 0x16030300, 0x16030402 })
	void tls(int first) {
		assertThat(OtherProtocol.of(first)).isEqualTo("TLS");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY TCP4 10.0.0.1 10.0.0.2 1 2", "\r\n\r\n\0\r\nQUIT\n" })
	void proxyProtocol(String header) {
		assertThat(OtherProtocol.of(first(header))).isEqualTo("the PROXY protocol");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x01000001, 0x17030300, 0x16020100 })
	void otherBytes(int first) {
		assertThat(OtherProtocol.of(first)).isNull();
	}

	@Test
	void otherText() {
		assertThat(OtherProtocol.of(first("get / HTTP/1.1"))).isNull();
		assertThat(OtherProtocol.of(first("SSH-2.0-"))).isNull();
	}

	private static int first(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)).getInt();
	}

}
