/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.observation;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MicrometerSpoeMetrics}.
 */
class MicrometerSpoeMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private static MeterFilter histogram(String name) {
		return new MeterFilter() {

			@Override
			public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
				return id.getName().equals(name)
						? DistributionStatisticConfig.builder().percentilesHistogram(true).build().merge(config)
						: config;
			}

		};
	}

	@Test
	void durationsAreSummed() {
		SpoeMetrics metrics = new MicrometerSpoeMetrics(this.registry);
		assertThat(metrics.isTimed()).isTrue();
		DurationRecorder recorder = metrics.message("check", SpoeOutcome.SUCCESS, null);
		assertThat(recorder.isExact()).isFalse();
		recorder.record(16, 16_000, 4_000);
		recorder.record(1, 2_000, 2_000);
		FunctionTimer timer = this.registry.get("spoe.server.messages")
			.tags("message", "check", "outcome", "SUCCESS", "error", "none")
			.functionTimer();
		assertThat(timer.count()).isEqualTo(17);
		assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(18_000);
		assertThat(this.registry.get("spoe.server.messages.max")
			.tags("message", "check", "outcome", "SUCCESS", "error", "none")
			.timeGauge()
			.value(TimeUnit.NANOSECONDS)).isEqualTo(4_000);
	}

	@Test
	void recorderIsTheSameForTheSameTags() {
		SpoeMetrics metrics = new MicrometerSpoeMetrics(this.registry);
		assertThat(metrics.notify(SpoeOutcome.SUCCESS)).isSameAs(metrics.notify(SpoeOutcome.SUCCESS))
			.isNotSameAs(metrics.notify(SpoeOutcome.ERROR));
		assertThat(metrics.message("a", SpoeOutcome.ERROR, new IllegalStateException("one")))
			.isSameAs(metrics.message("a", SpoeOutcome.ERROR, new IllegalStateException("two")));
	}

	@Test
	void errorsAreTaggedWithTheirClass() {
		SpoeMetrics metrics = new MicrometerSpoeMetrics(this.registry);
		metrics.message("a", SpoeOutcome.ERROR, new IllegalStateException()).record(1, 1, 1);
		metrics.message("a", SpoeOutcome.ERROR, new RuntimeException() {
		}).record(1, 1, 1);
		assertThat(count("a", "ERROR", "IllegalStateException")).isOne();
		assertThat(count("a", "ERROR", getClass().getName() + "$2")).isOne();
	}

	@Test
	void messageWithoutHandlerHasNoNameOfItsOwn() {
		new MicrometerSpoeMetrics(this.registry).message(null, SpoeOutcome.UNHANDLED, null).record(2, 1, 1);
		assertThat(count("UNKNOWN", "UNHANDLED", "none")).isEqualTo(2);
	}

	@Test
	void countersAndGauges() {
		SpoeMetrics metrics = new MicrometerSpoeMetrics(this.registry);
		metrics.frames(3, 2);
		metrics.frames(1, 1);
		metrics.activeNotifies(5);
		metrics.activeNotifies(-2);
		metrics.activeConnections(1);
		assertThat(this.registry.get("spoe.server.frames.received").functionCounter().count()).isEqualTo(4);
		assertThat(this.registry.get("spoe.server.frames.sent").functionCounter().count()).isEqualTo(3);
		assertThat(this.registry.get("spoe.server.notify.active").gauge().value()).isEqualTo(3);
		assertThat(this.registry.get("spoe.server.connections.active").gauge().value()).isOne();
	}

	@Test
	void histogramIsFedWithEachDuration() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		prometheus.config().meterFilter(histogram("spoe.server.messages"));
		SpoeMetrics metrics = new MicrometerSpoeMetrics(prometheus);
		DurationRecorder recorder = metrics.message("check", SpoeOutcome.SUCCESS, null);
		assertThat(recorder.isExact()).isTrue();
		recorder.record(3, 3_000_000, 1_000_000);
		Timer timer = prometheus.get("spoe.server.messages").tag("message", "check").timer();
		assertThat(timer.count()).isEqualTo(3);
		assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(3_000_000);
		assertThat(prometheus.scrape()).contains("spoe_server_messages_seconds_bucket");
		assertThat(metrics.notify(SpoeOutcome.SUCCESS).isExact()).isFalse();
	}

	@Test
	void prometheusHasCountSumAndMax() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		SpoeMetrics metrics = new MicrometerSpoeMetrics(prometheus);
		metrics.message("check", SpoeOutcome.SUCCESS, null).record(2, 3_000_000_000L, 2_000_000_000L);
		metrics.message("check", SpoeOutcome.ERROR, new IllegalStateException()).record(1, 500_000_000L, 500_000_000L);
		metrics.notify(SpoeOutcome.SUCCESS).record(1, 250_000_000L, 250_000_000L);
		assertThat(prometheus.scrape()).contains(
				"spoe_server_messages_seconds_count{error=\"none\",message=\"check\",outcome=\"SUCCESS\"} 2",
				"spoe_server_messages_seconds_sum{error=\"none\",message=\"check\",outcome=\"SUCCESS\"} 3.0",
				"spoe_server_messages_seconds_count{error=\"IllegalStateException\",message=\"check\",outcome=\"ERROR\"} 1",
				"spoe_server_messages_max_seconds{error=\"none\",message=\"check\",outcome=\"SUCCESS\"} 2.0",
				"spoe_server_notify_seconds_sum{outcome=\"SUCCESS\"} 0.25", "spoe_server_frames_received_total",
				"spoe_server_frames_sent_total", "spoe_server_notify_active ", "spoe_server_connections_active ");
	}

	@Test
	void deniedMetersCostNothing() {
		this.registry.config().meterFilter(MeterFilter.denyNameStartsWith("spoe"));
		SpoeMetrics metrics = new MicrometerSpoeMetrics(this.registry);
		assertThat(metrics.isTimed()).isFalse();
		assertThat(metrics.notify(SpoeOutcome.SUCCESS)).isSameAs(DurationRecorder.NONE);
		assertThat(metrics.message("check", SpoeOutcome.SUCCESS, null)).isSameAs(DurationRecorder.NONE);
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void oneOfTwoMayBeDenied() {
		this.registry.config().meterFilter(MeterFilter.denyNameStartsWith("spoe.server.messages"));
		SpoeMetrics metrics = new MicrometerSpoeMetrics(this.registry);
		assertThat(metrics.isTimed()).isTrue();
		assertThat(metrics.message("check", SpoeOutcome.SUCCESS, null)).isSameAs(DurationRecorder.NONE);
		assertThat(metrics.notify(SpoeOutcome.SUCCESS)).isNotSameAs(DurationRecorder.NONE);
	}

	@Test
	void compositeAsksItsRegistries() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		SimpleMeterRegistry denying = new SimpleMeterRegistry();
		denying.config().meterFilter(MeterFilter.denyNameStartsWith("spoe"));
		composite.add(denying);
		assertThat(new MicrometerSpoeMetrics(composite).isTimed()).isFalse();
		composite.add(this.registry);
		CompositeMeterRegistry both = new CompositeMeterRegistry();
		both.add(denying);
		both.add(this.registry);
		SpoeMetrics metrics = new MicrometerSpoeMetrics(both);
		assertThat(metrics.isTimed()).isTrue();
		metrics.message("check", SpoeOutcome.SUCCESS, null).record(2, 3, 2);
		assertThat(count("check", "SUCCESS", "none")).isEqualTo(2);
	}

	@Test
	void compositeWithoutRegistriesMayGetSome() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		SpoeMetrics metrics = new MicrometerSpoeMetrics(composite);
		composite.add(this.registry);
		metrics.message("check", SpoeOutcome.SUCCESS, null).record(2, 3, 2);
		assertThat(count("check", "SUCCESS", "none")).isEqualTo(2);
	}

	@Test
	void compositeWithTagsOfItsOwnLeavesNothingBehind() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		composite.add(this.registry);
		composite.config().commonTags("region", "eu");
		new MicrometerSpoeMetrics(composite).message("check", SpoeOutcome.SUCCESS, null);
		assertThat(this.registry.getMeters()).isNotEmpty()
			.allMatch((meter) -> "eu".equals(meter.getId().getTag("region")));
	}

	@Test
	void anyTimedMessageTurnsTheClockOn() {
		this.registry.config()
			.meterFilter(MeterFilter
				.deny((id) -> id.getName().startsWith("spoe.server.notify") || "UNKNOWN".equals(id.getTag("message"))));
		SpoeMetrics metrics = new MicrometerSpoeMetrics(this.registry);
		assertThat(metrics.isTimed()).isFalse();
		metrics.message("check", SpoeOutcome.SUCCESS, null);
		assertThat(metrics.isTimed()).isTrue();
	}

	private double count(String message, String outcome, String error) {
		return this.registry.get("spoe.server.messages")
			.tags("message", message, "outcome", outcome, "error", error)
			.functionTimer()
			.count();
	}

}
