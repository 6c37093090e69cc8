/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Negotiator;
import io.github.spoe.spop.SpopException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz target: a payload is a HELLO or DISCONNECT or refused, what was read is read again
 * when it is written, and an offer is answered within it.
 */
public final class KeyValueFuzzer {

	private static final int MAX_FRAME_SIZE = 16384;

	private static final Negotiator negotiator = new Negotiator(MAX_FRAME_SIZE, true);

	private KeyValueFuzzer() {
	}

	public static void fuzzerTestOneInput(byte[] payload) {
		HaproxyHello offer = readTwice(payload, HaproxyHello::read, (hello) -> hello::write);
		readTwice(payload, AgentHello::read, (hello) -> hello::write);
		readTwice(payload, Disconnect::read,
				(disconnect) -> (out) -> disconnect.write(out, FrameType.HAPROXY_DISCONNECT));
		if (offer != null) {
			negotiate(offer);
		}
	}

	private static <T> @Nullable T readTwice(byte[] payload, Function<ByteBuf, T> reader,
			Function<T, Consumer<ByteWriter>> writer) {
		T first;
		try {
			first = reader.apply(Unpooled.wrappedBuffer(payload));
		}
		catch (SpopException ex) {
			return null;
		}
		byte[] written = EmbeddedConnection.bytes(writer.apply(first));
		FrameReader frame = new FrameReader();
		frame.reset(written, 0, written.length);
		assertThat(frame.next(written.length)).isTrue();
		assertThat(frame.rest()).isZero();
		assertThat(reader.apply(frame.payloadBuffer())).isEqualTo(first);
		return first;
	}

	private static void negotiate(HaproxyHello offer) {
		AgentHello answer;
		try {
			answer = negotiator.answer(offer);
		}
		catch (SpopException ex) {
			return;
		}
		assertThat(offer.supportedVersions()).contains("2.");
		assertThat(answer.maxFrameSize()).isBetween(256L, (long) MAX_FRAME_SIZE);
		assertThat(Long.compareUnsigned(answer.maxFrameSize(), offer.maxFrameSize())).isNotPositive();
		long maxAckLength = Negotiator.maxAckLength(offer, answer);
		assertThat(maxAckLength).isBetween(255L, answer.maxFrameSize());
		assertThat(Long.compareUnsigned(maxAckLength, offer.maxFrameSize())).isNegative();
	}

}
