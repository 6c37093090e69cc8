/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

/**
 * {@link SpoeMetrics} that remember what they were told.
 */
final class RecordingMetrics implements SpoeMetrics {

	final Map<SpoeOutcome, Recorded> notifies = new EnumMap<>(SpoeOutcome.class);

	final Map<SpoeFault, Integer> faults = new EnumMap<>(SpoeFault.class);

	int received;

	int sent;

	int activeNotifies;

	int activeConnections;

	@Override
	public boolean isTimed() {
		return true;
	}

	@Override
	public DurationRecorder notify(SpoeOutcome outcome) {
		return this.notifies.computeIfAbsent(outcome, (key) -> new Recorded(false));
	}

	@Override
	public DurationRecorder message(@Nullable String message, SpoeOutcome outcome, @Nullable Throwable error) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void frames(int received, int sent) {
		this.received += received;
		this.sent += sent;
	}

	@Override
	public void fault(SpoeFault fault) {
		this.faults.merge(fault, 1, Integer::sum);
	}

	@Override
	public void activeNotifies(int change) {
		this.activeNotifies += change;
	}

	@Override
	public void activeConnections(int change) {
		this.activeConnections += change;
	}

	/**
	 * {@link DurationRecorder} that remembers the sums.
	 */
	static final class Recorded implements DurationRecorder {

		private final boolean exact;

		int calls;

		long count;

		long total;

		long max;

		Recorded(boolean exact) {
			this.exact = exact;
		}

		@Override
		public void record(long count, long totalNanos, long maxNanos) {
			this.calls++;
			this.count += count;
			this.total += totalNanos;
			this.max = Math.max(this.max, maxNanos);
		}

		@Override
		public boolean isExact() {
			return this.exact;
		}

	}

}
