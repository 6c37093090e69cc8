/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ByteWriter}.
 */
class ByteWriterTests {

	@ParameterizedTest(name = "capacity {0}")
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 })
	void growsWhereverItIsFull(int capacity) {
		ByteWriter writer = new ByteWriter(capacity);
		writer.writeByte(0xFF);
		int at = writer.reserve(Integer.BYTES);
		writer.writeBytes(new byte[] { 5, 6, 7 });
		ByteWriter other = new ByteWriter(2);
		other.writeBytes(new byte[] { 8, 9, 10 });
		writer.writeBytes(other, 1);
		writer.setInt(at, 0x0A0B0C0D);
		ByteBuf copy = Unpooled.buffer();
		writer.copyTo(copy);
		assertThat(Wire.hex(copy)).isEqualTo("ff0a0b0c0d050607090a");
		assertThat(writer.size()).isEqualTo(10);
		assertThat(writer.getInt(at)).isEqualTo(0x0A0B0C0D);
		writer.truncate(6);
		assertThat(writer.toByteArray(5)).containsExactly(5);
	}

	@ParameterizedTest(name = "{0} bytes")
	@ValueSource(ints = { 0, 1, 2, 3 })
	void restStaysWhenSomeIsMoved(int length) {
		ByteWriter writer = new ByteWriter(3);
		writer.writeBytes(new byte[] { 1, 2, 3 });
		ByteBuf moved = Unpooled.buffer();
		writer.moveTo(moved, length);
		assertThat(Wire.hex(moved)).isEqualTo("010203".substring(0, 2 * length));
		writer.writeByte(4);
		assertThat(writer.toByteArray(0)).hasSize(4 - length).endsWith(4);
		writer.truncate(3 - length);
		writer.copyTo(moved);
		assertThat(Wire.hex(moved)).isEqualTo("010203");
	}

}
