/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Strings of the names that came last. HAProxy sends few names again and again: none is
 * decoded, nor its hash computed, for each message. For one thread.
 */
final class NameCache {

	private static final int SLOT_BITS = 6;

	/**
	 * A peer that sends ever other names must not fill the heap with them.
	 */
	private static final int MAX_SIZE = 64;

	private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final @Nullable Name[] names = new @Nullable Name[1 << SLOT_BITS];

	/**
	 * Comes first, as the processor foresees the outcome of a comparison and goes on with
	 * the name, where it would have to wait for what a hash leads to.
	 */
	private Name previous = new Name(new byte[0], 0, 0);

	/**
	 * Return a name.
	 * @param bytes the bytes that hold the name
	 * @param start where the name starts
	 * @param size the size of the name in bytes
	 * @return the name, decoded from UTF-8
	 */
	String get(byte[] bytes, int start, int size) {
		if (size > MAX_SIZE) {
			return new String(bytes, start, size, StandardCharsets.UTF_8);
		}
		long first = first(bytes, start, size);
		long last = (size > Long.BYTES) ? (long) LONG.get(bytes, start + size - Long.BYTES) : 0;
		Name previous = this.previous;
		if (previous.matches(bytes, start, size, first, last)) {
			return previous.text;
		}
		int slot = (int) ((first + last + size) * GOLDEN_RATIO >>> Long.SIZE - SLOT_BITS);
		Name name = this.names[slot];
		if (name == null || !name.matches(bytes, start, size, first, last)) {
			name = new Name(Arrays.copyOfRange(bytes, start, start + size), first, last);
			this.names[slot] = name;
		}
		this.previous = name;
		return name.text;
	}

	private static long first(byte[] bytes, int start, int size) {
		if (size >= Long.BYTES) {
			return (long) LONG.get(bytes, start);
		}
		long first = 0;
		for (int i = start; i < start + size; i++) {
			first = first << Byte.SIZE | bytes[i] & 0xFF;
		}
		return first;
	}

	/**
	 * A name that came. Its first and last eight bytes stand for a hash, and are mostly
	 * all that it has.
	 */
	private static final class Name {

		private final byte[] encoded;

		private final long first;

		private final long last;

		private final String text;

		Name(byte[] encoded, long first, long last) {
			this.encoded = encoded;
			this.first = first;
			this.last = last;
			// The same for equal names, wherever they come from.
			this.text = new String(encoded, StandardCharsets.UTF_8).intern();
		}

		boolean matches(byte[] bytes, int start, int size, long first, long last) {
			return this.first == first && this.last == last && this.encoded.length == size
					&& (size <= 2 * Long.BYTES || Arrays.equals(this.encoded, 0, size, bytes, start, start + size));
		}

	}

}
