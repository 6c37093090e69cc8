/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One argument of a {@link SpoeMessage}: a name and a typed value. Immutable.
 *
 * @since 0.1.0
 */
public interface SpoeArgument {

	/**
	 * Return the name. It is empty for an argument that HAProxy's configuration does not
	 * name.
	 * @return the name
	 */
	String getName();

	/**
	 * Return the type that the value has on the wire.
	 * @return the type
	 */
	SpoeType getType();

	/**
	 * Return the value as the Java type nearest to the wire: {@code Boolean},
	 * {@code Long} for an integer of any width ({@code BigInteger} for a UINT64 above
	 * {@link Long#MAX_VALUE}), {@code InetAddress}, {@code String} or {@code byte[]}.
	 * @return the value, or {@code null} if the type is {@link SpoeType#NULL}
	 */
	@Nullable Object getValue();

	/**
	 * Return the value of a BOOL.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type
	 */
	boolean asBoolean();

	/**
	 * Return the value of an integer of any width.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type or does not fit
	 */
	int asInt();

	/**
	 * Return the value of an integer of any width.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type, or is a UINT64 above
	 * {@link Long#MAX_VALUE}
	 */
	long asLong();

	/**
	 * Return the value of an integer of any width. Fits any.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type
	 */
	BigInteger asBigInteger();

	/**
	 * Return the value of a STRING or BINARY as text. Bytes that are not UTF-8 are
	 * replaced.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type
	 */
	default String asString() {
		return asString(StandardCharsets.UTF_8);
	}

	/**
	 * Return the value of a STRING or BINARY as text.
	 * @param charset the charset of the text. What is malformed in it is replaced.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type
	 */
	String asString(Charset charset);

	/**
	 * Return the value of an IPV4 or IPV6, or of a STRING that is an address literal.
	 * Never asks DNS.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type or is no address
	 */
	InetAddress asInetAddress();

	/**
	 * Return a copy of the bytes of a BINARY or STRING.
	 * @return the bytes
	 * @throws SpoeArgumentException if the value has another type
	 */
	byte[] asBytes();

	/**
	 * Return the HTTP headers that {@code req.hdrs_bin} has fetched as a BINARY, or
	 * {@code req.hdrs} as a STRING, taken for ISO-8859-1.
	 * @return the values by the names of their headers, case-insensitive and in the order
	 * of the wire: a new map, for the caller to keep and change
	 * @throws SpoeArgumentException if the value has another type, or is not a whole
	 * header block
	 */
	default Map<String, List<String>> asHeaders() {
		return asHeaders(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Return the HTTP headers that {@code req.hdrs_bin} has fetched as a BINARY, or
	 * {@code req.hdrs} as a STRING.
	 * @param charset the charset of names and values, of those that have ASCII in them
	 * @return the values by the names of their headers, case-insensitive and in the order
	 * of the wire: a new map, for the caller to keep and change
	 * @throws SpoeArgumentException if the value has another type, or is not a whole
	 * header block
	 */
	Map<String, List<String>> asHeaders(Charset charset);

}
