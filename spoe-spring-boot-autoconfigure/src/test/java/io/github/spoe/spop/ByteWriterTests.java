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
		writer.truncate(6);
		assertThat(writer.toByteArray(5)).containsExactly(5);
	}

}
