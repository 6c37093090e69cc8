/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.observation;

import java.util.Collection;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.noop.NoopTimer;

import io.github.spoe.server.DurationRecorder;

/**
 * Registers the meters of durations, each as cheap as the configuration of the registry
 * allows: none if it is denied, a {@link Timer} if percentiles or a histogram are wanted,
 * else {@link SummedDurations sums}.
 */
final class DurationMeters {

	private final MeterRegistry registry;

	DurationMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Register a meter.
	 * @param name the name of the meter
	 * @param description what it measures
	 * @param tags its tags
	 * @return what feeds it
	 */
	DurationRecorder register(String name, String description, Tags tags) {
		Timer.Builder builder = Timer.builder(name).description(description).tags(tags);
		Collection<MeterRegistry> leaves = leaves();
		boolean denied = !leaves.isEmpty();
		boolean distributed = false;
		for (MeterRegistry leaf : leaves) {
			Timer probe = builder.register(leaf);
			denied &= probe instanceof NoopTimer;
			distributed |= hasDistribution(probe);
			leaf.remove(probe);
		}
		if (denied) {
			return DurationRecorder.NONE;
		}
		return distributed ? new TimedDurations(builder.register(this.registry))
				: new SummedDurations(this.registry, name, description, tags);
	}

	private static boolean hasDistribution(Timer timer) {
		HistogramSnapshot snapshot = timer.takeSnapshot();
		return snapshot.histogramCounts().length > 0 || snapshot.percentileValues().length > 0;
	}

	// The registries of a composite have filters of their own.
	private Collection<MeterRegistry> leaves() {
		return (this.registry instanceof CompositeMeterRegistry composite) ? composite.getRegistries()
				: List.of(this.registry);
	}

}
