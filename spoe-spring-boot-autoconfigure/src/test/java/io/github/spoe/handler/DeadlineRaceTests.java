/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.SpoeTimeoutException;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers that come to their end at about their deadline.
 */
@Timeout(60)
class DeadlineRaceTests {

	private static final int ROUNDS = 250;

	@ParameterizedTest
	@CsvSource({ "worker, 2, 2", "worker, 16, 8", "mono, 2, 8", "stage, 2, 8" })
	void eachMessageIsAnsweredOnce(String message, int threads, int window) throws Exception {
		try (Agent agent = Agent.start(List.of("threads=" + threads), Workers.class, Handlers.class,
				FailClosed.class)) {
			Map<List<String>, Integer> answers = new HashMap<>();
			for (int round = 0; round < ROUNDS; round++) {
				for (Ack ack : ask(agent.client(), message, window)) {
					answers.merge(Agent.variables(ack), 1, Integer::sum);
				}
			}
			List<String> inTime = List.of(message + "=handled", "last=handled");
			List<String> late = List.of(message + "=timeout", "last=timeout");
			List<String> between = List.of(message + "=handled", "last=timeout");
			assertThat(answers).containsKeys(inTime, late);
			assertThat(Set.of(inTime, late, between)).containsAll(answers.keySet());
			assertThat(agent.context().getBean(Workers.class).interrupted).hasValue(0);
			// Nothing else has been sent.
			assertThat(agent.ask("unknown")).isEmpty();
		}
	}

	private static Set<Ack> ask(SpopTestClient client, String message, int window) throws IOException {
		ByteWriter frames = new ByteWriter(256);
		for (int stream = 1; stream <= window; stream++) {
			new Notify(stream, 1, List.of(SpopTestClient.message(message), SpopTestClient.message("last")))
				.write(frames);
		}
		client.send(frames.toByteArray(0));
		Map<Long, Ack> acks = new HashMap<>();
		for (int i = 0; i < window; i++) {
			Ack ack = client.readAck();
			assertThat(acks.put(ack.streamId(), ack)).isNull();
		}
		return new HashSet<>(acks.values());
	}

	@Configuration(proxyBeanMethods = false)
	static class Workers {

		/**
		 * How many tasks left their thread interrupted.
		 */
		private final AtomicInteger interrupted = new AtomicInteger();

		@Bean
		WorkerPool workerPool(@Value("${threads}") int threads) {
			return new WorkerPool(Thread::new, threads, 1000, Duration.ofMinutes(1));
		}

		@Bean
		Executor spoeWorkerExecutor(WorkerPool workerPool) {
			return (task) -> workerPool.execute(() -> {
				task.run();
				if (Thread.currentThread().isInterrupted()) {
					this.interrupted.incrementAndGet();
				}
			});
		}

	}

	static class Handlers {

		private static final String TIMEOUT = "3ms";

		@SpoeMessageHandler(value = "worker", timeout = TIMEOUT)
		void worker(SpoeResponse response) {
			String outcome = outcome();
			LockSupport.parkNanos(nanos());
			response.setVar(SpoeScope.TRANSACTION, "worker", outcome);
		}

		@SpoeMessageHandler(value = "mono", timeout = TIMEOUT)
		Mono<Void> mono(SpoeResponse response) {
			return Mono.delay(Duration.ofNanos(nanos()))
				.doOnNext((tick) -> response.setVar(SpoeScope.TRANSACTION, "mono", "handled"))
				.onErrorComplete(IllegalStateException.class)
				.then();
		}

		@SpoeMessageHandler(value = "stage", timeout = TIMEOUT)
		CompletableFuture<Void> stage(SpoeResponse response) {
			return CompletableFuture.runAsync(() -> response.setVar(SpoeScope.TRANSACTION, "stage", "handled"),
					CompletableFuture.delayedExecutor(nanos(), TimeUnit.NANOSECONDS));
		}

		@SpoeMessageHandler(value = "last", timeout = TIMEOUT)
		void last(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "last", outcome());
		}

		// The deadline may have passed already, and then this is not in the answer.
		private static String outcome() {
			return Thread.currentThread().isInterrupted() ? "interrupted for another" : "handled";
		}

		// A deadline is noticed late, by up to a millisecond.
		private static long nanos() {
			return ThreadLocalRandom.current().nextLong(4_000_000);
		}

	}

	@SpoeAdvice
	static class FailClosed {

		@SpoeExceptionHandler(SpoeTimeoutException.class)
		void timedOut(SpoeMessage message, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, message.getName(), "timeout");
		}

	}

}
