/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.SpoeMetrics;

/**
 * Metrics of an application, in a registry of its own.
 */
@Configuration(proxyBeanMethods = false)
class Meters {

	@Bean
	MeterRegistry registry() {
		return new SimpleMeterRegistry();
	}

	@Bean
	SpoeMetrics metrics(MeterRegistry registry) {
		return new MicrometerSpoeMetrics(registry);
	}

}
