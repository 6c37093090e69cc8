/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeDeadline;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOutcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExchangeRunner} and {@link Turn}: an exchange is completed once,
 * whatever futures do.
 */
class ExchangeRunnerTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Handlers.class);

	private final HandlerMethodDispatcher dispatcher = HandlerMethodDispatcher
		.builder(this.context.getBeanFactory(), Runnable::run)
		.build();

	@AfterEach
	void close() {
		this.context.close();
		// Of the handler that its deadline has interrupted.
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void futureCannotBeCancelledAfterTheDeadline() {
		Exchange exchange = new Exchange("plain", "uncancellable", "plain");
		this.context.getBean(Handlers.class).exchange = exchange;
		this.dispatcher.dispatch(exchange);
		assertThat(exchange.outcomes).containsExactly(SpoeOutcome.SUCCESS, SpoeOutcome.TIMEOUT, SpoeOutcome.SUCCESS);
		assertThat(exchange.completions).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "broken-is-done", "broken-when-complete" })
	void futureIsBroken(String message) {
		Exchange exchange = new Exchange(message, "plain");
		this.dispatcher.dispatch(exchange);
		assertThat(exchange.outcomes).containsExactly(SpoeOutcome.ERROR, SpoeOutcome.SUCCESS);
		assertThat(exchange.completions).isEqualTo(1);
	}

	static class Handlers {

		private Exchange exchange;

		@SpoeMessageHandler("plain")
		void plain() {
		}

		@SpoeMessageHandler(value = "uncancellable", execution = SpoeExecution.WORKER)
		CompletableFuture<Void> uncancellable() {
			this.exchange.deadline.passed();
			return new CompletableFuture<>() {

				@Override
				public boolean cancel(boolean mayInterruptIfRunning) {
					throw new IllegalStateException("cancel");
				}

			};
		}

		@SpoeMessageHandler(value = "broken-is-done", execution = SpoeExecution.WORKER, timeout = "0")
		CompletableFuture<Void> brokenIsDone() {
			return new CompletableFuture<>() {

				@Override
				public boolean isDone() {
					throw new IllegalStateException("isDone");
				}

			};
		}

		@SpoeMessageHandler(value = "broken-when-complete", execution = SpoeExecution.WORKER, timeout = "0")
		CompletableFuture<Void> brokenWhenComplete() {
			return new CompletableFuture<>() {

				@Override
				public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
					throw new IllegalStateException("whenComplete");
				}

			};
		}

	}

	/**
	 * Counts what it is told. Its event loop and its workers are the calling thread.
	 */
	private static final class Exchange implements SpoeExchange {

		private final List<String> messages;

		private final List<SpoeOutcome> outcomes = new ArrayList<>();

		private SpoeDeadline deadline;

		private int current = -1;

		private int completions;

		Exchange(String... messages) {
			this.messages = Arrays.asList(messages);
		}

		@Override
		public boolean next() {
			return ++this.current < this.messages.size();
		}

		@Override
		public String getMessageName() {
			return this.messages.get(this.current).intern();
		}

		@Override
		public SpoeMessage getMessage() {
			return null;
		}

		@Override
		public SpoeMessage retainMessage() {
			return null;
		}

		@Override
		public SpoeResponse getResponse() {
			return null;
		}

		@Override
		public SpoeContext getContext() {
			return null;
		}

		@Override
		public void rollback() {
		}

		@Override
		public SpoeExchange detach() {
			return this;
		}

		@Override
		public boolean setDeadline(SpoeDeadline deadline) {
			this.deadline = deadline;
			return true;
		}

		@Override
		public void afterAck(Runnable task) {
		}

		@Override
		public Executor getEventLoop() {
			return Runnable::run;
		}

		@Override
		public void started() {
		}

		@Override
		public void finished(SpoeOutcome outcome, DurationRecorder recorder) {
			this.outcomes.add(outcome);
		}

		@Override
		public void complete() {
			this.completions++;
		}

	}

}
