/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.spop.NotifyIndex;

/**
 * {@link SpoeMessage} over the bytes of a NOTIFY. Decodes what it is asked for.
 */
final class NotifyMessage implements SpoeMessage {

	private final ByteBuf frame;

	private final int payload;

	private final NotifyIndex index;

	private final int message;

	/**
	 * Create a new message.
	 * @param frame the buffer that holds the payload; neither it nor the index may change
	 * while the message is used
	 * @param payload where the payload starts
	 * @param index the index of the payload
	 * @param message the number of the message in the payload
	 */
	NotifyMessage(ByteBuf frame, int payload, NotifyIndex index, int message) {
		this.frame = frame;
		this.payload = payload;
		this.index = index;
		this.message = message;
	}

	@Override
	public String getName() {
		return this.frame.toString(this.payload + this.index.messageName(this.message),
				this.index.messageNameSize(this.message), StandardCharsets.UTF_8);
	}

	@Override
	public List<SpoeArgument> getArguments() {
		int first = this.index.firstArgument(this.message);
		return IntStream.range(first, first + this.index.argumentCount(this.message)).mapToObj(this::argument).toList();
	}

	@Override
	public @Nullable SpoeArgument getArgument(String name) {
		int first = this.index.firstArgument(this.message);
		int end = first + this.index.argumentCount(this.message);
		for (int argument = first; argument < end; argument++) {
			if (hasName(argument, name)) {
				return argument(argument);
			}
		}
		return null;
	}

	private SpoeArgument argument(int argument) {
		return new NotifyArgument(this.frame, this.payload, this.index, argument);
	}

	private boolean hasName(int argument, String name) {
		int start = this.payload + this.index.argumentName(argument);
		int size = this.index.argumentNameSize(argument);
		if (size < name.length()) {
			return false;
		}
		for (int i = 0; i < name.length(); i++) {
			int character = this.frame.getByte(start + i);
			if (character < 0) {
				return this.frame.toString(start, size, StandardCharsets.UTF_8).equals(name);
			}
			if (character != name.charAt(i)) {
				return false;
			}
		}
		return size == name.length();
	}

	@Override
	public String toString() {
		return "message '" + getName() + "'";
	}

}
