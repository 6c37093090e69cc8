/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import org.junit.jupiter.api.Test;

import io.github.spoe.server.SpoeOutcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NotifyTimes}.
 */
class NotifyTimesTests {

	private final RecordingMetrics metrics = new RecordingMetrics();

	private final NotifyTimes times = new NotifyTimes(this.metrics);

	@Test
	void sumsAreRecordedOnceForEachOutcome() {
		this.times.add(SpoeOutcome.SUCCESS, 1000);
		this.times.add(SpoeOutcome.ERROR, 1500);
		this.times.add(SpoeOutcome.SUCCESS, 1300);
		this.times.add(SpoeOutcome.SUCCESS, 900);
		assertThat(this.times.isPending()).isTrue();
		this.times.written(2000);
		assertThat(this.times.isPending()).isFalse();
		assertRecorded(SpoeOutcome.SUCCESS, 1, 3, 1000 + 700 + 1100, 1100);
		assertRecorded(SpoeOutcome.ERROR, 1, 1, 500, 500);
		assertRecorded(SpoeOutcome.REJECTED, 0, 0, 0, 0);
	}

	@Test
	void nothingIsRecordedTwice() {
		this.times.add(SpoeOutcome.SUCCESS, 1000);
		this.times.written(2000);
		this.times.written(3000);
		this.times.add(SpoeOutcome.SUCCESS, 2500);
		this.times.written(3000);
		assertRecorded(SpoeOutcome.SUCCESS, 2, 2, 1500, 1000);
	}

	@Test
	void clockMayPassZero() {
		this.times.add(SpoeOutcome.SUCCESS, Long.MAX_VALUE - 9);
		this.times.add(SpoeOutcome.SUCCESS, Long.MIN_VALUE);
		this.times.written(Long.MIN_VALUE + 10);
		assertRecorded(SpoeOutcome.SUCCESS, 1, 2, 20 + 10, 20);
	}

	@Test
	void exactRecorderIsToldOfDifferentDurationsOneByOne() {
		this.metrics.notifies.put(SpoeOutcome.SUCCESS, new RecordingMetrics.Recorded(true));
		NotifyTimes exact = new NotifyTimes(this.metrics);
		long now = System.nanoTime();
		exact.add(SpoeOutcome.SUCCESS, now);
		exact.add(SpoeOutcome.SUCCESS, now);
		exact.add(SpoeOutcome.SUCCESS, now + 1);
		exact.written(System.nanoTime());
		RecordingMetrics.Recorded recorded = this.metrics.notifies.get(SpoeOutcome.SUCCESS);
		assertThat(recorded.calls).isEqualTo(2);
		assertThat(recorded.count).isEqualTo(3);
	}

	private void assertRecorded(SpoeOutcome outcome, int calls, long count, long total, long max) {
		RecordingMetrics.Recorded recorded = this.metrics.notifies.get(outcome);
		assertThat(recorded.calls).isEqualTo(calls);
		assertThat(recorded.count).isEqualTo(count);
		assertThat(recorded.total).isEqualTo(total);
		assertThat(recorded.max).isEqualTo(max);
	}

}
