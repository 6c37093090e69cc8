/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for handler methods whose messages are acknowledged before they are called.
 */
@Timeout(30)
class BackgroundHandlerTests {

	private Agent agent;

	private Handlers handlers;

	private MeterRegistry registry;

	@BeforeEach
	void start() throws IOException {
		this.agent = Agent.start(
				List.of("spoe.server.background.max-threads=1", "spoe.server.background.queue-capacity=2"),
				Meters.class, OwnExecutor.class, Handlers.class);
		this.handlers = this.agent.context().getBean(Handlers.class);
		this.registry = this.agent.context().getBean(MeterRegistry.class);
	}

	@AfterEach
	void stop() throws IOException {
		this.handlers.go.countDown();
		this.agent.close();
	}

	@Test
	void answerDoesNotWait() throws Exception {
		assertThat(this.agent.ask("blocks")).isEmpty();
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("blocks spoe-background-");
		assertThat(this.agent.ask("inline")).containsExactly("inline=good");
	}

	@Test
	void othersOfTheFrameAnswer() throws Exception {
		this.handlers.go.countDown();
		assertThat(this.agent.ask(SpopTestClient.message("inline"), SpopTestClient.message("blocks"),
				SpopTestClient.message("worker"), SpopTestClient.message("blocks"), SpopTestClient.message("inline")))
			.containsExactly("inline=good", "worker=good", "inline=good");
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("blocks ");
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("blocks ");
	}

	@Test
	void isCalledWhenTheAnswerIsThere() throws Exception {
		// With the worker's answer, which comes later than the message.
		this.agent.ask(SpopTestClient.message("blocks"), SpopTestClient.message("waits"));
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("waits ");
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("blocks ");
	}

	@Test
	void argumentsStayValid() throws Exception {
		this.agent.ask("blocks");
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("blocks ");
		this.agent.ask("arguments", "number", TypedData.of(1L));
		this.agent.ask("arguments", "number", TypedData.of(2L));
		this.handlers.go.countDown();
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).isEqualTo("arguments 1 1 1");
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).isEqualTo("arguments 2 2 1");
	}

	@Test
	void whatIsTooMuchIsDropped() throws Exception {
		this.agent.ask("blocks");
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("blocks ");
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			for (int i = 0; i < 5; i++) {
				assertThat(this.agent.ask("arguments", "number", TypedData.of((long) i))).isEmpty();
			}
			await().untilAsserted(() -> assertThat(log.messages(Level.WARN)).hasSize(3)
				.allMatch(("Message 'arguments' is not handled: method '" + Handlers.class.getName()
						+ ".arguments(int, SpoeMessage, SpoeContext)' was not called: As many messages wait in the "
						+ "background as may")::equals));
		}
		this.handlers.go.countDown();
		await().untilAsserted(() -> assertThat(count("arguments", "SUCCESS", "none")).isEqualTo(2));
		assertThat(count("arguments", "REJECTED", "SpoeOverloadException")).isEqualTo(3);
	}

	@Test
	void failureIsLoggedAndCounted() throws Exception {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(this.agent.ask("fails")).isEmpty();
			await().untilAsserted(() -> assertThat(log.warning().getFormattedMessage())
				.isEqualTo("Message 'fails' is not handled: method '" + Handlers.class.getName() + ".fails()' failed"));
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo("broken");
		}
		await().untilAsserted(() -> assertThat(count("fails", "ERROR", "IllegalStateException")).isOne());
	}

	@Test
	void asynchronousMethodKeepsItsThread() throws Exception {
		this.agent.ask("mono");
		this.agent.ask("arguments", "number", TypedData.of(1L));
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("mono ");
		assertThat(this.handlers.called).isEmpty();
		this.handlers.go.countDown();
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).isEqualTo("arguments 1 1 1");
	}

	@Test
	void ownExecutor() throws Exception {
		this.agent.ask("executor");
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).isEqualTo("executor own");
	}

	@Test
	void waitsForTheRestWhenTheApplicationEnds() throws Exception {
		this.agent.ask("blocks");
		this.agent.ask("arguments", "number", TypedData.of(1L));
		Thread closer = new Thread(this.agent.context()::close);
		closer.start();
		await().until(() -> !this.agent.context().isRunning());
		assertThat(this.handlers.called.poll(10, TimeUnit.SECONDS)).startsWith("blocks ");
		assertThat(this.handlers.called).isEmpty();
		this.handlers.go.countDown();
		closer.join(TimeUnit.SECONDS.toMillis(10));
		assertThat(closer.isAlive()).isFalse();
		assertThat(this.handlers.called).containsExactly("arguments 1 1 1");
	}

	private double count(String message, String outcome, String error) {
		return this.registry.get("spoe.server.messages")
			.tags("message", message, "outcome", outcome, "error", error)
			.functionTimer()
			.count();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
		Executor own() {
			return Executors.newSingleThreadExecutor((task) -> new Thread(task, "own"));
		}

	}

	static class Handlers {

		private final BlockingQueue<String> called = new LinkedBlockingQueue<>();

		private final CountDownLatch go = new CountDownLatch(1);

		@SpoeMessageHandler(value = "blocks", acknowledge = SpoeAcknowledge.BEFORE)
		void blocks() throws InterruptedException {
			this.called.add("blocks " + Thread.currentThread().getName());
			this.go.await();
		}

		@SpoeMessageHandler(value = "arguments", acknowledge = SpoeAcknowledge.BEFORE)
		void arguments(@SpoeArg int number, SpoeMessage message, SpoeContext context) {
			this.called
				.add("arguments " + number + " " + message.getArgument("number").asInt() + " " + context.streamId());
		}

		@SpoeMessageHandler(value = "fails", acknowledge = SpoeAcknowledge.BEFORE)
		void fails() {
			throw new IllegalStateException("broken");
		}

		@SpoeMessageHandler(value = "mono", acknowledge = SpoeAcknowledge.BEFORE)
		Mono<Void> mono() {
			this.called.add("mono " + Thread.currentThread().getName());
			return Mono.fromRunnable(() -> {
				try {
					this.go.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}).subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic()).then();
		}

		@SpoeMessageHandler(value = "executor", acknowledge = SpoeAcknowledge.BEFORE, executor = "own")
		void executor() {
			this.called.add("executor " + Thread.currentThread().getName());
		}

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "inline", "good");
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "worker", "good");
		}

		@SpoeMessageHandler("waits")
		void waits() {
			this.called.add("waits " + Thread.currentThread().getName());
		}

	}

}
