/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * Writes bytes one after the other, to an array that grows. The counterpart of
 * {@link ByteReader}, for the same reason: all that answers a NOTIFY is written with it,
 * and copied to a buffer as a whole.
 *
 * @since 0.1.0
 */
public final class ByteWriter {

	static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private byte[] bytes;

	private int size;

	/**
	 * Create a new, empty writer.
	 * @param capacity the number of bytes that it takes before it grows
	 */
	public ByteWriter(int capacity) {
		this.bytes = new byte[capacity];
	}

	/**
	 * Return the number of bytes that were written.
	 * @return the number of bytes
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return the number of bytes that the writer takes before it grows.
	 * @return the number of bytes
	 */
	public int capacity() {
		return this.bytes.length;
	}

	/**
	 * Forget what was written behind a point.
	 * @param size the number of bytes to keep, at most those that were written
	 */
	public void truncate(int size) {
		this.size = size;
	}

	void writeByte(int value) {
		int at = reserve(1);
		this.bytes[at] = (byte) value;
	}

	/**
	 * Return four bytes that were written.
	 * @param index where they start
	 * @return their value, the first byte the most significant
	 */
	public int getInt(int index) {
		return (int) INT.get(this.bytes, index);
	}

	void setInt(int index, int value) {
		INT.set(this.bytes, index, value);
	}

	void writeBytes(byte[] value) {
		int at = reserve(value.length);
		System.arraycopy(value, 0, this.bytes, at, value.length);
	}

	/**
	 * Write what another writer has written.
	 * @param other the other writer
	 * @param start where to start
	 */
	public void writeBytes(ByteWriter other, int start) {
		int length = other.size - start;
		int at = reserve(length);
		System.arraycopy(other.bytes, start, this.bytes, at, length);
	}

	/**
	 * Copy what was written to a buffer.
	 * @param out the buffer
	 */
	public void copyTo(ByteBuf out) {
		out.writeBytes(this.bytes, 0, this.size);
	}

	/**
	 * Move what was written first to a buffer.
	 * @param out the buffer
	 * @param length the number of bytes, at most those that were written
	 */
	public void moveTo(ByteBuf out, int length) {
		out.writeBytes(this.bytes, 0, length);
		this.size -= length;
		System.arraycopy(this.bytes, length, this.bytes, 0, this.size);
	}

	/**
	 * Return what was written from a point on.
	 * @param start the point
	 * @return a copy of the bytes
	 */
	public byte[] toByteArray(int start) {
		return Arrays.copyOfRange(this.bytes, start, this.size);
	}

	byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Make room at the end, as if it were written.
	 * @param length the number of bytes
	 * @return where they start
	 */
	int reserve(int length) {
		int at = this.size;
		int end = at + length;
		if (end > this.bytes.length || end < 0) {
			grow(length);
		}
		this.size = end;
		return at;
	}

	private void grow(int length) {
		this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, Math.addExact(this.size, length)));
	}

}
