/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.concurrent.atomic.AtomicIntegerArray;

import org.jspecify.annotations.Nullable;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

/**
 * {@link SpoeMetrics} that count faults only, on any thread.
 */
final class FaultCounter implements SpoeMetrics {

	private final AtomicIntegerArray counts = new AtomicIntegerArray(SpoeFault.values().length);

	int count(SpoeFault fault) {
		return this.counts.get(fault.ordinal());
	}

	@Override
	public void fault(SpoeFault fault) {
		this.counts.incrementAndGet(fault.ordinal());
	}

	@Override
	public boolean isTimed() {
		return false;
	}

	@Override
	public DurationRecorder message(@Nullable String message, SpoeOutcome outcome, @Nullable Throwable error) {
		return DurationRecorder.NONE;
	}

	@Override
	public DurationRecorder notify(SpoeOutcome outcome) {
		return DurationRecorder.NONE;
	}

	@Override
	public void frames(int received, int sent) {
	}

	@Override
	public void activeNotifies(int change) {
	}

	@Override
	public void activeConnections(int change) {
	}

}
