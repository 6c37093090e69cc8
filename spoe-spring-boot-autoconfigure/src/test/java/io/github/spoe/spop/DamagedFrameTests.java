/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames with a few random bytes: they are read, or refused in the one way that the
 * server handles.
 */
class DamagedFrameTests {

	private static final int ROUNDS = 500;

	private final NotifyIndex index = new NotifyIndex();

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void indexAgreesWithTheValues(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < ROUNDS; i++) {
			ByteBuf payload = samples.damaged(payload(samples.notification()::write));
			boolean read = isRead(payload, NotifyReader::messages);
			assertThat(isRead(payload, (in) -> this.index.read(Wire.reader(in)))).as("round %d", i).isEqualTo(read);
			if (read) {
				assertThat(IndexedMessages.of(this.index, payload)).as("round %d", i)
					.usingRecursiveComparison()
					.isEqualTo(NotifyReader.messages(payload));
			}
		}
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void othersAreReadOrRefused(long seed) {
		Samples samples = new Samples(seed);
		HaproxyHello hello = new HaproxyHello("2.0", samples.number(), Capabilities.parse("a,b"), "id", true);
		AgentHello answer = new AgentHello("2.0", samples.number(), Capabilities.parse("a,b"));
		Disconnect disconnect = new Disconnect(samples.number(), samples.text());
		for (int i = 0; i < ROUNDS; i++) {
			isRead(samples.damaged(payload(RawFrames.ack(samples.ack()))), Ack::readActions);
			isRead(samples.damaged(payload(hello::write)), HaproxyHello::read);
			isRead(samples.damaged(payload(answer::write)), AgentHello::read);
			isRead(samples.damaged(payload((out) -> disconnect.write(out, FrameType.AGENT_DISCONNECT))),
					Disconnect::read);
		}
	}

	private static ByteBuf payload(Consumer<ByteWriter> source) {
		return Wire.frame(Wire.written(source)).payloadBuffer();
	}

	private static boolean isRead(ByteBuf payload, Consumer<ByteBuf> reader) {
		try {
			reader.accept(payload.duplicate());
			return true;
		}
		catch (SpopException ex) {
			return false;
		}
	}

}
