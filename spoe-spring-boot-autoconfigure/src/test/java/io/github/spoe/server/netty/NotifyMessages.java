/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.spop.ByteReader;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.NotifyIndex;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages and arguments over the bytes of a NOTIFY.
 */
public final class NotifyMessages {

	private NotifyMessages() {
	}

	static SpoeMessage message(Notify.Message message) {
		return messages(message).get(0);
	}

	public static List<SpoeMessage> messages(Notify.Message... messages) {
		ByteWriter out = new ByteWriter(256);
		new Notify(300, 1, Arrays.asList(messages)).write(out);
		FrameReader frame = new FrameReader();
		frame.reset(out.toByteArray(0), 0, out.size());
		assertThat(frame.next(out.size())).isTrue();
		return read(frame.payload());
	}

	/**
	 * Return the messages of a payload.
	 * @param payload the payload, as hexadecimal digits
	 */
	public static List<SpoeMessage> messages(String payload) {
		byte[] bytes = RawFrames.hex(payload);
		ByteReader reader = new ByteReader();
		reader.reset(bytes, 0, bytes.length);
		return read(reader);
	}

	private static List<SpoeMessage> read(ByteReader payload) {
		NotifyIndex index = new NotifyIndex();
		index.read(payload);
		List<SpoeMessage> messages = new ArrayList<>();
		for (int i = 0; i < index.messageCount(); i++) {
			messages.add(new NotifyMessage(index, i));
		}
		return messages;
	}

	static SpoeArgument argument(TypedData value) {
		return message(new Notify.Message("message", List.of(new Notify.Argument("argument", value)))).getArguments()
			.get(0);
	}

	/**
	 * Return the only argument of the only message of a payload.
	 * @param value the typed data, as hexadecimal digits
	 */
	static SpoeArgument argument(String value) {
		return messages("01 6d 01 08 61 72 67 75 6d 65 6e 74" + value).get(0).getArguments().get(0);
	}

}
