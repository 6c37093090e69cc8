/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handler methods that name the executor they run on.
 */
@Timeout(30)
class NamedExecutorTests {

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(List.of("executor.name=other"), Pools.class, Handlers.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "void", "worker", "mono" })
	void runsThere(String message) throws IOException {
		assertThat(agent.ask(message)).containsExactly("thread=database");
	}

	@Test
	void nameMayBeAPlaceholder() throws IOException {
		assertThat(agent.ask("placeholder")).containsExactly("thread=other");
	}

	@Test
	void mayBeTheThreadThatHandsOver() throws IOException {
		assertThat(agent.ask("direct")).singleElement().asString().startsWith("thread=spoe-").doesNotContain("worker");
	}

	@Test
	void messagesOfOneFrameGoFromOneToTheOther() throws IOException {
		List<String> variables = agent.ask(SpopTestClient.message("void"), SpopTestClient.message("placeholder"),
				SpopTestClient.message("default"), SpopTestClient.message("void"), SpopTestClient.message("mono"));
		assertThat(variables.get(2)).startsWith("thread=spoe-worker-");
		assertThat(variables).containsExactly("thread=database", "thread=other", variables.get(2), "thread=database",
				"thread=database");
	}

	@Configuration(proxyBeanMethods = false)
	static class Pools {

		@Bean(destroyMethod = "shutdownNow")
		ExecutorService database() {
			return Executors.newSingleThreadExecutor((task) -> new Thread(task, "database"));
		}

		@Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
		ExecutorService other() {
			return Executors.newSingleThreadExecutor((task) -> new Thread(task, "other"));
		}

		@Bean(defaultCandidate = false)
		Executor direct() {
			return Runnable::run;
		}

	}

	static class Handlers {

		@SpoeMessageHandler(value = "void", executor = "database")
		void handle(SpoeResponse response) {
			thread(response);
		}

		@SpoeMessageHandler(value = "worker", executor = "database", execution = SpoeExecution.WORKER)
		void worker(SpoeResponse response) {
			thread(response);
		}

		@SpoeMessageHandler(value = "mono", executor = "database")
		Mono<Void> mono(SpoeResponse response) {
			thread(response);
			return Mono.empty();
		}

		@SpoeMessageHandler(value = "placeholder", executor = "${executor.name}")
		void placeholder(SpoeResponse response) {
			thread(response);
		}

		@SpoeMessageHandler(value = "direct", executor = "direct")
		void direct(SpoeResponse response) {
			thread(response);
		}

		@SpoeMessageHandler("default")
		void byDefault(SpoeResponse response) {
			thread(response);
		}

		private static void thread(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "thread", Thread.currentThread().getName());
		}

	}

}
