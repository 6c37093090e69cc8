/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

import io.github.spoe.spop.FrameReader;

/**
 * What comes in on a connection: whole frames are read from memory that the connections
 * of an event loop share, and what has come of a frame that is not whole yet is kept
 * here. No more is kept than has come, whatever length the frame claims. While answers
 * have to wait so do whole frames, and are kept here too. For the event loop only.
 */
final class Inbound {

	private static final byte[] NOTHING = {};

	private final EventLoopScratch scratch;

	private byte[] kept = NOTHING;

	private int start;

	private int end;

	/**
	 * How many bytes make what is kept a whole frame, as far as is known.
	 */
	private int awaitedSize;

	/**
	 * Whether frames are read from what is kept.
	 */
	private boolean resumed;

	Inbound(EventLoopScratch scratch) {
		this.scratch = scratch;
	}

	/**
	 * Take what was received.
	 * @param in what was received
	 * @return what reads the frames, one of which may be whole
	 */
	FrameReader receive(ByteBuf in) {
		int size = size() + in.readableBytes();
		FrameReader frames = this.scratch.frames();
		if (size < this.awaitedSize) {
			grow(Math.min(2 * size, this.awaitedSize), size);
			append(in);
			frames.reset(NOTHING, 0, 0);
			return frames;
		}
		byte[] bytes = this.scratch.bytes(size);
		System.arraycopy(this.kept, this.start, bytes, 0, size());
		in.readBytes(bytes, size(), in.readableBytes());
		clear();
		frames.reset(bytes, 0, size);
		return frames;
	}

	/**
	 * Keep what no whole frame was read from.
	 * @param frames what reads the frames, when none is left that is whole
	 */
	void keepRest(FrameReader frames) {
		int rest = frames.rest();
		if (rest > 0) {
			this.kept = frames.copyRest();
			this.start = 0;
			this.end = rest;
			this.awaitedSize = rest + frames.missing();
		}
		else if (this.resumed) {
			clear();
		}
		this.resumed = false;
	}

	/**
	 * Keep the frames that were not read, whole or not, for {@link #resume()}.
	 * @param frames what reads the frames
	 */
	void keepFrames(FrameReader frames) {
		if (this.resumed) {
			// Not to copy the rest for each frame.
			this.resumed = false;
			this.start = frames.position();
		}
		else if (frames.rest() > 0) {
			this.kept = frames.copyRest();
			this.end = this.kept.length;
		}
		// Else what is kept is a frame that is still not whole.
	}

	/**
	 * Go on with the frames that were kept.
	 * @return what reads the frames
	 */
	FrameReader resume() {
		FrameReader frames = this.scratch.frames();
		frames.reset(this.kept, this.start, this.end);
		this.resumed = true;
		return frames;
	}

	/**
	 * Keep, behind what is kept, what was received when nothing should have been.
	 * @param in what was received
	 */
	void add(ByteBuf in) {
		grow(size() + in.readableBytes(), size() + in.readableBytes());
		append(in);
	}

	// Make room for a size, by a capacity that is at least that.
	private void grow(int capacity, int size) {
		if (this.start + size > this.kept.length) {
			this.kept = Arrays.copyOfRange(this.kept, this.start, this.start + capacity);
			this.end -= this.start;
			this.start = 0;
		}
	}

	private void append(ByteBuf in) {
		int size = in.readableBytes();
		in.readBytes(this.kept, this.end, size);
		this.end += size;
	}

	/**
	 * Return how much is kept.
	 * @return the number of bytes
	 */
	int size() {
		return this.end - this.start;
	}

	/**
	 * Return whether a frame has come in part.
	 * @return whether anything is kept
	 */
	boolean isPartial() {
		return size() > 0;
	}

	/**
	 * Throw away what is kept.
	 */
	void clear() {
		this.kept = NOTHING;
		this.start = 0;
		this.end = 0;
		this.awaitedSize = 0;
		this.resumed = false;
	}

}
