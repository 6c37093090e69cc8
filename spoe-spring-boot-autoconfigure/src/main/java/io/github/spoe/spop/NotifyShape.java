/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

/**
 * What the payload of a NOTIFY has before its last value. HAProxy sends the same messages
 * again and again, and many differ in that value only: where everything stands is then
 * known from the one before, which takes a few comparisons of eight bytes. For one
 * thread.
 */
final class NotifyShape {

	/**
	 * What is longer is rarely the same.
	 */
	private static final int MAX_SIZE = 64;

	private static final int NONE = -1;

	private final byte[] bytes = new byte[MAX_SIZE];

	private int size;

	private int payloadSize = NONE;

	/**
	 * Return whether a payload is known to be like the one that was remembered, up to its
	 * last value and with a value of the same size.
	 * @param payload the bytes that hold the payload
	 * @param start where the payload starts
	 * @param payloadSize the size of the payload in bytes
	 * @return {@code false} if it has to be read
	 */
	boolean matches(byte[] payload, int start, int payloadSize) {
		if (payloadSize != this.payloadSize) {
			return false;
		}
		byte[] bytes = this.bytes;
		int last = this.size - Long.BYTES;
		for (int at = 0; at < last; at += Long.BYTES) {
			if ((long) ByteWriter.LONG.get(payload, start + at) != (long) ByteWriter.LONG.get(bytes, at)) {
				return false;
			}
		}
		return (long) ByteWriter.LONG.get(payload, start + last) == (long) ByteWriter.LONG.get(bytes, last);
	}

	/**
	 * Remember a payload whose last value tells nothing of where it ends.
	 * @param payload the bytes that hold the payload
	 * @param start where the payload starts
	 * @param size the size in bytes of what comes before the last value
	 * @param payloadSize the size of the payload in bytes
	 */
	void remember(byte[] payload, int start, int size, int payloadSize) {
		if (size >= Long.BYTES && size <= MAX_SIZE) {
			System.arraycopy(payload, start, this.bytes, 0, size);
			this.size = size;
			this.payloadSize = payloadSize;
		}
	}

	/**
	 * Remember nothing.
	 */
	void forget() {
		this.payloadSize = NONE;
	}

}
