/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.observation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowMax;

import io.github.spoe.server.DurationRecorder;

/**
 * {@link DurationRecorder} that adds up many durations at once, which a
 * {@link io.micrometer.core.instrument.Timer} cannot. It is read through a
 * {@link FunctionTimer} and a gauge of the longest duration in the last minutes.
 */
final class SummedDurations implements DurationRecorder {

	private final LongAdder count = new LongAdder();

	private final LongAdder total = new LongAdder();

	private final TimeWindowMax max;

	SummedDurations(MeterRegistry registry, String name, String description, Tags tags) {
		this.max = new TimeWindowMax(registry.config().clock(), DistributionStatisticConfig.DEFAULT);
		FunctionTimer
			.builder(name, this, (durations) -> durations.count.sum(), (durations) -> durations.total.sum(),
					TimeUnit.NANOSECONDS)
			.description(description)
			.tags(tags)
			.register(registry);
		TimeGauge.builder(name + ".max", this, TimeUnit.NANOSECONDS, (durations) -> durations.max.poll())
			.description(description + ": the longest of the last minutes")
			.tags(tags)
			.register(registry);
	}

	@Override
	public void record(long count, long totalNanos, long maxNanos) {
		this.count.add(count);
		this.total.add(totalNanos);
		this.max.record(maxNanos);
	}

	@Override
	public boolean isExact() {
		return false;
	}

}
