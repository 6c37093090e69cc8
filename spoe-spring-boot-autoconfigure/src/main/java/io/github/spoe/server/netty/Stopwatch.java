/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import io.github.spoe.server.DurationRecorder;

/**
 * Measures what an event loop does one after the other. To read the clock takes as long
 * as to parse a NOTIFY, so things of one kind that are quick are measured together. For
 * one thread.
 */
final class Stopwatch {

	/**
	 * Most things that are measured together.
	 */
	private static final int MAX_GROUP = 16;

	/**
	 * What takes longer is measured by itself.
	 */
	private static final long QUICK_NANOS = 1000;

	private DurationRecorder recorder = DurationRecorder.NONE;

	private int limit = 1;

	private int count;

	private long start;

	private boolean paused;

	/**
	 * How long one thing took on average in the quickest group.
	 */
	private long least = Long.MAX_VALUE;

	/**
	 * Start to measure what follows.
	 * @param now the time
	 */
	void start(long now) {
		this.start = now;
		this.paused = false;
	}

	/**
	 * Leave out what follows, until {@link #resume()}.
	 */
	void pause() {
		if (!this.paused) {
			if (this.count > 0) {
				record(System.nanoTime());
			}
			this.paused = true;
		}
	}

	/**
	 * Measure again, if the measurement was paused.
	 */
	void resume() {
		if (this.paused) {
			start(System.nanoTime());
		}
	}

	/**
	 * Say that a thing is done, and the next begins.
	 * @param finished what is told how long it took
	 */
	void lap(DurationRecorder finished) {
		resume();
		if (finished != this.recorder) {
			change(finished);
		}
		else if (++this.count >= this.limit) {
			record(System.nanoTime());
		}
	}

	private void change(DurationRecorder finished) {
		long now = System.nanoTime();
		if (this.count > 0) {
			// A group that is not whole is of a kind that was quick before.
			record(this.start + Math.min(now - this.start, this.count * this.least));
		}
		this.recorder = finished;
		this.limit = 1;
		this.least = Long.MAX_VALUE;
		this.count = 1;
		record(now);
	}

	private void record(long now) {
		long total = now - this.start;
		long average = total / this.count;
		this.least = Math.min(this.least, average);
		this.recorder.record(this.count, total, total - (this.count - 1) * this.least);
		this.limit = (average <= QUICK_NANOS && !this.recorder.isExact()) ? MAX_GROUP : 1;
		this.count = 0;
		this.start = now;
	}

}
