/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import org.jspecify.annotations.Nullable;

/**
 * {@link SpoeMetrics} that keep nothing, but for which the clock is read.
 */
final class DiscardingMetrics implements SpoeMetrics {

	private static final DurationRecorder RECORDER = new DurationRecorder() {

		@Override
		public void record(long count, long totalNanos, long maxNanos) {
		}

		@Override
		public boolean isExact() {
			return false;
		}

	};

	@Override
	public boolean isTimed() {
		return true;
	}

	@Override
	public DurationRecorder notify(SpoeOutcome outcome) {
		return RECORDER;
	}

	@Override
	public DurationRecorder message(@Nullable String message, SpoeOutcome outcome, @Nullable Throwable error) {
		return RECORDER;
	}

	@Override
	public void frames(int received, int sent) {
	}

	@Override
	public void fault(SpoeFault fault) {
	}

	@Override
	public void activeNotifies(int change) {
	}

	@Override
	public void activeConnections(int change) {
	}

}
