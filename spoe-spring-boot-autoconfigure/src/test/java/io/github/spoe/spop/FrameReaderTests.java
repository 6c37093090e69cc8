/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameReader}.
 */
class FrameReaderTests {

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
			assertThat(this.reader.rest()).isEqualTo(end);
			assertThat(this.reader.missing()).isEqualTo(((end < 4) ? 4 : frame.length) - end);
		}
	}

	@ParameterizedTest
	@CsvSource({ "00000006, INVALID_FRAME", "00000000, INVALID_FRAME", "0000000b, FRAME_TOO_BIG",
			"ffffffff, FRAME_TOO_BIG" })
	void refusesLengthBeforeTheFrameHasCome(String length, StatusCode status) {
		reset("", length);
		Wire.assertRefused(status, () -> this.reader.next(10));
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
