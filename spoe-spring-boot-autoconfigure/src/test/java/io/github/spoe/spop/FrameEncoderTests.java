/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameEncoderTests {

	@Test
	void framesFollowEachOther() {
		ByteWriter out = new ByteWriter(0);
		out.writeByte(0xFF);
		int first = FrameEncoder.begin(out, FrameType.ACK, 300, 2);
		out.writeByte(0xAA);
		assertThat(FrameEncoder.length(out, first)).isEqualTo(9);
		FrameEncoder.end(out, first);
		FrameEncoder.end(out, FrameEncoder.begin(out, FrameType.UNSET, 0, -1));
		assertThat(Wire.hex(Unpooled.wrappedBuffer(out.toByteArray(0)))).isEqualTo(
				Wire.hex("ff" + "00000009 67 00000001 fc03 02 aa" + "00000010 00 00000001 00 fff0fefefefefefefe0e"));
	}

}
