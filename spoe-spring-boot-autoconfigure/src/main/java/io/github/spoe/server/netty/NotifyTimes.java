/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.Arrays;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

/**
 * When the NOTIFYs came whose ACKs are written next, summed up for each outcome. For one
 * thread.
 */
final class NotifyTimes {

	private static final SpoeOutcome[] OUTCOMES = SpoeOutcome.values();

	private final DurationRecorder[] recorders;

	private final int[] counts = new int[OUTCOMES.length];

	private final long[] arrivals = new long[OUTCOMES.length];

	private final long[] earliest = new long[OUTCOMES.length];

	private boolean pending;

	NotifyTimes(SpoeMetrics metrics) {
		this.recorders = Arrays.stream(OUTCOMES).map(metrics::notify).toArray(DurationRecorder[]::new);
	}

	/**
	 * Add a NOTIFY that was answered.
	 * @param outcome how it ended
	 * @param arrival when it came
	 */
	void add(SpoeOutcome outcome, long arrival) {
		int index = outcome.ordinal();
		if (this.counts[index] > 0 && arrival != this.earliest[index] && this.recorders[index].isExact()) {
			record(index, System.nanoTime());
		}
		if (this.counts[index]++ == 0 || arrival - this.earliest[index] < 0) {
			this.earliest[index] = arrival;
		}
		this.arrivals[index] += arrival;
		this.pending = true;
	}

	boolean isPending() {
		return this.pending;
	}

	/**
	 * Record all that were added, as their ACKs are written.
	 * @param now the time
	 */
	void written(long now) {
		for (int index = 0; index < OUTCOMES.length; index++) {
			if (this.counts[index] > 0) {
				record(index, now);
			}
		}
		this.pending = false;
	}

	private void record(int index, long now) {
		long count = this.counts[index];
		this.recorders[index].record(count, count * now - this.arrivals[index], now - this.earliest[index]);
		this.counts[index] = 0;
		this.arrivals[index] = 0;
	}

}
