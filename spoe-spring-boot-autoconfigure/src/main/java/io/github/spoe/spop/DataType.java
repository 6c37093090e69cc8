/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import org.jspecify.annotations.Nullable;

/**
 * Type of a piece of typed data (SPOE.txt section 3.1): the low four bits of its first
 * byte. The high four bits are flags, used by {@link #BOOL} alone.
 *
 * @since 0.1.0
 */
public enum DataType {

	/**
	 * No value, no further bytes.
	 */
	NULL,

	/**
	 * The value is a flag of the first byte: 0x11 is true, and nothing else.
	 */
	BOOL,

	/**
	 * A varint: the value with its sign extended to 64 bits.
	 */
	INT32,

	/**
	 * A varint.
	 */
	UINT32,

	/**
	 * A varint: the value in two's complement.
	 */
	INT64,

	/**
	 * A varint.
	 */
	UINT64,

	/**
	 * Four bytes in network order.
	 */
	IPV4,

	/**
	 * Sixteen bytes in network order.
	 */
	IPV6,

	/**
	 * A varint with the number of bytes that follow.
	 */
	STRING,

	/**
	 * A varint with the number of bytes that follow.
	 */
	BINARY;

	/**
	 * First byte of a BOOL that is true.
	 */
	public static final int TRUE = 0x11;

	/**
	 * Bits of the first byte that stand for the type.
	 */
	static final int MASK = 0x0F;

	private static final DataType[] VALUES = values();

	/**
	 * Return the number that stands for this type on the wire.
	 * @return the code, from 0 to 9
	 */
	public int code() {
		return ordinal();
	}

	/**
	 * Return the type in the first byte of a piece of typed data.
	 * @param firstByte the byte
	 * @return the type, or {@code null} for the reserved ones, 10 to 15
	 */
	public static @Nullable DataType of(int firstByte) {
		int code = firstByte & MASK;
		return (code < VALUES.length) ? VALUES[code] : null;
	}

}
