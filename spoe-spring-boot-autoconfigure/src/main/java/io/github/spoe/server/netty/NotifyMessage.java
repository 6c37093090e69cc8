/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.spop.NotifyIndex;

/**
 * {@link SpoeMessage} over the bytes of a NOTIFY. Decodes what it is asked for.
 */
final class NotifyMessage implements SpoeMessage {

	private final NotifyIndex index;

	private final int message;

	/**
	 * Create a new message.
	 * @param index the index of the payload, which may not change while the message is
	 * used
	 * @param message the number of the message in the payload
	 */
	NotifyMessage(NotifyIndex index, int message) {
		this.index = index;
		this.message = message;
	}

	@Override
	public String getName() {
		return this.index.messageNameText(this.message);
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
			if (this.index.hasName(argument, name)) {
				return argument(argument);
			}
		}
		return null;
	}

	private SpoeArgument argument(int argument) {
		return new NotifyArgument(this.index, argument);
	}

	@Override
	public String toString() {
		return "message '" + getName() + "'";
	}

}
