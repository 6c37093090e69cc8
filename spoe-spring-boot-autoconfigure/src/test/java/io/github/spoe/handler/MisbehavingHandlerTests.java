/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.SpoeTimeoutException;
import io.github.spoe.client.SpopTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for code of an application that does what nobody expects: the messages before and
 * after it are answered.
 */
@Timeout(30)
class MisbehavingHandlerTests {

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(Handlers.class, Advice.class, Beans.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			throws-on-subscribe, by=IllegalStateException
			throws-on-cancel, by=SpoeTimeoutException
			stage-without-future, by=UnsupportedOperationException
			stage-null-future, by=NullPointerException
			causes-in-a-circle, by=Circle
			cause-throws, by=CauseThrows
			prototype, by=prototype
			scoped, by=scoped 1
			""")
	void isAnswered(String message, String variable) throws IOException {
		assertThat(askBetween(message)).containsExactly("before=good", variable, "after=good");
	}

	@ParameterizedTest
	@CsvSource({ "handler-throws-error", "handler-throws-error-inline", "error" })
	void isNotAnswered(String message) throws IOException {
		assertThat(askBetween(message)).containsExactly("before=good", "after=good");
	}

	@Test
	void prototypeIsMadeForEachFailure() throws IOException {
		int before = Beans.Prototype.count.get();
		agent.ask("prototype");
		assertThat(Beans.Prototype.count.get() - before).isEqualTo(2);
	}

	private static Iterable<String> askBetween(String message) throws IOException {
		return agent.ask(SpopTestClient.message("before"), SpopTestClient.message(message),
				SpopTestClient.message("after"));
	}

	static class Handlers {

		@SpoeMessageHandler(value = "before", execution = SpoeExecution.EVENT_LOOP)
		void before(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "before", "good");
		}

		@SpoeMessageHandler("after")
		void after(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "after", "good");
		}

		@SpoeMessageHandler("throws-on-subscribe")
		Mono<Void> throwsOnSubscribe() {
			return Mono.from((subscriber) -> {
				throw new IllegalStateException("on purpose");
			});
		}

		@SpoeMessageHandler(value = "throws-on-cancel", timeout = "50ms")
		Mono<Void> throwsOnCancel() {
			return Mono.<Void>never().doOnCancel(() -> {
				throw new IllegalStateException("on purpose");
			});
		}

		@SpoeMessageHandler("stage-without-future")
		CompletionStage<Void> stageWithoutFuture() {
			return new CompletableFuture<>() {

				@Override
				public CompletableFuture<Void> toCompletableFuture() {
					throw new UnsupportedOperationException();
				}

			};
		}

		@SpoeMessageHandler("stage-null-future")
		CompletionStage<Void> stageNullFuture() {
			return new CompletableFuture<>() {

				@Override
				public CompletableFuture<Void> toCompletableFuture() {
					return null;
				}

			};
		}

		@SpoeMessageHandler("causes-in-a-circle")
		void causesInACircle() {
			throw new Circle();
		}

		@SpoeMessageHandler("cause-throws")
		void causeThrows() {
			throw new CauseThrows();
		}

		@SpoeMessageHandler("handler-throws-error")
		void handlerThrowsError() {
			throw new ArithmeticException();
		}

		@SpoeMessageHandler(value = "handler-throws-error-inline", execution = SpoeExecution.EVENT_LOOP)
		void handlerThrowsErrorInline() {
			throw new ArithmeticException();
		}

		@SpoeMessageHandler("error")
		void error() {
			throw new NoClassDefFoundError("absent");
		}

	}

	@Lazy
	@SpoeAdvice
	static class Advice {

		@SpoeExceptionHandler({ IllegalStateException.class, UnsupportedOperationException.class,
				NullPointerException.class, SpoeTimeoutException.class, CauseThrows.class })
		void on(RuntimeException ex, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "by", ex.getClass().getSimpleName());
		}

		@SpoeExceptionHandler
		void on(Circle ex, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "by", ex.getClass().getSimpleName());
		}

		@SpoeExceptionHandler
		void on(ArithmeticException ex, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "by", "lost");
			throw new StackOverflowError();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		Prototype prototype() {
			return new Prototype();
		}

		@Bean
		@Scope(scopeName = ConfigurableBeanFactory.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
		Scoped scoped() {
			return new Scoped();
		}

		static class Prototype {

			private static final AtomicInteger count = new AtomicInteger();

			Prototype() {
				count.incrementAndGet();
			}

			@SpoeMessageHandler("prototype")
			void handle() {
				throw new IllegalStateException("on purpose");
			}

			@SpoeExceptionHandler
			void on(IllegalStateException ex, SpoeResponse response) {
				response.setVar(SpoeScope.TRANSACTION, "by", "prototype");
			}

		}

		static class Scoped {

			private int calls;

			@SpoeMessageHandler("scoped")
			void handle() {
				this.calls++;
				throw new IllegalStateException("on purpose");
			}

			@SpoeExceptionHandler
			void on(IllegalStateException ex, SpoeResponse response) {
				this.calls++;
				response.setVar(SpoeScope.TRANSACTION, "by", "scoped " + this.calls);
			}

		}

	}

	@SuppressWarnings("serial")
	static class Circle extends RuntimeException {

		@Override
		public synchronized Throwable getCause() {
			return new RuntimeException(this);
		}

	}

	@SuppressWarnings("serial")
	static class CauseThrows extends RuntimeException {

		@Override
		public synchronized Throwable getCause() {
			throw new IllegalStateException("on purpose");
		}

	}

}
