/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Arguments for messages that nobody has sent.
 */
final class MadeUpArgument {

	/**
	 * Of a network that is for documentation only (RFC 5737).
	 */
	private static final InetAddress IPV4 = address(192, 0, 2, 1);

	/**
	 * Of a network that is for documentation only (RFC 3849).
	 */
	private static final InetAddress IPV6 = address(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

	/**
	 * An empty name and an empty value, which end a header block.
	 */
	private static final byte[] NO_HEADERS = { 0, 0 };

	private static final Map<Class<?>, Object> VALUES = Map.ofEntries(Map.entry(Boolean.class, false),
			Map.entry(Byte.class, 0L), Map.entry(Short.class, 0L), Map.entry(Character.class, 0L),
			Map.entry(Integer.class, 0L), Map.entry(Long.class, 0L), Map.entry(BigInteger.class, 0L),
			Map.entry(String.class, ""), Map.entry(InetAddress.class, IPV4), Map.entry(Inet4Address.class, IPV4),
			Map.entry(Inet6Address.class, IPV6), Map.entry(byte[].class, new byte[0]),
			Map.entry(ByteBuffer.class, new byte[0]), Map.entry(Map.class, NO_HEADERS),
			Map.entry(MultiValueMap.class, NO_HEADERS));

	private MadeUpArgument() {
	}

	/**
	 * Make up an argument.
	 * @param type the type that it can be converted to
	 * @return the argument, of a type that the wire has, or {@code null}
	 */
	static @Nullable Object of(Class<?> type) {
		Object[] constants = type.getEnumConstants();
		if (constants != null) {
			return (constants.length > 0) ? ((Enum<?>) constants[0]).name() : null;
		}
		return HttpHeadersFactory.isHttpHeaders(type) ? NO_HEADERS : VALUES.get(type);
	}

	private static InetAddress address(int... octets) {
		byte[] address = new byte[octets.length];
		for (int i = 0; i < octets.length; i++) {
			address[i] = (byte) octets[i];
		}
		try {
			return InetAddress.getByAddress(address);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
