/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what becomes of a message whose handler fails.
 */
@Timeout(30)
class HandlerFailureTests {

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(Failing.class, Good.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@ParameterizedTest
	@MethodSource
	void dropsItsVariablesOnly(String message, String exception, String text) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(between(message))).containsExactly("first=good", "last=good");
			assertThat(log.warning().getFormattedMessage())
				.startsWith("Message '" + message + "' is acknowledged without variables: method '"
						+ Failing.class.getName() + ".")
				.endsWith("' failed");
			assertThat(log.warning().getThrowableProxy().getClassName()).isEqualTo(exception);
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo(text);
		}
	}

	static Stream<Arguments> dropsItsVariablesOnly() {
		String thrown = IllegalStateException.class.getName();
		String overflow = StackOverflowError.class.getName();
		return Stream.of(Arguments.of("void", thrown, "thrown"), Arguments.of("void-event-loop", thrown, "thrown"),
				Arguments.of("checked", IOException.class.getName(), "checked"),
				Arguments.of("overflow", overflow, null), Arguments.of("overflow-event-loop", overflow, null),
				Arguments.of("mono-thrown", thrown, "thrown"), Arguments.of("mono-error", thrown, "error"),
				Arguments.of("mono-error-later", thrown, "error later"),
				Arguments.of("mono-null", thrown, "The method returned null instead of a Mono"),
				Arguments.of("stage-thrown", thrown, "thrown"), Arguments.of("stage-failed", thrown, "failed"),
				Arguments.of("stage-failed-later", thrown, "failed later"),
				Arguments.of("stage-cause-unknown", CompletionException.class.getName(), "no cause"),
				Arguments.of("stage-null", thrown, "The method returned null instead of a CompletionStage"));
	}

	@Test
	void absentArgument() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(between("argument"))).containsExactly("first=good", "last=good");
			assertThat(log.warning().getFormattedMessage())
				.isEqualTo("Message 'argument' is acknowledged without variables: method '" + Failing.class.getName()
						+ ".argument(int, SpoeResponse)' failed: Argument 'number' of message 'argument' is absent "
						+ "(expected: int)");
		}
	}

	@Test
	void emptyMonoIsNoFailure() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("mono-empty")).containsExactly("kept=good");
			assertThat(log.events(Level.WARN)).isEmpty();
		}
	}

	@Test
	void monoIsSubscribedOnce() throws IOException {
		AtomicInteger subscriptions = agent.context().getBean(Good.class).subscriptions;
		assertThat(agent.ask("mono-counted")).isEmpty();
		assertThat(subscriptions).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unprintable-worker", "unprintable-event-loop", "unprintable-later" })
	void exceptionThatCannotBePrinted(String message) throws IOException {
		assertThat(agent.ask(between(message))).containsExactly("first=good", "last=good");
	}

	@Test
	void noThreadForAWorker() throws IOException {
		try (Agent exhausted = Agent.start(Good.class, NoThreads.class)) {
			assertThat(exhausted.ask(between("worker"))).containsExactly("first=good", "last=good");
		}
	}

	@Test
	void noFreeWorker() throws IOException {
		try (Agent busy = Agent.start(Good.class, BusyWorkers.class); LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(busy.ask(between("worker"))).containsExactly("first=good", "last=good");
			assertThat(busy.ask("worker")).isEmpty();
			assertThat(log.events(Level.WARN)).hasSize(2).allSatisfy((warning) -> {
				assertThat(warning.getFormattedMessage())
					.isEqualTo("Message 'worker' is acknowledged without variables: method '" + Good.class.getName()
							+ ".worker(SpoeResponse)' was not called: All workers are busy");
				assertThat(warning.getThrowableProxy()).isNull();
			});
		}
	}

	@Test
	void variableThatCannotBeSet() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(between("bad-variable"))).containsExactly("first=good", "last=good");
			assertThat(log.warning().getThrowableProxy().getMessage())
				.startsWith("Variable name 'not-allowed' has a character at index 3");
		}
	}

	private static Notify.Message[] between(String message) {
		return new Notify.Message[] { SpopTestClient.message("first"), SpopTestClient.message(message),
				SpopTestClient.message("last") };
	}

	private static void lose(SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "lost", true);
	}

	static class Failing {

		@SpoeMessageHandler("void")
		void thrown(SpoeResponse response) {
			lose(response);
			throw new IllegalStateException("thrown");
		}

		@SpoeMessageHandler(value = "void-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void thrownOnEventLoop(SpoeResponse response) {
			thrown(response);
		}

		@SpoeMessageHandler("checked")
		void checked(SpoeResponse response) throws IOException {
			lose(response);
			throw new IOException("checked");
		}

		@SpoeMessageHandler("overflow")
		void overflow(SpoeResponse response) {
			lose(response);
			overflow(response, 1);
		}

		@SpoeMessageHandler(value = "overflow-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void overflowOnEventLoop(SpoeResponse response) {
			overflow(response);
		}

		private int overflow(SpoeResponse response, int depth) {
			return overflow(response, depth + 1) + depth;
		}

		@SpoeMessageHandler("mono-thrown")
		Mono<Void> monoThrown(SpoeResponse response) {
			lose(response);
			throw new IllegalStateException("thrown");
		}

		@SpoeMessageHandler("mono-error")
		Mono<Void> monoError(SpoeResponse response) {
			lose(response);
			return Mono.error(new IllegalStateException("error"));
		}

		@SpoeMessageHandler("mono-error-later")
		Mono<Void> monoErrorLater(SpoeResponse response) {
			return Mono.fromFuture(() -> stageFailedLater(response))
				.onErrorMap((ex) -> new IllegalStateException("error later"));
		}

		@SpoeMessageHandler("mono-null")
		Mono<Void> monoNull(SpoeResponse response) {
			lose(response);
			return null;
		}

		@SpoeMessageHandler("stage-thrown")
		CompletionStage<Void> stageThrown(SpoeResponse response) {
			lose(response);
			throw new IllegalStateException("thrown");
		}

		@SpoeMessageHandler("stage-failed")
		CompletionStage<Void> stageFailed(SpoeResponse response) {
			lose(response);
			return CompletableFuture.failedStage(new IllegalStateException("failed"));
		}

		@SpoeMessageHandler("stage-failed-later")
		CompletableFuture<Void> stageFailedLater(SpoeResponse response) {
			return CompletableFuture.runAsync(() -> {
				lose(response);
				throw new IllegalStateException("failed later");
			}, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
		}

		@SpoeMessageHandler("stage-cause-unknown")
		CompletionStage<Void> stageFailedWithoutCause(SpoeResponse response) {
			lose(response);
			return CompletableFuture.failedStage(new CompletionException("no cause", null));
		}

		@SpoeMessageHandler("stage-null")
		CompletionStage<Void> stageNull(SpoeResponse response) {
			lose(response);
			return null;
		}

		@SpoeMessageHandler("unprintable-worker")
		void unprintableOnWorker() {
			throw new Unprintable();
		}

		@SpoeMessageHandler(value = "unprintable-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void unprintableOnEventLoop() {
			throw new Unprintable();
		}

		@SpoeMessageHandler("unprintable-later")
		CompletionStage<Void> unprintableLater() {
			CompletableFuture<Void> result = new CompletableFuture<>();
			CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
				.execute(() -> result.completeExceptionally(new Unprintable()));
			return result;
		}

		@SpoeMessageHandler("argument")
		void argument(@SpoeArg int number, SpoeResponse response) {
			lose(response);
		}

		@SpoeMessageHandler("bad-variable")
		void badVariable(SpoeResponse response) {
			lose(response);
			response.setVar(SpoeScope.TRANSACTION, "not-allowed", true);
		}

	}

	static class Good {

		private final AtomicInteger subscriptions = new AtomicInteger();

		@SpoeMessageHandler(value = "first", execution = SpoeExecution.EVENT_LOOP)
		void first(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "first", "good");
		}

		@SpoeMessageHandler(value = "last", execution = SpoeExecution.EVENT_LOOP)
		void last(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "last", "good");
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "worker", "good");
		}

		@SpoeMessageHandler("mono-empty")
		Mono<Void> monoEmpty(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "kept", "good");
			return Mono.empty();
		}

		@SpoeMessageHandler("mono-counted")
		Mono<Void> monoCounted() {
			return Mono.<Void>empty().doOnSubscribe((subscription) -> this.subscriptions.incrementAndGet());
		}

	}

	@SuppressWarnings("serial")
	static class Unprintable extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("no message");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoThreads {

		@Bean
		Executor spoeWorkerExecutor() {
			return (task) -> {
				throw new OutOfMemoryError("unable to create native thread");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BusyWorkers {

		@Bean
		Executor spoeWorkerExecutor() {
			return (task) -> {
				throw new RejectedExecutionException("all are busy");
			};
		}

	}

}
