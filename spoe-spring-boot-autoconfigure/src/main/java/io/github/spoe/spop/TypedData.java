/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * A piece of typed data with its value as a Java object.
 *
 * @param type the type on the wire
 * @param value {@code Boolean} for a BOOL, {@code Long} for an integer (a UINT64 as its
 * raw bits), {@code InetAddress} for an address, {@code String} or {@code byte[]}, and
 * {@code null} for NULL
 * @since 0.1.0
 */
public record TypedData(DataType type, @Nullable Object value) {

	/**
	 * The NULL value.
	 */
	public static final TypedData NULL = new TypedData(DataType.NULL, null);

	/**
	 * Return a BOOL.
	 * @param value the value
	 * @return the typed data
	 */
	public static TypedData of(boolean value) {
		return new TypedData(DataType.BOOL, value);
	}

	/**
	 * Return an INT64, as which HAProxy sends every integer.
	 * @param value the value
	 * @return the typed data
	 */
	public static TypedData of(long value) {
		return new TypedData(DataType.INT64, value);
	}

	/**
	 * Return an IPV4 or IPV6.
	 * @param value the value
	 * @return the typed data
	 */
	public static TypedData of(InetAddress value) {
		return new TypedData((value.getAddress().length == 4) ? DataType.IPV4 : DataType.IPV6, value);
	}

	/**
	 * Return a STRING.
	 * @param value the value
	 * @return the typed data
	 */
	public static TypedData of(String value) {
		return new TypedData(DataType.STRING, value);
	}

	/**
	 * Return a BINARY.
	 * @param value the value
	 * @return the typed data
	 */
	public static TypedData of(byte[] value) {
		return new TypedData(DataType.BINARY, value);
	}

}
