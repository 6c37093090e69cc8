/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells the protocols that come to the port of an agent by mistake from their first four
 * bytes, where SPOP has the length of a frame.
 */
final class OtherProtocol {

	private static final Set<String> HTTP = Set.of("GET ", "HEAD", "POST", "PUT ", "DELE", "CONN", "OPTI", "TRAC",
			"PATC", "PRI ");

	/**
	 * What a server line of HAProxy with {@code send-proxy} or {@code send-proxy-v2}
	 * begins with.
	 */
	private static final Set<String> PROXY = Set.of("PROX", "\r\n\r\n");

	/**
	 * Type of a handshake record, and the major version that all versions of TLS say.
	 */
	private static final int TLS = 0x1603;

	private OtherProtocol() {
	}

	/**
	 * Return what a connection looks like.
	 * @param first the first four bytes
	 * @return the name of a protocol, or {@code null} if it is like none
	 */
	static @Nullable String of(int first) {
		if (first >>> Short.SIZE == TLS) {
			return "TLS";
		}
		String text = new String(ByteBuffer.allocate(Integer.BYTES).putInt(first).array(), StandardCharsets.ISO_8859_1);
		if (HTTP.contains(text)) {
			return "HTTP";
		}
		return PROXY.contains(text) ? "the PROXY protocol" : null;
	}

}
