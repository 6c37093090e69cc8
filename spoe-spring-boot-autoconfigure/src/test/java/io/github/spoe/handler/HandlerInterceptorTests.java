/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExceptionHandler;
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
 * Tests for {@link SpoeMessageInterceptor}.
 */
@Timeout(30)
class HandlerInterceptorTests {

	private Agent agent;

	private Interceptors interceptors;

	@BeforeEach
	void start() throws IOException {
		this.agent = Agent.start(List.of("spoe.server.handler.timeout=50ms"), Interceptors.class, Handlers.class);
		this.interceptors = this.agent.context().getBean(Interceptors.class);
	}

	@AfterEach
	void stop() throws IOException {
		this.agent.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker", "mono", "stage" })
	void goRoundTheMethod(String message) throws IOException {
		assertThat(this.agent.ask(message)).containsExactly("before=set", message + "=good");
		await().untilAsserted(() -> assertThat(this.interceptors.calls).containsExactly("first before " + message,
				"second before " + message, "method", "second after " + message, "first after " + message));
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker" })
	void callThemOnTheThreadOfTheMethod(String message) throws IOException {
		this.agent.ask(message);
		await().untilAsserted(() -> assertThat(this.interceptors.threads).hasSize(5));
		assertThat(this.interceptors.threads).allMatch(this.interceptors.threads.peek()::equals);
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker", "mono" })
	void mayAnswer(String message) throws IOException {
		this.interceptors.answering = "second";
		assertThat(this.agent.ask(message)).containsExactly("before=set", "answered=second");
		assertThat(this.interceptors.calls).containsExactly("first before " + message, "second before " + message,
				"first after " + message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker", "mono" })
	void mayFail(String message) throws IOException {
		this.interceptors.failing = "second";
		assertThat(this.agent.ask(message)).containsExactly("failure=second");
		assertThat(this.interceptors.calls).containsExactly("first before " + message, "second before " + message,
				"first after " + message + ": second");
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline-fails", "worker-fails", "mono-fails", "stage-fails" })
	void areToldOfFailures(String message) throws IOException {
		assertThat(this.agent.ask(message)).containsExactly("failure=broken");
		await().untilAsserted(() -> assertThat(this.interceptors.calls).endsWith("second after " + message + ": broken",
				"first after " + message + ": broken"));
	}

	@Test
	void areToldOfTheEndAfterATimeout() throws IOException {
		assertThat(this.agent.ask("blocks")).containsExactly("failure=Not done within 50 ms of the NOTIFY");
		await().untilAsserted(() -> assertThat(this.interceptors.calls).endsWith("second after blocks: interrupted",
				"first after blocks: interrupted"));
	}

	@Test
	void failureAfterTheMethodHasNoEffect() throws IOException {
		this.interceptors.failingAfter = "second";
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(this.agent.ask("inline")).containsExactly("before=set", "inline=good");
			assertThat(log.warning().getFormattedMessage())
				.startsWith("Interceptor " + Interceptors.Named.class.getName())
				.endsWith(" failed after a message");
		}
		assertThat(this.interceptors.calls).endsWith("first after inline");
	}

	@Test
	void mayKeepTheMessage() throws IOException {
		this.agent.ask("inline", "number", TypedData.of(1L));
		this.agent.ask("inline", "number", TypedData.of(2L));
		assertThat(this.interceptors.messages).extracting((message) -> message.getArgument("number").asInt())
			.containsExactly(1, 1, 2, 2);
	}

	@Test
	void areNotCalledForUnknownMessages() throws IOException {
		assertThat(this.agent.ask(SpopTestClient.message("unknown"))).isEmpty();
		assertThat(this.interceptors.calls).isEmpty();
	}

	@Test
	void areNotCalledForWarmup() throws IOException {
		try (Agent agent = Agent.start(List.of("spoe.server.warmup=500ms"), Interceptors.class, Handlers.class)) {
			assertThat(agent.context().getBean(Interceptors.class).calls).isEmpty();
			assertThat(agent.context().getBean(Handlers.class).warm).isPositive();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptors {

		private final Queue<String> calls = new ConcurrentLinkedQueue<>();

		private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

		private final Queue<SpoeMessage> messages = new ConcurrentLinkedQueue<>();

		private volatile String answering = "";

		private volatile String failing = "";

		private volatile String failingAfter = "";

		@Bean
		@Order(2)
		SpoeMessageInterceptor second() {
			return new Named("second");
		}

		@Bean
		@Order(1)
		SpoeMessageInterceptor first() {
			return new Named("first");
		}

		void called(String call) {
			this.calls.add(call);
			this.threads.add(Thread.currentThread());
		}

		final class Named implements SpoeMessageInterceptor {

			private final String name;

			Named(String name) {
				this.name = name;
			}

			@Override
			public boolean before(SpoeMessage message, SpoeContext context, SpoeResponse response) {
				called(this.name + " before " + message.getName());
				Interceptors.this.messages.add(message);
				if (this.name.equals("first")) {
					response.setVar(SpoeScope.TRANSACTION, "before", "set");
				}
				if (this.name.equals(Interceptors.this.failing)) {
					throw new IllegalStateException(this.name);
				}
				if (this.name.equals(Interceptors.this.answering)) {
					response.setVar(SpoeScope.TRANSACTION, "answered", this.name);
					return false;
				}
				return true;
			}

			@Override
			public void after(SpoeMessage message, SpoeContext context, @Nullable Throwable failure) {
				if (this.name.equals(Interceptors.this.failingAfter)) {
					throw new IllegalStateException(this.name);
				}
				called(this.name + " after " + message.getName()
						+ ((failure != null) ? ": " + failure.getMessage() : ""));
			}

		}

	}

	static class Handlers {

		private final Interceptors interceptors;

		private volatile int warm;

		Handlers(Interceptors interceptors) {
			this.interceptors = interceptors;
		}

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline(SpoeResponse response) {
			good("inline", response);
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			good("worker", response);
		}

		@SpoeMessageHandler("mono")
		Mono<Void> mono(SpoeResponse response) {
			return Mono.fromRunnable(() -> good("mono", response));
		}

		@SpoeMessageHandler("stage")
		CompletableFuture<Void> stage(SpoeResponse response) {
			return CompletableFuture.runAsync(() -> good("stage", response));
		}

		@SpoeMessageHandler(value = "inline-fails", execution = SpoeExecution.EVENT_LOOP)
		void inlineFails() {
			throw new IllegalStateException("broken");
		}

		@SpoeMessageHandler("worker-fails")
		void workerFails() {
			throw new IllegalStateException("broken");
		}

		@SpoeMessageHandler("mono-fails")
		Mono<Void> monoFails() {
			return Mono.error(new IllegalStateException("broken"));
		}

		@SpoeMessageHandler("stage-fails")
		CompletableFuture<Void> stageFails() {
			return CompletableFuture.runAsync(this::workerFails);
		}

		@SpoeMessageHandler("blocks")
		void blocks() {
			try {
				new CompletableFuture<Void>().get();
			}
			catch (Exception ex) {
				throw new IllegalStateException("interrupted", ex);
			}
		}

		@SpoeMessageHandler(value = "warm", execution = SpoeExecution.EVENT_LOOP, warmup = true)
		void warm() {
			this.warm++;
		}

		@SpoeExceptionHandler
		void failed(Exception failure, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "failure", failure.getMessage());
		}

		private void good(String message, SpoeResponse response) {
			this.interceptors.called("method");
			response.setVar(SpoeScope.TRANSACTION, message, "good");
		}

	}

}
