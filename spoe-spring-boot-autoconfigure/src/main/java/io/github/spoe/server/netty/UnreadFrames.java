/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The frames that HAProxy may not have read yet, as far as an agent can know. Two things
 * tell that a frame is read: that HAProxy, which waits for a limited number of ACKs on a
 * connection, waits for others already, and that some time has gone by.
 */
final class UnreadFrames {

	/**
	 * How long HAProxy may take to read. On a processor that it shares with the agent 4
	 * milliseconds are too few for it, and 10 are enough.
	 */
	static final long READ_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Deque<Frame> frames = new ArrayDeque<>();

	private final int bufferSize;

	private final int maxInFlight;

	private int size;

	private int mostInFlight;

	/**
	 * Create unread frames.
	 * @param bufferSize how many bytes must not be unread at once
	 * @param maxInFlight the most ACKs that HAProxy waits for
	 * @param before how many bytes may be unread of what was written before
	 * @param now the time
	 */
	UnreadFrames(int bufferSize, int maxInFlight, int before, long now) {
		this.bufferSize = bufferSize;
		this.maxInFlight = maxInFlight;
		this.mostInFlight = maxInFlight;
		add(before, now);
	}

	/**
	 * Add a frame that is to be written, if it does not fill the buffer of HAProxy.
	 * @param length the length of the frame, with its prefix
	 * @param unanswered how many NOTIFYs wait for an ACK that is not written yet
	 * @param now the time
	 * @return {@code false} if it has no room beside the frames that may be unread
	 */
	boolean offer(int length, int unanswered, long now) {
		// More than HAProxy waits for: some have timed out there, and their ACKs may be
		// unread, too.
		this.mostInFlight = Math.max(this.frames.isEmpty() ? this.maxInFlight : this.mostInFlight, unanswered);
		while (!this.frames.isEmpty()
				&& (this.frames.size() > this.mostInFlight - unanswered || nanosToNext(now) <= 0)) {
			this.size -= this.frames.remove().length();
		}
		if (!this.frames.isEmpty() && this.size + length >= this.bufferSize) {
			return false;
		}
		add(length, now);
		return true;
	}

	private void add(int length, long now) {
		this.frames.add(new Frame(length, now));
		this.size += length;
	}

	/**
	 * Return how long it takes until another frame counts as read.
	 * @param now the time
	 * @return the time in nanoseconds
	 */
	long nanosToNext(long now) {
		return this.frames.element().time() + READ_NANOS - now;
	}

	/**
	 * A frame that was written.
	 *
	 * @param length the length, with its prefix
	 * @param time when it was written
	 */
	private record Frame(int length, long time) {

	}

}
