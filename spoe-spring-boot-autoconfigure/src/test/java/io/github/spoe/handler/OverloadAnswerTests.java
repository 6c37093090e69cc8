/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeOverloadException;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what exception handlers answer when there is too much to do.
 */
@Timeout(30)
class OverloadAnswerTests {

	private Agent agent;

	private Handlers handlers;

	@AfterEach
	void stop() throws IOException {
		this.handlers.released.countDown();
		this.handlers.later.complete(null);
		this.agent.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "held", "worker", "stage" })
	void workersAreBusyAndTheQueueIsFull(String message) throws Exception {
		start("spoe.server.worker.max-threads=1", "spoe.server.worker.queue-capacity=1");
		try (SpopTestClient other = this.agent.connect(); LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			other.notify(1, 1, "held");
			assertThat(this.handlers.running.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			other.notify(2, 1, "worker");
			// Frames are handled one by one.
			assertThat(Agent.variables(other.ask("inline"))).containsExactly("inline=good");
			for (int i = 0; i < 100; i++) {
				assertThat(this.agent.ask(between(message))).containsExactly("inline=good",
						message + "=All workers are busy", "thread=event loop", "inline=good");
			}
			this.handlers.released.countDown();
			assertThat(Agent.variables(other.readAck())).containsExactly("held=good");
			assertThat(Agent.variables(other.readAck())).containsExactly("worker=good");
			assertThat(log.events(Level.WARN)).isEmpty();
		}
		assertThat(this.agent.ask("worker")).containsExactly("worker=good");
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "later" })
	void asManyAreInFlightAsMay(String message) throws Exception {
		start("spoe.server.max-in-flight=1");
		try (SpopTestClient other = this.agent.connect()) {
			other.notify(1, 1, "later");
			assertThat(Agent.variables(other.ask("inline"))).containsExactly("inline=good");
			for (int i = 0; i < 100; i++) {
				assertThat(this.agent.ask(between(message))).containsExactly("inline=good",
						message + "=Too many messages are in flight", "thread=event loop", "inline=good");
			}
			this.handlers.later.complete(null);
			assertThat(Agent.variables(other.readAck())).containsExactly("later=good");
		}
		assertThat(this.agent.ask("worker")).containsExactly("worker=good");
	}

	@Test
	void namedExecutorRejects() throws Exception {
		start();
		assertThat(this.agent.ask(between("rejected"))).containsExactly("inline=good",
				"rejected=Its executor takes no more", "thread=event loop", "inline=good");
	}

	@Test
	void namedExecutorRejectsWhatAWorkerHandsOver() throws Exception {
		start();
		assertThat(this.agent.ask(SpopTestClient.message("worker"), SpopTestClient.message("rejected"),
				SpopTestClient.message("worker")))
			.containsExactly("worker=good", "rejected=Its executor takes no more", "thread=worker", "worker=good");
	}

	@Test
	void deadlineAnswersForWhatAnExecutorForgets() throws Exception {
		start();
		assertThat(this.agent.ask(between("forgotten"))).containsExactly("inline=good", "inline=good");
	}

	private void start(String... properties) throws IOException {
		this.agent = Agent.start(List.of(properties), Executors.class, Handlers.class, FailClosed.class);
		this.handlers = this.agent.context().getBean(Handlers.class);
	}

	private static Notify.Message[] between(String message) {
		return new Notify.Message[] { SpopTestClient.message("inline"), SpopTestClient.message(message),
				SpopTestClient.message("inline") };
	}

	@SpoeAdvice
	static class FailClosed {

		@SpoeExceptionHandler
		void overloaded(SpoeOverloadException failure, SpoeMessage message, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, message.getName(), failure.getMessage());
			response.setVar(SpoeScope.TRANSACTION, "thread",
					Thread.currentThread().getName().startsWith("spoe-worker-") ? "worker" : "event loop");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Executors {

		@Bean(defaultCandidate = false)
		Executor rejecting() {
			return (task) -> {
				throw new RejectedExecutionException();
			};
		}

		@Bean(defaultCandidate = false)
		Executor forgetting() {
			return (task) -> {
			};
		}

	}

	static class Handlers {

		private final Semaphore running = new Semaphore(0);

		private final CountDownLatch released = new CountDownLatch(1);

		private final CompletableFuture<Void> later = new CompletableFuture<>();

		@SpoeMessageHandler(value = "held", timeout = "0")
		void held(SpoeResponse response) throws InterruptedException {
			this.running.release();
			this.released.await();
			set("held", response);
		}

		@SpoeMessageHandler(value = "worker", timeout = "0")
		void worker(SpoeResponse response) {
			set("worker", response);
		}

		@SpoeMessageHandler(value = "stage", timeout = "0", execution = SpoeExecution.WORKER)
		CompletableFuture<Void> stage(SpoeResponse response) {
			set("stage", response);
			return CompletableFuture.completedFuture(null);
		}

		@SpoeMessageHandler(value = "later", timeout = "0")
		CompletableFuture<Void> later(SpoeResponse response) {
			return this.later.thenRun(() -> set("later", response));
		}

		@SpoeMessageHandler(value = "rejected", executor = "rejecting")
		void rejected(SpoeResponse response) {
			set("rejected", response);
		}

		@SpoeMessageHandler(value = "forgotten", executor = "forgetting", timeout = "20ms")
		void forgotten(SpoeResponse response) {
			set("forgotten", response);
		}

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline(SpoeResponse response) {
			set("inline", response);
		}

		private static void set(String name, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, name, "good");
		}

	}

}
