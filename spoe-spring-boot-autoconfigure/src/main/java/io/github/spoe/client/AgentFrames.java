/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.SpopException;

/**
 * The frames of an agent, each of the type that is expected. All else is an exception.
 */
final class AgentFrames {

	private final FrameInput input;

	AgentFrames(FrameInput input) {
		this.input = input;
	}

	FrameInput input() {
		return this.input;
	}

	/**
	 * Read a frame, waiting for it.
	 * @param <T> what the frame is read to
	 * @param type the type that is expected
	 * @param timeout the longest time to wait
	 * @param codec reads the frame
	 * @return what was read
	 */
	<T> T read(FrameType type, Duration timeout, Function<FrameInput, T> codec) throws IOException {
		try {
			long end = System.nanoTime() + timeout.toNanos();
			while (!this.input.next()) {
				Duration left = Duration.ofNanos(end - System.nanoTime());
				if (left.isNegative() || !this.input.receive(left)) {
					throw new SpopClientException("agent sent no " + type + " within " + timeout.toMillis() + " ms");
				}
			}
			check(type);
			return codec.apply(this.input);
		}
		catch (SpopException ex) {
			throw malformed(ex);
		}
	}

	/**
	 * Read all ACKs that have come, waiting only if there is none.
	 * @param handler what takes the ACKs
	 * @param timeout the longest time to wait
	 * @return the number of ACKs
	 */
	int readAcks(AckHandler handler, Duration timeout) throws IOException {
		try {
			int count = deliver(handler);
			return (count == 0 && this.input.receive(timeout)) ? deliver(handler) : count;
		}
		catch (SpopException ex) {
			throw malformed(ex);
		}
	}

	private int deliver(AckHandler handler) throws SpopClientException {
		int count = 0;
		FrameReader frame = this.input.frame();
		while (this.input.next()) {
			check(FrameType.ACK);
			handler.handle(frame.streamId(), frame.frameId(), this.input.payload());
			count++;
		}
		return count;
	}

	private void check(FrameType expected) throws SpopClientException {
		FrameReader frame = this.input.frame();
		FrameType type = frame.type();
		if (type == FrameType.AGENT_DISCONNECT) {
			throw new SpopClientException(Disconnect.read(this.input.payload()));
		}
		if (type != expected) {
			throw new SpopClientException("agent sent " + ((type != null) ? type : "a frame of an unknown type")
					+ " (expected: " + expected + ")");
		}
		if (!frame.isFin()) {
			throw new SpopClientException("agent sent a fragment of " + type);
		}
	}

	private static SpopClientException malformed(SpopException cause) {
		return new SpopClientException("agent sent a malformed frame: " + cause.getMessage(), cause);
	}

}
