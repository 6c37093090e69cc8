/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Arrays;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

	@ParameterizedTest
	@CsvSource({ "0, 0", "239, 2287", "264431, 264432", "33818864, 264432", "-1, -1" })
	void answerHasTheIdsOfItsQuestion(long streamId, long frameId) {
		ByteWriter question = new ByteWriter(0);
		FrameEncoder.end(question, FrameEncoder.begin(question, FrameType.NOTIFY, streamId, frameId));
		ByteWriter expected = new ByteWriter(0);
		FrameEncoder.begin(expected, FrameType.ACK, streamId, frameId);
		for (int behind : new int[] { 0, 8 }) {
			byte[] bytes = Arrays.copyOf(question.toByteArray(0), question.size() + behind);
			FrameReader reader = new FrameReader();
			reader.reset(bytes, 0, question.size());
			assertThat(reader.next(100)).isTrue();
			ByteWriter out = new ByteWriter(0);
			assertThat(FrameEncoder.beginAnswer(out, FrameType.ACK, reader)).isZero();
			assertThat(out.toByteArray(0)).isEqualTo(expected.toByteArray(0));
		}
	}

}
