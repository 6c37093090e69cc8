/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

/**
 * Reads bytes one after the other, up to an end. All that is read for each NOTIFY is read
 * with it: an array is several times quicker to step through than a buffer that checks,
 * for each byte, whether it was released. For one thread; may be used again and again.
 *
 * @since 0.1.0
 */
public final class ByteReader {

	private byte[] bytes = {};

	private int position;

	private int end;

	/**
	 * Begin to read.
	 * @param bytes the array
	 * @param start where to start
	 * @param end where to end
	 */
	public void reset(byte[] bytes, int start, int end) {
		this.bytes = bytes;
		this.position = start;
		this.end = end;
	}

	byte[] bytes() {
		return this.bytes;
	}

	int position() {
		return this.position;
	}

	int end() {
		return this.end;
	}

	boolean isReadable() {
		return this.position < this.end;
	}

	int readUnsignedByte() {
		int at = this.position;
		if (at >= this.end) {
			throw SpopException.invalid("frame ends too early");
		}
		this.position = at + 1;
		return this.bytes[at] & 0xFF;
	}

	/**
	 * Read the length of what follows.
	 * @return the length, at most what is left
	 * @throws SpopException if less is left than the length says
	 */
	int readLength() {
		long length = Varint.read(this);
		if (Long.compareUnsigned(length, this.end - this.position) > 0) {
			throw SpopException.invalid("length reaches beyond the frame");
		}
		return (int) length;
	}

	/**
	 * Return the size of the {@link Varint} that follows, and read nothing.
	 * @return the size in bytes
	 * @throws SpopException if the bytes end within it, or it does not fit in 64 bits
	 */
	int varintSize() {
		int start = this.position;
		Varint.read(this);
		int size = this.position - start;
		this.position = start;
		return size;
	}

	/**
	 * Step over bytes.
	 * @param size the number of bytes
	 * @return where they start
	 * @throws SpopException if less is left
	 */
	int skip(int size) {
		int start = this.position;
		if (size > this.end - start) {
			throw SpopException.invalid("frame ends within a value");
		}
		this.position = start + size;
		return start;
	}

}
