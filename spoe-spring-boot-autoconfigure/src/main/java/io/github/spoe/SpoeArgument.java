/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.net.InetAddress;

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
	 * {@code Long} for an integer of any width (the raw bits of a UINT64),
	 * {@code InetAddress}, {@code String} or {@code byte[]}.
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
	 * Return the value of an integer of any width. A UINT64 above {@link Long#MAX_VALUE}
	 * comes as its raw bits: negative.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type
	 */
	long asLong();

	/**
	 * Return the value of a STRING or BINARY as text. Bytes that are not UTF-8 are
	 * replaced.
	 * @return the value
	 * @throws SpoeArgumentException if the value has another type
	 */
	String asString();

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

}
