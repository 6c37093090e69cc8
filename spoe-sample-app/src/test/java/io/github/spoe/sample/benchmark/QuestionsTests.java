/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.net.InetAddress;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Questions}.
 */
class QuestionsTests {

	private final Questions questions = new Questions("message", 2, 10);

	@Test
	void scoreIsThatOfTheAddress() {
		for (long streamId = 0; streamId < 1000; streamId++) {
			byte[] address = ((InetAddress) arguments(streamId).get(2).value().value()).getAddress();
			assertThat(Questions.score(streamId)).isEqualTo((address[0] == 10) ? 100 : 0);
		}
	}

	@Test
	void hasFurtherArguments() {
		assertThat(arguments(1)).extracting(Notify.Argument::name).containsExactly("extra_0", "extra_1", "ip");
		assertThat((String) arguments(1).get(1).value().value()).hasSize(10);
	}

	@Test
	void answerIsOneVariable() {
		Ack.Action good = new Ack.Action(VariableScope.SESSION, "ip_score", TypedData.of(100L));
		assertThat(isAnswer(good)).isTrue();
		assertThat(isAnswer()).isFalse();
		assertThat(isAnswer(good, good)).isFalse();
		assertThat(isAnswer(new Ack.Action(VariableScope.REQUEST, "ip_score", TypedData.of(100L)))).isFalse();
		assertThat(isAnswer(new Ack.Action(VariableScope.SESSION, "ip_scores", TypedData.of(100L)))).isFalse();
		assertThat(isAnswer(new Ack.Action(VariableScope.SESSION, "ip_score", TypedData.of(0L)))).isFalse();
		assertThat(isAnswer(new Ack.Action(VariableScope.SESSION, "ip_score", TypedData.of("d")))).isFalse();
		assertThat(isAnswer(new Ack.Action(VariableScope.SESSION, "ip_score", null))).isFalse();
	}

	@Test
	void answerIsAnIntegerOfAnyType() {
		for (DataType type : List.of(DataType.INT32, DataType.UINT32, DataType.INT64, DataType.UINT64)) {
			assertThat(isAnswer(new Ack.Action(VariableScope.SESSION, "ip_score", new TypedData(type, 100L)))).isTrue();
		}
	}

	private boolean isAnswer(Ack.Action... actions) {
		ByteBuf frame = Unpooled.buffer();
		new Ack(4, 1, List.of(actions)).write(frame);
		frame.skipBytes(Integer.BYTES);
		FrameHeader.read(frame);
		return this.questions.isAnswer(4, frame);
	}

	private List<Notify.Argument> arguments(long streamId) {
		ByteWriter out = new ByteWriter(256);
		this.questions.write(out, streamId);
		FrameReader reader = new FrameReader();
		reader.reset(out.toByteArray(0), 0, out.size());
		assertThat(reader.next(this.questions.maxLength())).isTrue();
		assertThat(reader.streamId()).isEqualTo(streamId);
		assertThat(reader.frameId()).isEqualTo(Questions.frameId(streamId));
		return Notify.read(reader.header(), reader.payloadBuffer()).messages().get(0).arguments();
	}

}
