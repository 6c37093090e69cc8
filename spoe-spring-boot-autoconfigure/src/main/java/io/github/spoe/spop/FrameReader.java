/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of an array one after the other: each is a length of four bytes and
 * that many bytes (SPOE.txt section 3.2). To find a frame and read its header allocates
 * nothing, whatever length it claims. For one thread; may be used again and again.
 *
 * @since 0.1.0
 */
public final class FrameReader {

	/**
	 * Least length of a frame: type, flags and two ids.
	 */
	public static final int MIN_LENGTH = 7;

	private final ByteReader in = new ByteReader();

	private byte[] bytes = {};

	private int position;

	private int end;

	private int missing;

	private int typeCode;

	private int flags;

	private int idsStart;

	private int idsEnd;

	private long streamId;

	private long frameId;

	/**
	 * Begin to read frames.
	 * @param bytes the array, not to be changed while its frames are used
	 * @param start where the first frame starts
	 * @param end where the last frame, perhaps not whole, ends
	 */
	public void reset(byte[] bytes, int start, int end) {
		this.bytes = bytes;
		this.position = start;
		this.end = end;
	}

	/**
	 * Go to the next frame and read its header.
	 * @param maxLength the greatest length of the frame, not counting the length itself
	 * @return {@code false} if no frame is left that is whole
	 * @throws SpopException if the length is too small or too large, or the frame ends
	 * within its header
	 */
	public boolean next(int maxLength) {
		int start = this.position;
		int available = this.end - start;
		if (available < Integer.BYTES) {
			this.missing = Integer.BYTES - available;
			return false;
		}
		byte[] bytes = this.bytes;
		int length = checkLength((int) ByteWriter.INT.get(bytes, start) & 0xFFFFFFFFL, maxLength);
		if (available - Integer.BYTES < length) {
			this.missing = length - (available - Integer.BYTES);
			return false;
		}
		int frame = start + Integer.BYTES;
		this.position = frame + length;
		this.typeCode = bytes[frame] & 0xFF;
		this.flags = (int) ByteWriter.INT.get(bytes, frame + 1);
		this.in.reset(bytes, frame + 1 + Integer.BYTES, frame + length);
		this.idsStart = frame + 1 + Integer.BYTES;
		this.streamId = Varint.read(this.in);
		this.frameId = Varint.read(this.in);
		this.idsEnd = this.in.position();
		return true;
	}

	private static int checkLength(long length, int maxLength) {
		if (length < MIN_LENGTH) {
			throw SpopException.invalid("frame length: " + length + " (expected: >= " + MIN_LENGTH + ")");
		}
		if (length > maxLength) {
			throw new SpopException(StatusCode.FRAME_TOO_BIG,
					"frame length: " + length + " (expected: <= " + maxLength + ")");
		}
		return (int) length;
	}

	/**
	 * Return the type of the frame.
	 * @return the type, or {@code null} if the protocol knows none
	 */
	public @Nullable FrameType type() {
		return FrameType.of(this.typeCode);
	}

	/**
	 * Whether this is the last fragment of its frame.
	 * @return whether the flag {@link FrameHeader#FIN} is set
	 */
	public boolean isFin() {
		return (this.flags & FrameHeader.FIN) != 0;
	}

	/**
	 * Whether this fragment gives up its frame.
	 * @return whether the flag {@link FrameHeader#ABORT} is set
	 */
	public boolean isAbort() {
		return (this.flags & FrameHeader.ABORT) != 0;
	}

	/**
	 * Write stream and frame as they were read.
	 * @param to where to write them to, with room for the greatest
	 * @param index where they start
	 * @return where they end
	 */
	int copyIds(byte[] to, int index) {
		int size = this.idsEnd - this.idsStart;
		if (size <= Long.BYTES && this.idsStart + Long.BYTES <= this.bytes.length) {
			// To copy a size that is known takes an instruction. What is too much will be
			// written over.
			ByteWriter.LONG.set(to, index, (long) ByteWriter.LONG.get(this.bytes, this.idsStart));
		}
		else {
			System.arraycopy(this.bytes, this.idsStart, to, index, size);
		}
		return index + size;
	}

	/**
	 * Return the stream of the frame.
	 * @return the stream, unsigned
	 */
	public long streamId() {
		return this.streamId;
	}

	/**
	 * Return the frame in its stream.
	 * @return the frame, unsigned
	 */
	public long frameId() {
		return this.frameId;
	}

	/**
	 * Return the header of the frame.
	 * @return the header
	 */
	public FrameHeader header() {
		return new FrameHeader(type(), this.flags, this.streamId, this.frameId);
	}

	/**
	 * Return what reads the payload of the frame. Valid until the next frame.
	 * @return the reader, at the start of the payload
	 */
	public ByteReader payload() {
		return this.in;
	}

	/**
	 * Return the payload of the frame, for what is not read for each NOTIFY.
	 * @return a view of the payload
	 */
	public ByteBuf payloadBuffer() {
		return Unpooled.wrappedBuffer(this.bytes, this.in.position(), this.in.end() - this.in.position());
	}

	/**
	 * Return where the next frame starts.
	 * @return the position in the array
	 */
	public int position() {
		return this.position;
	}

	/**
	 * Return the length that the next frame claims, when it was found to be out of range.
	 * @return the four bytes of the length
	 */
	public int refusedLength() {
		return (int) ByteWriter.INT.get(this.bytes, this.position);
	}

	/**
	 * Return how many bytes are left behind the frame.
	 * @return the number of bytes
	 */
	public int rest() {
		return this.end - this.position;
	}

	/**
	 * Return what is left behind the frame.
	 * @return a copy of the bytes
	 */
	public byte[] copyRest() {
		return Arrays.copyOfRange(this.bytes, this.position, this.end);
	}

	/**
	 * Return how many bytes are missing at the end of the array, as far as is known, when
	 * no frame is left that is whole.
	 * @return the number of bytes, at least 1
	 */
	public int missing() {
		return this.missing;
	}

}
