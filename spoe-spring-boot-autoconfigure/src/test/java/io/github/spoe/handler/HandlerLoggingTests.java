/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is logged of messages.
 */
class HandlerLoggingTests {

	private Agent agent;

	@BeforeEach
	void start() throws IOException {
		this.agent = Agent.start(Handlers.class);
	}

	@AfterEach
	void stop() throws IOException {
		this.agent.close();
	}

	@Test
	void unknownMessageIsAcknowledgedAndLoggedOnce() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(this.agent.ask("nobody")).isEmpty();
			assertThat(this.agent.ask(SpopTestClient.message("nobody"), SpopTestClient.message("worker")))
				.containsExactly("score=1", "unset hint");
			assertThat(log.messages(Level.WARN))
				.containsExactly("Message 'nobody' has no handler and is acknowledged without variables");
		}
	}

	@Test
	void numberOfUnknownMessagesIsBounded() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			List<String> expected = new ArrayList<>();
			for (int i = 1; i <= 120; i++) {
				this.agent.ask("nobody-" + i);
				if (i <= 100) {
					expected.add("Message 'nobody-" + i + "' has no handler and is acknowledged without variables"
							+ ((i < 100) ? "" : "; further names will not be logged"));
				}
			}
			assertThat(log.messages(Level.WARN)).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop", "stage" })
	void messageIsOneDebugLineWithNamesOnly(String message) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			this.agent.ask(message, "user", TypedData.of("s3cret"), "", TypedData.of(true), "age", TypedData.NULL);
			assertThat(log.messages(Level.DEBUG)).containsExactly("Message '" + message
					+ "' with arguments [user, , age] answered with variables [sess.score, txn.hint]");
		}
	}

	@Test
	void messageThatAlwaysFailsFillsNoLogAndHidesNoOther() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			for (int i = 0; i < 50; i++) {
				assertThat(this.agent.ask("failing")).isEmpty();
			}
			assertThat(this.agent.ask("other-failing")).isEmpty();
			assertThat(log.messages(Level.WARN)).hasSize(6)
				.endsWith("Message 'other-failing' is acknowledged without variables: method '"
						+ Handlers.class.getName() + ".failing()' failed");
		}
	}

	@Test
	void nothingButWarningsWithoutDebug() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			this.agent.ask("worker");
			assertThat(log.everything()).isEmpty();
		}
	}

	static class Handlers {

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			response.setVar(SpoeScope.SESSION, "score", 1);
			response.unsetVar(SpoeScope.TRANSACTION, "hint");
		}

		@SpoeMessageHandler(value = "event-loop", execution = SpoeExecution.EVENT_LOOP)
		void eventLoop(SpoeResponse response) {
			worker(response);
		}

		@SpoeMessageHandler({ "failing", "other-failing" })
		void failing() {
			throw new IllegalStateException("on purpose");
		}

		@SpoeMessageHandler("stage")
		CompletableFuture<Void> stage(SpoeResponse response) {
			return CompletableFuture.runAsync(() -> worker(response));
		}

	}

}
