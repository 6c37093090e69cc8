/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ActionEncoder;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.FrameEncoder;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.NotifyIndex;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.TypedDataCodec;
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
			NotifyIndex question = question(streamId);
			assertThat(DataType.of(question.argumentFirstByte(2))).isEqualTo(DataType.IPV4);
			byte[] address = question.argumentBytes(2);
			assertThat(Questions.score(streamId)).isEqualTo((address[0] == 10) ? 100 : 0);
		}
	}

	@Test
	void hasFurtherArguments() {
		NotifyIndex question = question(1);
		assertThat(question.argumentCount(0)).isEqualTo(3);
		assertThat(IntStream.range(0, 3).mapToObj(question::argumentNameText)).containsExactly("extra_0", "extra_1",
				"ip");
		assertThat(DataType.of(question.argumentFirstByte(1))).isEqualTo(DataType.STRING);
		assertThat(question.argumentText(1)).hasSize(10);
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
		ByteWriter out = new ByteWriter(64);
		int start = FrameEncoder.begin(out, FrameType.ACK, 4, 1);
		int headerSize = out.size();
		for (Ack.Action action : actions) {
			write(out, action);
		}
		FrameEncoder.end(out, start);
		// As they come: behind the header.
		return this.questions.isAnswer(4, Unpooled.wrappedBuffer(out.toByteArray(0)).skipBytes(headerSize));
	}

	private static void write(ByteWriter out, Ack.Action action) {
		byte[] name = action.name().getBytes(StandardCharsets.UTF_8);
		TypedData value = action.value();
		if (value == null) {
			ActionEncoder.writeUnsetVar(out, action.scope(), name);
			return;
		}
		ActionEncoder.writeSetVar(out, action.scope(), name);
		TypedDataCodec.write(out, value);
	}

	private NotifyIndex question(long streamId) {
		ByteWriter out = new ByteWriter(256);
		this.questions.write(out, streamId);
		FrameReader reader = new FrameReader();
		reader.reset(out.toByteArray(0), 0, out.size());
		assertThat(reader.next(this.questions.maxLength())).isTrue();
		assertThat(reader.streamId()).isEqualTo(streamId);
		assertThat(reader.frameId()).isEqualTo(Questions.frameId(streamId));
		NotifyIndex question = new NotifyIndex();
		question.read(reader.payload());
		assertThat(question.messageCount()).isOne();
		return question;
	}

}
