/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ACK: the answer to a NOTIFY (SPOE.txt section 3.2.7), as HAProxy reads it. The agent
 * writes it action by action, with an {@link ActionEncoder}.
 *
 * @param streamId the stream of the NOTIFY, unsigned
 * @param frameId the frame in the stream, unsigned
 * @param actions the actions in their order
 * @since 0.1.0
 */
public record Ack(long streamId, long frameId, List<Action> actions) {

	/**
	 * Read the payload of an ACK.
	 * @param header the header of the frame
	 * @param payload the frame behind its header
	 * @return the ACK
	 * @throws SpopException if the payload is malformed
	 */
	public static Ack read(FrameHeader header, ByteBuf payload) {
		return new Ack(header.streamId(), header.frameId(), readActions(payload));
	}

	/**
	 * Read actions until the end of a buffer.
	 * @param actions the buffer to read from
	 * @return the actions in their order
	 * @throws SpopException if an action is malformed
	 */
	public static List<Action> readActions(ByteBuf actions) {
		List<Action> result = new ArrayList<>();
		while (actions.isReadable()) {
			result.add(Action.read(actions));
		}
		return result;
	}

	/**
	 * Sets or unsets a variable.
	 *
	 * @param scope the scope of the variable
	 * @param name the name of the variable
	 * @param value the value to set, or {@code null} to unset the variable
	 */
	public record Action(VariableScope scope, String name, @Nullable TypedData value) {

		private static Action read(ByteBuf in) {
			int type = TypedDataCodec.readFirstByte(in);
			int count = TypedDataCodec.readFirstByte(in);
			boolean set = type == ActionEncoder.SET_VAR && count == ActionEncoder.SET_VAR_ARGUMENTS;
			if (!set && !(type == ActionEncoder.UNSET_VAR && count == ActionEncoder.UNSET_VAR_ARGUMENTS)) {
				throw SpopException.invalid("unknown action");
			}
			VariableScope scope = VariableScope.of(TypedDataCodec.readFirstByte(in));
			if (scope == null) {
				throw SpopException.invalid("unknown scope");
			}
			return new Action(scope, TypedDataCodec.readText(in), set ? TypedDataCodec.read(in) : null);
		}

	}

}
