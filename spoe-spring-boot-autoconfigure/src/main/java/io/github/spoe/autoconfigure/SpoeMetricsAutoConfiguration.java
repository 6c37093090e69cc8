/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.SpoeMetrics;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the meters of an SPOE server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "spoe.server.enabled", matchIfMissing = true)
public final class SpoeMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SpoeMetrics spoeMetrics(MeterRegistry registry) {
		return new MicrometerSpoeMetrics(registry);
	}

}
