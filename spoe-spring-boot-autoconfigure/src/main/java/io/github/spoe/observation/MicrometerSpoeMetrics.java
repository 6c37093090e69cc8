/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.observation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

/**
 * {@link SpoeMetrics} that are meters of a {@link MeterRegistry}.
 *
 * @since 0.1.0
 */
public final class MicrometerSpoeMetrics implements SpoeMetrics {

	private static final String NOTIFY = "spoe.server.notify";

	private static final String MESSAGES = "spoe.server.messages";

	/**
	 * Name of a message without a handler, and of an error that did not happen. Names of
	 * unknown messages are no tags: they come from outside, and are without end.
	 */
	private static final String UNKNOWN = "UNKNOWN";

	private static final String NONE = "none";

	private final DurationMeters durations;

	private final Map<Tags, DurationRecorder> recorders = new ConcurrentHashMap<>();

	private final LongAdder received = new LongAdder();

	private final LongAdder sent = new LongAdder();

	private final LongAdder notifies = new LongAdder();

	private final LongAdder connections = new LongAdder();

	private final List<Counter> faults;

	private volatile boolean timed;

	/**
	 * Create new metrics and register the meters that need no message.
	 * @param registry the registry
	 */
	public MicrometerSpoeMetrics(MeterRegistry registry) {
		this.durations = new DurationMeters(registry);
		FunctionCounter.builder("spoe.server.frames.received", this.received, LongAdder::sum)
			.description("Frames received from HAProxy")
			.register(registry);
		FunctionCounter.builder("spoe.server.frames.sent", this.sent, LongAdder::sum)
			.description("Frames sent to HAProxy")
			.register(registry);
		Gauge.builder("spoe.server.notify.active", this.notifies, LongAdder::sum)
			.description("NOTIFY frames that are handed to a worker or asynchronous and not answered yet")
			.register(registry);
		Gauge.builder("spoe.server.connections.active", this.connections, LongAdder::sum)
			.description("Connections from HAProxy that are open")
			.register(registry);
		this.faults = Arrays.stream(SpoeFault.values()).map((fault) -> counter(registry, fault)).toList();
		// These are there before anything happens, and tell whether any is timed.
		notify(SpoeOutcome.SUCCESS);
		message(null, SpoeOutcome.UNHANDLED, null);
	}

	private static Counter counter(MeterRegistry registry, SpoeFault fault) {
		return Counter.builder("spoe.server.faults")
			.description("Connections, frames and answers that were not as they should be")
			.tag("fault", fault.name())
			.register(registry);
	}

	@Override
	public boolean isTimed() {
		return this.timed;
	}

	@Override
	public DurationRecorder notify(SpoeOutcome outcome) {
		return recorder(NOTIFY, "Time from the read that brought a NOTIFY frame to the write of its ACK",
				Tags.of("outcome", outcome.name()));
	}

	@Override
	public DurationRecorder message(@Nullable String message, SpoeOutcome outcome, @Nullable Throwable error) {
		Tags tags = Tags.of("message", (message != null) ? message : UNKNOWN, "outcome", outcome.name(), "error",
				(error != null) ? nameOf(error.getClass()) : NONE);
		return recorder(MESSAGES, "Time that the handler of a message took, with the binding of its arguments", tags);
	}

	private DurationRecorder recorder(String name, String description, Tags tags) {
		DurationRecorder recorder = this.recorders.computeIfAbsent(tags,
				(key) -> this.durations.register(name, description, key));
		if (recorder != DurationRecorder.NONE) {
			this.timed = true;
		}
		return recorder;
	}

	private static String nameOf(Class<?> type) {
		return !type.isAnonymousClass() ? type.getSimpleName() : type.getName();
	}

	@Override
	public void frames(int received, int sent) {
		this.received.add(received);
		this.sent.add(sent);
	}

	@Override
	public void fault(SpoeFault fault) {
		this.faults.get(fault.ordinal()).increment();
	}

	@Override
	public void activeNotifies(int change) {
		this.notifies.add(change);
	}

	@Override
	public void activeConnections(int change) {
		this.connections.add(change);
	}

}
