/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.observation;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Timer;

import io.github.spoe.server.DurationRecorder;

/**
 * {@link DurationRecorder} that feeds a {@link Timer} with each single duration.
 *
 * @param timer the timer
 */
record TimedDurations(Timer timer) implements DurationRecorder {

	@Override
	public void record(long count, long totalNanos, long maxNanos) {
		long average = totalNanos / count;
		for (long i = 0; i < count; i++) {
			this.timer.record(average, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public boolean isExact() {
		return true;
	}

}
