/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the handler of messages that have no other.
 */
@Timeout(30)
class DefaultHandlerTests {

	@Test
	void handlesWhatHasNoOtherHandler() throws IOException {
		try (Agent agent = Agent.start(Default.class, Known.class); LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(SpopTestClient.message("one"), SpopTestClient.message("known"),
					SpopTestClient.message("two"), SpopTestClient.message("*")))
				.containsExactly("default=one", "known=known", "default=two", "default=*");
			assertThat(log.events(Level.WARN)).isEmpty();
		}
	}

	@Test
	void amongManyHandlers() throws IOException {
		try (Agent agent = Agent.start(Default.class, Known.class, Many.class)) {
			assertThat(agent.ask(SpopTestClient.message("one"), SpopTestClient.message("known"),
					SpopTestClient.message("m9")))
				.containsExactly("default=one", "known=known");
		}
	}

	@Test
	void isMeasuredAsOne() throws IOException {
		try (Agent agent = Agent.start(List.of(), Default.class, Meters.class)) {
			agent.ask(SpopTestClient.message("one"), SpopTestClient.message("two"));
			MeterRegistry registry = agent.context().getBean(MeterRegistry.class);
			await().untilAsserted(() -> assertThat(registry.get("spoe.server.messages")
				.tags("message", "*", "outcome", "SUCCESS")
				.functionTimer()
				.count()).isEqualTo(2));
		}
	}

	static class Default {

		@SpoeMessageHandler("*")
		void handle(SpoeMessage message, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "default", message.getName());
		}

	}

	static class Known {

		@SpoeMessageHandler(value = "known", execution = SpoeExecution.EVENT_LOOP)
		void handle(SpoeMessage message, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "known", message.getName());
		}

	}

	static class Many {

		@SpoeMessageHandler({ "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9" })
		void handle() {
		}

	}

}
