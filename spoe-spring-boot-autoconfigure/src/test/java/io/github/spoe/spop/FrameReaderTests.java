/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameReader}.
 */
class FrameReaderTests {

	private static final int MAX_LENGTH = 256;

	private static final String NOTIFY = "0000000a 03 00000001 fc03 02 aabb";

	private static final String EMPTY = "00000007 c8 00000002 01 01";

	private final FrameReader reader = new FrameReader();

	@Test
	void framesFollowEachOther() {
		reset("ff", NOTIFY + EMPTY + "0000");
		assertThat(this.reader.next(10)).isTrue();
		assertThat(this.reader.type()).isEqualTo(FrameType.NOTIFY);
		assertThat(this.reader.isFin()).isTrue();
		assertThat(this.reader.streamId()).isEqualTo(300);
		assertThat(this.reader.frameId()).isEqualTo(2);
		assertThat(this.reader.header()).isEqualTo(new FrameHeader(FrameType.NOTIFY, FrameHeader.FIN, 300, 2));
		assertThat(Wire.hex(this.reader.payloadBuffer())).isEqualTo("aabb");
		assertThat(this.reader.payload().readUnsignedByte()).isEqualTo(0xAA);
		assertThat(this.reader.next(10)).isTrue();
		assertThat(this.reader.type()).isNull();
		assertThat(this.reader.isFin()).isFalse();
		assertThat(this.reader.payload().isReadable()).isFalse();
		assertThat(this.reader.rest()).isEqualTo(2);
		assertThat(this.reader.next(10)).isFalse();
		assertThat(this.reader.copyRest()).containsExactly(0, 0);
	}

	@Test
	void waitsForTheWholeFrame() {
		byte[] frame = ByteBufUtil.getBytes(Wire.bytes(NOTIFY));
		for (int end = 0; end < frame.length; end++) {
			this.reader.reset(frame, 0, end);
			assertThat(this.reader.next(10)).isFalse();
			assertThat(this.reader.position()).isZero();
			assertThat(this.reader.rest()).isEqualTo(end);
			assertThat(this.reader.missing()).isEqualTo(((end < 4) ? 4 : frame.length) - end);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { FrameReader.MIN_LENGTH, MAX_LENGTH - 1, MAX_LENGTH })
	void lengthsInRange(int length) {
		reset("", "%08x".formatted(length) + "00".repeat(length));
		assertThat(this.reader.next(MAX_LENGTH)).isTrue();
		assertThat(this.reader.rest()).isZero();
		assertThat(this.reader.payloadBuffer().readableBytes()).isEqualTo(length - FrameReader.MIN_LENGTH);
	}

	@ParameterizedTest
	@CsvSource({ "00000000, INVALID_FRAME", "00000001, INVALID_FRAME", "00000006, INVALID_FRAME",
			"00000101, FRAME_TOO_BIG", "7fffffff, FRAME_TOO_BIG", "80000000, FRAME_TOO_BIG", "80000007, FRAME_TOO_BIG",
			"ffffffff, FRAME_TOO_BIG" })
	void lengthOutOfRangeIsRefusedBeforeTheFrameHasCome(String length, StatusCode status) {
		reset("ff", length);
		Wire.assertRefused(status, () -> this.reader.next(MAX_LENGTH));
		assertThat(this.reader.position()).isOne();
	}

	@Test
	void allocatesNothingForAFrameThatIsNotThere() {
		reset("", "7fffffff 03");
		assertThat(Wire.allocatedBytes(() -> assertThat(this.reader.next(Integer.MAX_VALUE)).isFalse()))
			.isLessThan(10_000_000);
		assertThat(this.reader.missing()).isEqualTo(Integer.MAX_VALUE - 1);
	}

	@Test
	void takesFramesOfTheLeastLengthOnly() {
		reset("", EMPTY);
		assertThat(this.reader.next(FrameReader.MIN_LENGTH)).isTrue();
		reset("", NOTIFY);
		Wire.assertRefused(StatusCode.FRAME_TOO_BIG, () -> this.reader.next(FrameReader.MIN_LENGTH));
	}

	@Test
	void refusesFrameThatEndsWithinItsHeader() {
		reset("", "00000007 03 00000001 f0f0" + "00");
		Wire.assertRefused(StatusCode.INVALID_FRAME, () -> this.reader.next(10));
	}

	private void reset(String before, String notation) {
		int start = Wire.bytes(before).readableBytes();
		byte[] bytes = ByteBufUtil.getBytes(Wire.bytes(before + notation));
		this.reader.reset(bytes, start, bytes.length);
	}

}
