/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * Is told how long things of one kind took. Called by event loops and workers for each
 * message, or few, so it must neither block nor look anything up.
 *
 * @since 0.1.0
 */
public interface DurationRecorder {

	/**
	 * Recorder that nobody reads: no clock needs to be read for it.
	 */
	DurationRecorder NONE = new DurationRecorder() {

		@Override
		public void record(long count, long totalNanos, long maxNanos) {
		}

		@Override
		public boolean isExact() {
			return false;
		}

	};

	/**
	 * Record how long things took.
	 * @param count the number of things, at least 1
	 * @param totalNanos how long they took together, in nanoseconds
	 * @param maxNanos how long the longest took at most, in nanoseconds
	 */
	void record(long count, long totalNanos, long maxNanos);

	/**
	 * Return whether each thing has to be recorded by itself, as it is sorted by its
	 * duration.
	 * @return {@code false} if a sum will do
	 */
	boolean isExact();

}
