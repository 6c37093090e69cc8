/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for messages that come while as many are in flight as may be.
 */
@Timeout(20)
class HandlerOverloadTests {

	private static final int MAX_IN_FLIGHT = 3;

	private Agent agent;

	private Handlers handlers;

	@BeforeEach
	void start() throws Exception {
		this.agent = Agent.start(List.of("spoe.server.max-in-flight=" + MAX_IN_FLIGHT), Handlers.class);
		this.handlers = this.agent.context().getBean(Handlers.class);
	}

	@AfterEach
	void stop() throws IOException {
		this.handlers.waiting.forEach((waiting) -> waiting.complete(null));
		this.agent.close();
	}

	@Test
	void othersAreAnsweredWithoutTheirHandlers() throws Exception {
		try (SpopTestClient other = fill(); LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(this.agent.ask("worker")).isEmpty();
			assertThat(this.agent.ask("later")).isEmpty();
			assertThat(log.messages(Level.WARN)).containsExactly(text("worker"), text("later"));
			assertThat(log.events(Level.WARN)).allSatisfy((event) -> assertThat(event.getThrowableProxy()).isNull());
			assertThat(this.handlers.waiting).hasSize(MAX_IN_FLIGHT);
			this.handlers.waiting.take().complete(null);
			assertThat(Agent.variables(other.readAck())).containsExactly("later=good");
			assertThat(this.agent.ask("worker")).containsExactly("worker=good");
		}
	}

	@Test
	void handlersOnTheEventLoopGoOn() throws Exception {
		try (SpopTestClient other = fill()) {
			assertThat(this.agent.ask("inline")).containsExactly("inline=good");
			assertThat(this.agent.ask(SpopTestClient.message("inline"), SpopTestClient.message("worker"),
					SpopTestClient.message("inline")))
				.containsExactly("inline=good", "inline=good");
			assertThat(other.getSocket().getInputStream().available()).isZero();
		}
	}

	@Test
	void warningsAreFew() throws Exception {
		try (SpopTestClient other = fill(); LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			for (int i = 0; i < 100; i++) {
				assertThat(this.agent.ask("worker")).isEmpty();
			}
			assertThat(log.events(Level.WARN)).hasSize(5);
			this.handlers.waiting.take().complete(null);
			assertThat(Agent.variables(other.readAck())).containsExactly("later=good");
		}
	}

	private static String text(String message) {
		return "Message '" + message + "' is acknowledged without variables: method '" + Handlers.class.getName() + "."
				+ message + "(SpoeResponse)' was not called: Too many messages are in flight";
	}

	// Let as many wait, on a connection of their own, as may be in flight.
	private SpopTestClient fill() throws Exception {
		SpopTestClient client = this.agent.connect();
		for (int stream = 1; stream <= MAX_IN_FLIGHT; stream++) {
			client.send(new Notify(stream, 1, List.of(SpopTestClient.message("later")))::write);
		}
		await().until(() -> this.handlers.waiting.size() == MAX_IN_FLIGHT);
		return client;
	}

	static class Handlers {

		private final BlockingQueue<CompletableFuture<Void>> waiting = new LinkedBlockingQueue<>();

		@SpoeMessageHandler("later")
		CompletableFuture<Void> later(SpoeResponse response) {
			CompletableFuture<Void> done = new CompletableFuture<>();
			CompletableFuture<Void> result = done
				.thenRun(() -> response.setVar(SpoeScope.TRANSACTION, "later", "good"));
			this.waiting.add(done);
			return result;
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "worker", "good");
		}

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "inline", "good");
		}

	}

}
