/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBuf;

/**
 * Finds the frames in a stream of bytes: each is a length of four bytes and that many
 * bytes (SPOE.txt section 3.2). Nothing is allocated from a length that was not checked.
 *
 * @since 0.1.0
 */
public final class FrameDecoder {

	/**
	 * Least length of a frame: type, flags and two ids.
	 */
	public static final int MIN_LENGTH = 7;

	/**
	 * Value of {@link #readLength} when the frame is not whole yet.
	 */
	public static final int INCOMPLETE = -1;

	private static final int LENGTH_SIZE = Integer.BYTES;

	private final int maxLength;

	/**
	 * Create a new decoder.
	 * @param maxLength the greatest length of a frame, not counting the length itself
	 */
	public FrameDecoder(int maxLength) {
		if (maxLength < MIN_LENGTH) {
			throw new IllegalArgumentException("maxLength: " + maxLength + " (expected: >= " + MIN_LENGTH + ")");
		}
		this.maxLength = maxLength;
	}

	/**
	 * Read the length of the next frame, if the buffer holds the whole frame. Otherwise
	 * nothing is read.
	 * @param in the buffer to read from
	 * @return the length of the frame, which is readable, or {@link #INCOMPLETE}
	 * @throws SpopException if the length is too small or too large
	 */
	public int readLength(ByteBuf in) {
		if (in.readableBytes() < LENGTH_SIZE) {
			return INCOMPLETE;
		}
		int length = checkLength(in.getUnsignedInt(in.readerIndex()), this.maxLength);
		if (in.readableBytes() - LENGTH_SIZE < length) {
			return INCOMPLETE;
		}
		in.skipBytes(LENGTH_SIZE);
		return length;
	}

	static int checkLength(long length, int maxLength) {
		if (length < MIN_LENGTH) {
			throw SpopException.invalid("frame length: " + length + " (expected: >= " + MIN_LENGTH + ")");
		}
		if (length > maxLength) {
			throw new SpopException(StatusCode.FRAME_TOO_BIG,
					"frame length: " + length + " (expected: <= " + maxLength + ")");
		}
		return (int) length;
	}

}
