/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.SpoeMetrics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how messages are measured.
 */
class HandlerMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private Agent agent;

	@BeforeEach
	void start() throws IOException {
		Metered.registry = this.registry;
		this.agent = Agent.start(List.of(), Metered.class, Handlers.class);
	}

	@AfterEach
	void stop() throws IOException {
		this.agent.close();
	}

	@Test
	void metersAreThereBeforeTheFirstMessage() {
		assertThat(count("inline", "SUCCESS", "none")).isZero();
		assertThat(count("worker", "SUCCESS", "none")).isZero();
	}

	@Test
	void successes() throws IOException {
		for (String message : List.of("inline", "worker", "mono", "stage")) {
			this.agent.ask(message);
			awaitCount(message, "SUCCESS", "none");
		}
		awaitNotify("SUCCESS", 4);
	}

	@Test
	void failures() throws IOException {
		this.agent.ask("inline-fails");
		awaitCount("inline-fails", "ERROR", "IllegalStateException");
		this.agent.ask("worker-fails");
		awaitCount("worker-fails", "ERROR", "IllegalArgumentException");
		this.agent.ask("mono-fails");
		awaitCount("mono-fails", "ERROR", "IllegalStateException");
		this.agent.ask("needs-argument");
		awaitCount("needs-argument", "ERROR", "SpoeArgumentException");
		assertThat(count("inline-fails", "SUCCESS", "none")).isZero();
		awaitNotify("ERROR", 4);
	}

	@Test
	void timeout() throws IOException {
		this.agent.ask("times-out");
		awaitCount("times-out", "TIMEOUT", "TimeoutException");
		awaitNotify("TIMEOUT", 1);
	}

	@Test
	void unknownMessage() throws IOException {
		this.agent.ask("nobody-knows");
		awaitCount("UNKNOWN", "UNHANDLED", "none");
		awaitNotify("UNHANDLED", 1);
	}

	@Test
	void rejection() throws IOException {
		Metered.rejecting = true;
		try {
			this.agent.ask("worker");
		}
		finally {
			Metered.rejecting = false;
		}
		awaitCount("worker", "REJECTED", "SpoeOverloadException");
		awaitNotify("REJECTED", 1);
	}

	private void awaitCount(String message, String outcome, String error) {
		Awaitility.await().untilAsserted(() -> assertThat(count(message, outcome, error)).isOne());
	}

	private void awaitNotify(String outcome, int count) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					this.registry.get("spoe.server.notify").tag("outcome", outcome).functionTimer().count())
				.isEqualTo(count));
		assertThat(this.registry.get("spoe.server.notify.active").gauge().value()).isZero();
	}

	private double count(String message, String outcome, String error) {
		return this.registry.get("spoe.server.messages")
			.tags("message", message, "outcome", outcome, "error", error)
			.functionTimer()
			.count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Metered {

		static MeterRegistry registry;

		static volatile boolean rejecting;

		@Bean
		SpoeMetrics metrics() {
			return new MicrometerSpoeMetrics(registry);
		}

		@Bean(defaultCandidate = false)
		Executor spoeWorkerExecutor() {
			return (task) -> {
				if (rejecting) {
					throw new RejectedExecutionException();
				}
				new Thread(task).start();
			};
		}

	}

	static class Handlers {

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline() {
		}

		@SpoeMessageHandler("worker")
		void worker() {
		}

		@SpoeMessageHandler("mono")
		Mono<Void> mono() {
			return Mono.empty();
		}

		@SpoeMessageHandler("stage")
		CompletionStage<Void> stage() {
			return CompletableFuture.runAsync(() -> {
			});
		}

		@SpoeMessageHandler(value = "inline-fails", execution = SpoeExecution.EVENT_LOOP)
		void inlineFails() {
			throw new IllegalStateException();
		}

		@SpoeMessageHandler("worker-fails")
		void workerFails() {
			throw new IllegalArgumentException();
		}

		@SpoeMessageHandler("mono-fails")
		Mono<Void> monoFails() {
			return Mono.error(new IllegalStateException());
		}

		@SpoeMessageHandler(value = "needs-argument", execution = SpoeExecution.EVENT_LOOP)
		void needsArgument(@SpoeArg("ip") String ip) {
		}

		@SpoeMessageHandler("times-out")
		CompletionStage<Void> timesOut() {
			return CompletableFuture.failedFuture(new TimeoutException());
		}

	}

}
