/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What every frame begins with, behind its length (SPOE.txt section 3.2).
 *
 * @param type the type, or {@code null} if the protocol knows none
 * @param flags the flags
 * @param streamId the stream, unsigned
 * @param frameId the frame in the stream, unsigned
 * @since 0.1.0
 */
public record FrameHeader(@Nullable FrameType type, int flags, long streamId, long frameId) {

	/**
	 * Flag of the last, or only, fragment of a frame.
	 */
	public static final int FIN = 0x00000001;

	/**
	 * Flag of a fragment that gives up the frame.
	 */
	public static final int ABORT = 0x00000002;

	/**
	 * Whether this is the last fragment of its frame.
	 * @return whether the flag {@link #FIN} is set
	 */
	public boolean isFin() {
		return (this.flags & FIN) != 0;
	}

	/**
	 * Check that a frame is about its connection, as HELLO and DISCONNECT are.
	 * @throws SpopException if it is fragmented or belongs to a stream
	 */
	void checkConnectionFrame() {
		if (!isFin()) {
			throw new SpopException(StatusCode.NO_FRAGMENTATION, this.type + " is fragmented");
		}
		if (this.streamId != 0 || this.frameId != 0) {
			throw SpopException.invalid(this.type + " belongs to a stream (expected: ids of 0)");
		}
	}

	/**
	 * Read a header.
	 * @param frame the frame, without its length
	 * @return the header
	 * @throws SpopException if the frame ends within its header
	 */
	public static FrameHeader read(ByteBuf frame) {
		if (frame.readableBytes() < FrameReader.MIN_LENGTH) {
			throw SpopException.invalid("frame ends within its header");
		}
		FrameType type = FrameType.of(frame.readUnsignedByte());
		int flags = frame.readInt();
		return new FrameHeader(type, flags, Varint.read(frame), Varint.read(frame));
	}

}
