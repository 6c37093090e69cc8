/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.List;

/**
 * NOTIFY: messages for the agent (SPOE.txt section 3.2.6), as HAProxy writes them. The
 * agent reads them with a {@link NotifyIndex}.
 *
 * @param streamId the stream, unsigned
 * @param frameId the frame in the stream, unsigned
 * @param messages the messages in their order
 * @since 0.1.0
 */
public record Notify(long streamId, long frameId, List<Message> messages) {

	private static final int MAX_ARGUMENTS = 255;

	/**
	 * Write this notify as a frame.
	 * @param out what to write to
	 */
	public void write(ByteWriter out) {
		int start = FrameEncoder.begin(out, FrameType.NOTIFY, this.streamId, this.frameId);
		this.messages.forEach((message) -> message.write(out));
		FrameEncoder.end(out, start);
	}

	/**
	 * One message.
	 *
	 * @param name the name
	 * @param arguments the arguments in their order, at most 255
	 */
	public record Message(String name, List<Argument> arguments) {

		/**
		 * Create a new message.
		 * @param name the name
		 * @param arguments the arguments in their order, at most 255
		 */
		public Message {
			if (arguments.size() > MAX_ARGUMENTS) {
				throw new IllegalArgumentException(
						"arguments: " + arguments.size() + " (expected: <= " + MAX_ARGUMENTS + ")");
			}
		}

		private void write(ByteWriter out) {
			TypedDataCodec.writeText(out, this.name);
			out.writeByte(this.arguments.size());
			for (Argument argument : this.arguments) {
				TypedDataCodec.writeText(out, argument.name());
				TypedDataCodec.write(out, argument.value());
			}
		}

	}

	/**
	 * One argument of a message.
	 *
	 * @param name the name, which may be empty
	 * @param value the value
	 */
	public record Argument(String name, TypedData value) {

	}

}
