/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SpoeMetricsAutoConfiguration}, with the metrics of Spring Boot.
 */
class SpoeMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SpoeServerAutoConfiguration.class, SpoeMetricsAutoConfiguration.class))
		.withPropertyValues("spoe.server.port=0");

	private final ApplicationContextRunner withMetrics = this.contextRunner.withConfiguration(
			AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					PrometheusMetricsExportAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void metersAreRegistered() {
		this.withMetrics.run((context) -> {
			assertThat(context).hasSingleBean(MicrometerSpoeMetrics.class);
			assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).contains(
					"spoe_server_notify_seconds_count{outcome=\"SUCCESS\"} 0", "spoe_server_connections_active 0");
		});
	}

	@Test
	void metersCanBeDisabledByProperty() {
		this.withMetrics.withPropertyValues("management.metrics.enable.spoe=false").run((context) -> {
			assertThat(context.getBean(SpoeMetrics.class).isTimed()).isFalse();
			assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).doesNotContain("spoe");
		});
	}

	@Test
	void histogramCanBeEnabledByProperty() {
		this.withMetrics
			.withPropertyValues("management.metrics.distribution.percentiles-histogram.spoe.server.notify=true")
			.run((context) -> assertThat(context.getBean(PrometheusMeterRegistry.class).scrape())
				.contains("spoe_server_notify_seconds_bucket"));
	}

	@Test
	void twoRegistriesAreBothFed() {
		this.withMetrics.withBean("other", MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			context.getBean(SpoeMetrics.class).notify(SpoeOutcome.SUCCESS).record(1, 5, 5);
			assertThat(context.getBean("other", MeterRegistry.class)
				.get("spoe.server.notify")
				.tag("outcome", "SUCCESS")
				.functionTimer()
				.count()).isOne();
		});
	}

	@Test
	void withoutRegistryNothingIsMeasured() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SpoeMetrics.class));
	}

	@Test
	void withoutMicrometerTheServerStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("spoeMetrics"));
	}

	@Test
	void disabledServerHasNoMeters() {
		this.withMetrics.withPropertyValues("spoe.server.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SpoeMetrics.class));
	}

	@Test
	void backsOffForOwnMetrics() {
		SpoeMetrics own = mock();
		given(own.notify(any())).willReturn(DurationRecorder.NONE);
		this.withMetrics.withBean(SpoeMetrics.class, () -> own)
			.run((context) -> assertThat(context).getBean(SpoeMetrics.class).isSameAs(own));
	}

}
