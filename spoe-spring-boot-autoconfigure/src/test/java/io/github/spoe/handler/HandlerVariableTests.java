/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for variables that handlers must not set, wherever they run.
 */
@Timeout(30)
class HandlerVariableTests {

	private Agent agent;

	@BeforeEach
	void start() throws IOException {
		this.agent = Agent.start(List.of("spoe.server.var-prefix-length=5"), Handlers.class);
	}

	@AfterEach
	void stop() throws IOException {
		this.agent.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop", "stage" })
	void nameWithAnotherCharacterIsRefused(String message) throws IOException {
		assertThatFails(message, "a-b", "java.lang.IllegalArgumentException", "Variable name 'a-b' has a character at "
				+ "index 1 that HAProxy does not accept (expected: A-Z, a-z, 0-9, '_' and '.')");
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop", "stage" })
	void nameThatIsTooLongWithItsPrefixIsRefused(String message) throws IOException {
		String longest = "n".repeat(63 - "txn.12345.".length());
		assertThat(this.agent.ask(ask(message, longest))).containsExactly("kept=true", longest + "=true");
		String name = longest + "n";
		assertThatFails(message, name, "java.lang.IllegalArgumentException",
				"Variable name '" + name + "' has 54 characters (expected: 1 to 53 in scope TRANSACTION, as "
						+ "'spoe.server.var-prefix-length' is 5)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop", "stage" })
	void nullValueIsRefused(String message) throws IOException {
		assertThatFails(message, "null", "java.lang.NullPointerException",
				"Value of variable 'null' is null; use unsetVar to unset it");
	}

	private void assertThatFails(String message, String name, String exception, String text) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			assertThat(this.agent.ask(ask("kept", "before"), ask(message, name), ask("kept", "after")))
				.containsExactly("before=true", "after=true");
			assertThat(log.warning().getThrowableProxy().getClassName()).isEqualTo(exception);
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo(text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop", "stage" })
	void variableAfterTheAckIsRefused(String message) throws IOException {
		assertThat(this.agent.ask(ask(message, "v"))).containsExactly("kept=true", "v=true");
		SpoeResponse late = this.agent.context().getBean(Handlers.class).last;
		assertThatIllegalStateException().isThrownBy(() -> late.setVar(SpoeScope.TRANSACTION, "v", true))
			.withMessage("Variable 'v' comes too late: the ACK is already sent");
		assertThatIllegalStateException().isThrownBy(() -> late.unsetVar(SpoeScope.TRANSACTION, "v"))
			.withMessage("Variable 'v' comes too late: the ACK is already sent");
		assertThat(this.agent.ask(ask("kept", "next"))).containsExactly("next=true");
	}

	@Test
	void variableOfAMessageBeforeTheCurrentOneIsRefused() throws IOException {
		assertThat(this.agent.ask(ask("event-loop", "v"), ask("hold", "refused"))).containsExactly("kept=true",
				"v=true", "refused=true");
	}

	private static Notify.Message ask(String message, String name) {
		return SpopTestClient.message(message, "name", TypedData.of(name));
	}

	static class Handlers {

		private volatile SpoeResponse last;

		@SpoeMessageHandler(value = "kept", execution = SpoeExecution.EVENT_LOOP)
		void kept(@SpoeArg("name") String name, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, name, true);
		}

		@SpoeMessageHandler("worker")
		void worker(@SpoeArg("name") String name, SpoeResponse response) {
			this.last = response;
			response.setVar(SpoeScope.TRANSACTION, "kept", true);
			if (name.equals("null")) {
				response.setVar(SpoeScope.TRANSACTION, name, (String) null);
			}
			response.setVar(SpoeScope.TRANSACTION, name, true);
		}

		@SpoeMessageHandler("hold")
		void hold(@SpoeArg("name") String name, SpoeResponse response) {
			assertThatIllegalStateException().isThrownBy(() -> this.last.setVar(SpoeScope.TRANSACTION, "late", true));
			response.setVar(SpoeScope.TRANSACTION, name, true);
		}

		@SpoeMessageHandler(value = "event-loop", execution = SpoeExecution.EVENT_LOOP)
		void eventLoop(@SpoeArg("name") String name, SpoeResponse response) {
			worker(name, response);
		}

		@SpoeMessageHandler("stage")
		CompletionStage<Void> stage(@SpoeArg("name") String name, SpoeResponse response) {
			return CompletableFuture.runAsync(() -> worker(name, response));
		}

	}

}
