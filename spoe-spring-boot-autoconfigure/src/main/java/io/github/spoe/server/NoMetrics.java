/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import org.jspecify.annotations.Nullable;

/**
 * {@link SpoeMetrics} that measure nothing.
 */
final class NoMetrics implements SpoeMetrics {

	@Override
	public boolean isTimed() {
		return false;
	}

	@Override
	public DurationRecorder notify(SpoeOutcome outcome) {
		return DurationRecorder.NONE;
	}

	@Override
	public DurationRecorder message(@Nullable String message, SpoeOutcome outcome, @Nullable Throwable error) {
		return DurationRecorder.NONE;
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
