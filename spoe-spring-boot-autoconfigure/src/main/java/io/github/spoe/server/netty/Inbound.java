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
 * here. No more is kept than has come, whatever length the frame claims. For the event
 * loop only.
 */
final class Inbound {

	private static final byte[] NOTHING = {};

	private final EventLoopScratch scratch;

	private byte[] partial = NOTHING;

	private int partialSize;

	/**
	 * How many bytes make the partial frame whole, as far as is known.
	 */
	private int awaitedSize;

	Inbound(EventLoopScratch scratch) {
		this.scratch = scratch;
	}

	/**
	 * Take what was received.
	 * @param in what was received
	 * @return what reads the frames, one of which may be whole
	 */
	FrameReader receive(ByteBuf in) {
		int size = this.partialSize + in.readableBytes();
		FrameReader frames = this.scratch.frames();
		if (size < this.awaitedSize) {
			keep(in, size);
			frames.reset(NOTHING, 0, 0);
			return frames;
		}
		byte[] bytes = this.scratch.bytes(size);
		System.arraycopy(this.partial, 0, bytes, 0, this.partialSize);
		in.readBytes(bytes, this.partialSize, size - this.partialSize);
		clear();
		frames.reset(bytes, 0, size);
		return frames;
	}

	private void keep(ByteBuf in, int size) {
		if (size > this.partial.length) {
			this.partial = Arrays.copyOf(this.partial, Math.min(2 * size, this.awaitedSize));
		}
		in.readBytes(this.partial, this.partialSize, size - this.partialSize);
		this.partialSize = size;
	}

	/**
	 * Keep what no whole frame was read from.
	 * @param frames what reads the frames, when none is left that is whole
	 */
	void keepRest(FrameReader frames) {
		if (frames.rest() > 0) {
			this.partial = frames.copyRest();
			this.partialSize = this.partial.length;
			this.awaitedSize = this.partialSize + frames.missing();
		}
	}

	/**
	 * Throw away what is kept.
	 */
	void clear() {
		this.partial = NOTHING;
		this.partialSize = 0;
		this.awaitedSize = 0;
	}

}
