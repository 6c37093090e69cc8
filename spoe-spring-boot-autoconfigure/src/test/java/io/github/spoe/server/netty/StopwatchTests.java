/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import io.github.spoe.server.netty.RecordingMetrics.Recorded;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Stopwatch}.
 */
class StopwatchTests {

	private static final long SLOW_NANOS = 2_000_000;

	private final Stopwatch stopwatch = new Stopwatch();

	private final Recorded recorded = new Recorded(false);

	private final Recorded other = new Recorded(false);

	private final long start = System.nanoTime();

	StopwatchTests() {
		this.stopwatch.start(this.start);
	}

	@Test
	void quickThingsAreMeasuredTogether() {
		laps(10_000);
		long now = stop();
		assertThat(this.recorded.count).isEqualTo(10_000);
		assertThat(this.recorded.calls).isLessThan(9_000);
		assertThat(this.recorded.total).isLessThanOrEqualTo(now - this.start).isPositive();
		assertThat(this.recorded.max).isLessThanOrEqualTo(this.recorded.total);
	}

	@Test
	void exactRecorderIsToldOneByOne() {
		Recorded exact = new Recorded(true);
		for (int i = 0; i < 100; i++) {
			this.stopwatch.lap(exact);
		}
		stop();
		assertThat(exact.calls).isEqualTo(100);
		assertThat(exact.count).isEqualTo(100);
	}

	@Test
	void slowThingShowsInTheMaximum() {
		laps(1000);
		spend(SLOW_NANOS);
		laps(1000);
		stop();
		assertThat(this.recorded.max).isGreaterThanOrEqualTo(SLOW_NANOS);
		assertThat(this.recorded.count).isEqualTo(2000);
	}

	@Test
	void slowThingsAreMeasuredOneByOne() {
		for (int i = 0; i < 5; i++) {
			spend(SLOW_NANOS);
			this.stopwatch.lap(this.recorded);
		}
		assertThat(this.recorded.calls).isEqualTo(5);
		assertThat(this.recorded.total).isGreaterThanOrEqualTo(5 * SLOW_NANOS);
	}

	@Test
	void thingsOfAnotherKindAreRecordedApart() {
		laps(20);
		this.stopwatch.lap(this.other);
		laps(20);
		long now = stop();
		assertThat(this.recorded.count).isEqualTo(40);
		assertThat(this.other.count).isOne();
		assertThat(this.recorded.total + this.other.total).isLessThanOrEqualTo(now - this.start);
	}

	@Test
	void slowThingIsNotBlamedOnQuickOnesBefore() {
		laps(1000);
		long before = System.nanoTime() - this.start;
		spend(SLOW_NANOS);
		this.stopwatch.lap(this.other);
		assertThat(this.other.total).isGreaterThanOrEqualTo(SLOW_NANOS);
		assertThat(this.recorded.total).isLessThanOrEqualTo(before);
	}

	@Test
	void whatIsBetweenPauseAndResumeIsLeftOut() {
		laps(20);
		this.stopwatch.pause();
		spend(20 * SLOW_NANOS);
		this.stopwatch.resume();
		laps(20);
		stop();
		assertThat(this.recorded.count).isEqualTo(40);
		assertThat(this.recorded.total).isLessThan(20 * SLOW_NANOS);
	}

	@Test
	void whatEndsWhilePausedTookNoTime() {
		this.stopwatch.pause();
		spend(20 * SLOW_NANOS);
		this.stopwatch.lap(this.recorded);
		assertThat(this.recorded.count).isOne();
		assertThat(this.recorded.total).isLessThan(20 * SLOW_NANOS);
	}

	private void laps(int count) {
		for (int i = 0; i < count; i++) {
			this.stopwatch.lap(this.recorded);
		}
	}

	private long stop() {
		this.stopwatch.pause();
		return System.nanoTime();
	}

	private static void spend(long nanos) {
		long end = System.nanoTime() + nanos;
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(nanos / 4);
		}
	}

}
