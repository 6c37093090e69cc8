/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * Reads a NOTIFY one value after the other, without a {@link NotifyIndex}, which must
 * come to the same.
 */
public final class NotifyReader {

	private NotifyReader() {
	}

	/**
	 * Returns the messages in a payload.
	 * @param payload the frame behind its header
	 */
	public static List<Notify.Message> messages(ByteBuf payload) {
		List<Notify.Message> messages = new ArrayList<>();
		while (payload.isReadable()) {
			messages.add(message(payload));
		}
		return messages;
	}

	private static Notify.Message message(ByteBuf payload) {
		String name = TypedDataCodec.readText(payload);
		int count = TypedDataCodec.readFirstByte(payload);
		List<Notify.Argument> arguments = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			arguments.add(new Notify.Argument(TypedDataCodec.readText(payload), TypedDataCodec.read(payload)));
		}
		return new Notify.Message(name, arguments);
	}

}
