/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBuf;

/**
 * Variable-length integers of 64 unsigned bits (SPOE.txt section 3.1). Values below 240
 * take one byte; a longer one continues in groups of 4, then 7 bits, each less the values
 * that fewer bytes can hold. So a value has one encoding, of 1 to 10 bytes.
 *
 * @since 0.1.0
 */
public final class Varint {

	/**
	 * Most bytes that a value takes.
	 */
	public static final int MAX_SIZE = 10;

	private static final int FIRST_CONTINUES = 0xF0;

	private static final int CONTINUES = 0x80;

	private static final int LAST_SHIFT = 60;

	private Varint() {
	}

	/**
	 * Return the number of bytes that a value takes.
	 * @param value the value, unsigned
	 * @return the size in bytes
	 */
	public static int size(long value) {
		if (Long.compareUnsigned(value, FIRST_CONTINUES) < 0) {
			return 1;
		}
		long rest = (value - FIRST_CONTINUES) >>> 4;
		int size = 2;
		while (rest >= CONTINUES) {
			rest = (rest - CONTINUES) >>> 7;
			size++;
		}
		return size;
	}

	static void write(ByteWriter out, long value) {
		int at = out.reserve(MAX_SIZE);
		out.truncate(put(out.bytes(), at, value));
	}

	/**
	 * Write a value to an array that has room for it.
	 * @param bytes the array
	 * @param index where the value starts
	 * @param value the value, unsigned
	 * @return where the value ends
	 */
	static int put(byte[] bytes, int index, long value) {
		if (Long.compareUnsigned(value, FIRST_CONTINUES) < 0) {
			bytes[index] = (byte) value;
			return index + 1;
		}
		int at = index;
		bytes[at++] = (byte) (value | FIRST_CONTINUES);
		long rest = (value - FIRST_CONTINUES) >>> 4;
		while (rest >= CONTINUES) {
			bytes[at++] = (byte) (rest | CONTINUES);
			rest = (rest - CONTINUES) >>> 7;
		}
		bytes[at] = (byte) rest;
		return at + 1;
	}

	/**
	 * Read a value.
	 * @param in the buffer to read from
	 * @return the value, unsigned
	 * @throws SpopException if the buffer ends within the value, or the value does not
	 * fit in 64 bits. HAProxy itself has no such limit, its result wraps.
	 */
	public static long read(ByteBuf in) {
		byte[] bytes = new byte[Math.min(MAX_SIZE, in.readableBytes())];
		in.getBytes(in.readerIndex(), bytes);
		ByteReader reader = new ByteReader();
		reader.reset(bytes, 0, bytes.length);
		long value = read(reader);
		in.skipBytes(reader.position());
		return value;
	}

	static long read(ByteReader in) {
		int first = in.readUnsignedByte();
		return (first < FIRST_CONTINUES) ? first : readRest(in, first);
	}

	private static long readRest(ByteReader in, long first) {
		long value = first;
		for (int shift = 4; shift <= LAST_SHIFT; shift += 7) {
			int next = in.readUnsignedByte();
			long sum = value + ((long) next << shift);
			if (shift == LAST_SHIFT && (next > 0x0F || Long.compareUnsigned(sum, value) < 0)) {
				break;
			}
			value = sum;
			if (next < CONTINUES) {
				return value;
			}
		}
		throw SpopException.invalid("integer does not fit in 64 bits");
	}

	/**
	 * Return a value that was read, and so checked, before.
	 * @param bytes the bytes that hold the value
	 * @param index where the value starts
	 * @return the value, unsigned
	 */
	static long get(byte[] bytes, int index) {
		int next = bytes[index] & 0xFF;
		long value = next;
		if (next < FIRST_CONTINUES) {
			return value;
		}
		int shift = 4;
		int at = index;
		do {
			next = bytes[++at] & 0xFF;
			value += (long) next << shift;
			shift += 7;
		}
		while (next >= CONTINUES);
		return value;
	}

}
