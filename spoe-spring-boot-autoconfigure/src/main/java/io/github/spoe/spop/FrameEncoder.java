/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

/**
 * Writes the frame around a payload. A frame is begun, its payload is written, and it is
 * ended; nothing else may be written to the buffer in between.
 *
 * @since 0.1.0
 */
public final class FrameEncoder {

	private static final int MAX_HEADER_SIZE = 2 * Integer.BYTES + 1 + 2 * Varint.MAX_SIZE;

	private FrameEncoder() {
	}

	/**
	 * Begin a frame that is not fragmented.
	 * @param out what to write to
	 * @param type the type
	 * @param streamId the stream, unsigned
	 * @param frameId the frame in the stream, unsigned
	 * @return where the frame starts, to {@link #end end} it with
	 */
	public static int begin(ByteWriter out, FrameType type, long streamId, long frameId) {
		int start = out.size();
		out.reserve(MAX_HEADER_SIZE);
		byte[] bytes = out.bytes();
		// Behind the length, which is filled in at the end.
		int at = start + Integer.BYTES;
		bytes[at] = (byte) type.code();
		ByteWriter.INT.set(bytes, at + 1, FrameHeader.FIN);
		at = Varint.put(bytes, at + 1 + Integer.BYTES, streamId);
		out.truncate(Varint.put(bytes, at, frameId));
		return start;
	}

	/**
	 * Begin a frame that answers another, with the same stream and frame.
	 * @param out what to write to
	 * @param type the type
	 * @param question the frame to answer
	 * @return where the frame starts, to {@link #end end} it with
	 */
	public static int beginAnswer(ByteWriter out, FrameType type, FrameReader question) {
		int start = out.size();
		out.reserve(MAX_HEADER_SIZE);
		byte[] bytes = out.bytes();
		int at = start + Integer.BYTES;
		bytes[at] = (byte) type.code();
		ByteWriter.INT.set(bytes, at + 1, FrameHeader.FIN);
		out.truncate(question.copyIds(bytes, at + 1 + Integer.BYTES));
		return start;
	}

	/**
	 * End a frame: fill in its length.
	 * @param out what the frame was written to
	 * @param start where the frame starts
	 */
	public static void end(ByteWriter out, int start) {
		out.setInt(start, length(out, start));
	}

	/**
	 * Return the length of a frame as written so far, not counting the length itself.
	 * @param out what the frame is written to
	 * @param start where the frame starts
	 * @return the length in bytes
	 */
	public static int length(ByteWriter out, int start) {
		return out.size() - start - Integer.BYTES;
	}

}
