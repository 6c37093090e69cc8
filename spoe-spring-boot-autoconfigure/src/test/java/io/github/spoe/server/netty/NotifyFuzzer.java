/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;

import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeMessage;
import io.github.spoe.spop.ByteReader;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.NotifyIndex;
import io.github.spoe.spop.NotifyReader;
import io.github.spoe.spop.SpopException;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz target: the index finds in a payload the messages and arguments that are there, or
 * refuses it, and each argument gives its value in all ways that its type allows.
 */
public final class NotifyFuzzer {

	private static final NotifyIndex index = new NotifyIndex();

	private NotifyFuzzer() {
	}

	public static void fuzzerTestOneInput(byte[] payload) {
		List<Notify.Message> expected = messages(payload);
		ByteReader reader = new ByteReader();
		reader.reset(payload, 0, payload.length);
		try {
			index.read(reader);
		}
		catch (SpopException ex) {
			assertThat(expected).as("refused with " + ex.getMessage()).isNull();
			return;
		}
		assertThat(expected).as("not refused").isNotNull();
		NotifyIndex copy = index.copy();
		assertSame(index, expected);
		byte[] frame = EmbeddedConnection.bytes(new Notify(1, 1, expected)::write);
		FrameReader frames = new FrameReader();
		frames.reset(frame, 0, frame.length);
		assertThat(frames.next(frame.length)).isTrue();
		index.read(frames.payload());
		assertSame(index, expected);
		assertSame(copy, expected);
	}

	private static @Nullable List<Notify.Message> messages(byte[] payload) {
		try {
			return NotifyReader.messages(Unpooled.wrappedBuffer(payload));
		}
		catch (SpopException ex) {
			return null;
		}
	}

	private static void assertSame(NotifyIndex index, List<Notify.Message> expected) {
		assertThat(index.messageCount()).isEqualTo(expected.size());
		for (int i = 0; i < expected.size(); i++) {
			assertSame(new NotifyMessage(index, i), expected.get(i));
			assertThat(index.messageNameText(i)).isEqualTo(expected.get(i).name());
		}
	}

	private static void assertSame(SpoeMessage message, Notify.Message expected) {
		assertThat(message.getName()).isEqualTo(expected.name());
		List<SpoeArgument> arguments = message.getArguments();
		assertThat(arguments).hasSameSizeAs(expected.arguments());
		for (int i = 0; i < arguments.size(); i++) {
			String name = expected.arguments().get(i).name();
			assertThat(arguments.get(i).getName()).isEqualTo(name);
			assertSame(arguments.get(i), expected.arguments().get(i).value());
			assertThat(message.getArgument(name).getName()).isEqualTo(name);
		}
	}

	private static void assertSame(SpoeArgument argument, TypedData expected) {
		assertThat(argument.getType().name()).isEqualTo(expected.type().name());
		Object value = value(expected);
		assertThat(argument.getValue()).isEqualTo(value);
		assertThat(valueOrNull(argument::asBoolean)).isEqualTo((value instanceof Boolean) ? value : null);
		assertThat(valueOrNull(argument::asLong)).isEqualTo((value instanceof Long) ? value : null);
		BigInteger integer = valueOrNull(argument::asBigInteger);
		assertThat((integer != null) ? integer.toString() : null)
			.isEqualTo((value instanceof Number) ? value.toString() : null);
		valueOrNull(argument::asHeaders);
		Integer number = valueOrNull(argument::asInt);
		assertThat(number == null || Long.valueOf(number).equals(value)).as("the same number").isTrue();
		String text = valueOrNull(argument::asString);
		byte[] bytes = valueOrNull(argument::asBytes);
		assertThat(text == null).isEqualTo(bytes == null).isEqualTo(!isText(value));
		if (value instanceof String || value instanceof byte[]) {
			assertThat((value instanceof String) ? text : bytes).isEqualTo(value);
		}
		InetAddress address = valueOrNull(argument::asInetAddress);
		if (!(value instanceof String)) {
			assertThat(address).isEqualTo((value instanceof InetAddress) ? value : null);
		}
	}

	private static @Nullable Object value(TypedData expected) {
		return (expected.type() == DataType.UINT64 && expected.value() instanceof Long bits && bits < 0)
				? new BigInteger(Long.toUnsignedString(bits)) : expected.value();
	}

	private static boolean isText(@Nullable Object value) {
		return value instanceof String || value instanceof byte[];
	}

	private static <T> @Nullable T valueOrNull(Supplier<T> value) {
		try {
			return value.get();
		}
		catch (SpoeArgumentException ex) {
			return null;
		}
	}

}
