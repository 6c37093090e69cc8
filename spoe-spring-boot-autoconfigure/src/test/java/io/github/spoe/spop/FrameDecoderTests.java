/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FrameDecoderTests {

	private static final int MAX_LENGTH = 256;

	private static final String EMPTY_ACK = "00 00 00 07 67 00 00 00 01 01 01";

	private final FrameDecoder decoder = new FrameDecoder(MAX_LENGTH);

	@Test
	void wholeFrame() {
		ByteBuf in = Wire.bytes(EMPTY_ACK);
		assertThat(this.decoder.readLength(in)).isEqualTo(7);
		assertThat(Wire.hex(in)).isEqualTo(Wire.hex("67 00 00 00 01 01 01"));
	}

	@Test
	void incompleteFrameIsLeftAlone() {
		for (int size = 0; size < 11; size++) {
			ByteBuf in = Wire.bytes("ff ff" + EMPTY_ACK).slice(0, 2 + size).skipBytes(2);
			assertThat(this.decoder.readLength(in)).isEqualTo(FrameDecoder.INCOMPLETE);
			assertThat(in.readerIndex()).isEqualTo(2);
		}
	}

	@Test
	void severalFrames() {
		ByteBuf in = Wire.bytes(EMPTY_ACK + "00 00 00 08 03 00 00 00 01 f0 00 01" + "00 00");
		in.skipBytes(this.decoder.readLength(in));
		assertThat(this.decoder.readLength(in)).isEqualTo(8);
		in.skipBytes(8);
		assertThat(this.decoder.readLength(in)).isEqualTo(FrameDecoder.INCOMPLETE);
		assertThat(in.readableBytes()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { FrameDecoder.MIN_LENGTH, MAX_LENGTH - 1, MAX_LENGTH })
	void lengthsInRange(int length) {
		ByteBuf in = Unpooled.buffer().writeInt(length).writeZero(length);
		assertThat(this.decoder.readLength(in)).isEqualTo(length);
		assertThat(in.readableBytes()).isEqualTo(length);
	}

	@ParameterizedTest
	@CsvSource({ "00 00 00 00, INVALID_FRAME", "00 00 00 01, INVALID_FRAME", "00 00 00 06, INVALID_FRAME",
			"00 00 01 01, FRAME_TOO_BIG", "7f ff ff ff, FRAME_TOO_BIG", "80 00 00 00, FRAME_TOO_BIG",
			"80 00 00 07, FRAME_TOO_BIG", "ff ff ff ff, FRAME_TOO_BIG" })
	void lengthOutOfRangeIsRefusedBeforeTheFrameIsThere(String length, StatusCode status) {
		ByteBuf in = Wire.bytes(length);
		Wire.assertRefused(status, () -> this.decoder.readLength(in));
		assertThat(in.readerIndex()).isZero();
	}

	@Test
	void allocatesNothing() {
		ByteBuf in = Wire.bytes("7f ff ff ff 03");
		FrameDecoder limitless = new FrameDecoder(Integer.MAX_VALUE);
		assertThat(Wire.allocatedBytes(() -> assertThat(limitless.readLength(in)).isEqualTo(FrameDecoder.INCOMPLETE)))
			.isLessThan(10_000_000);
		assertThat(in.capacity()).isEqualTo(5);
	}

	@Test
	void maxLengthMustHoldAFrame() {
		assertThat(new FrameDecoder(FrameDecoder.MIN_LENGTH).readLength(Wire.bytes(EMPTY_ACK))).isEqualTo(7);
		assertThatIllegalArgumentException().isThrownBy(() -> new FrameDecoder(FrameDecoder.MIN_LENGTH - 1));
	}

}
