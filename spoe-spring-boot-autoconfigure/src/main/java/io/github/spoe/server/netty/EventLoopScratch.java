/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.NotifyIndex;

/**
 * Memory that the connections of an event loop share, as it serves one after the other:
 * what was read is copied to it, and what is answered is gathered in it. It also tells
 * what the event loop does.
 */
final class EventLoopScratch {

	private static final int INITIAL_CAPACITY = 8192;

	/**
	 * What one large frame took is not held for ever.
	 */
	private static final int MAX_KEPT_CAPACITY = 256 * 1024;

	private static final FastThreadLocal<EventLoopScratch> CURRENT = new FastThreadLocal<>() {

		@Override
		protected EventLoopScratch initialValue() {
			return new EventLoopScratch();
		}

	};

	private final FrameReader frames = new FrameReader();

	private final NotifyIndex index = new NotifyIndex();

	private final EventLoopActivity activity = new EventLoopActivity(this.index);

	private byte[] bytes = new byte[INITIAL_CAPACITY];

	private @Nullable ByteWriter writer = new ByteWriter(INITIAL_CAPACITY);

	private EventLoopScratch() {
	}

	/**
	 * Return the scratch memory of the current event loop.
	 * @return the scratch memory
	 */
	static EventLoopScratch current() {
		return CURRENT.get();
	}

	/**
	 * Return bytes to read to.
	 * @param size the least size
	 * @return an array, the same again and again
	 */
	byte[] bytes(int size) {
		if (size <= this.bytes.length) {
			return this.bytes;
		}
		byte[] bytes = new byte[Math.max(size, Math.min(2 * this.bytes.length, MAX_KEPT_CAPACITY))];
		if (bytes.length <= MAX_KEPT_CAPACITY) {
			this.bytes = bytes;
		}
		return bytes;
	}

	/**
	 * Return what reads frames.
	 * @return the reader
	 */
	FrameReader frames() {
		return this.frames;
	}

	/**
	 * Return the index of the NOTIFY that is answered.
	 * @return the index
	 */
	NotifyIndex index() {
		return this.index;
	}

	/**
	 * Return what tells which message is handled.
	 * @return the activity of the event loop
	 */
	EventLoopActivity activity() {
		return this.activity;
	}

	/**
	 * Lend what answers are gathered in.
	 * @return a writer, empty, to be given back
	 */
	ByteWriter borrowWriter() {
		ByteWriter borrowed = this.writer;
		this.writer = null;
		return (borrowed != null) ? borrowed : new ByteWriter(INITIAL_CAPACITY);
	}

	/**
	 * Take back what was lent.
	 * @param returned the writer
	 */
	void giveBack(ByteWriter returned) {
		if (returned.capacity() <= MAX_KEPT_CAPACITY) {
			returned.truncate(0);
			this.writer = returned;
		}
	}

}
