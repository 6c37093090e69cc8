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
		Timer timer = builder.register(this.registry);
		List<Timer> leaves = leaves(builder);
		if (leaves.stream().anyMatch(DurationMeters::hasDistribution)) {
			return new TimedDurations(timer);
		}
		this.registry.remove(timer);
		return leaves.stream().allMatch(NoopTimer.class::isInstance) ? DurationRecorder.NONE
				: new SummedDurations(this.registry, name, description, tags);
	}

	private static boolean hasDistribution(Timer timer) {
		HistogramSnapshot snapshot = timer.takeSnapshot();
		return snapshot.histogramCounts().length > 0 || snapshot.percentileValues().length > 0;
	}

	// The registries of a composite have filters of their own.
	private List<Timer> leaves(Timer.Builder builder) {
		Collection<MeterRegistry> registries = (this.registry instanceof CompositeMeterRegistry composite)
				? composite.getRegistries() : List.of(this.registry);
		return registries.stream().map(builder::register).toList();
	}

}
