/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;

import ch.qos.logback.classic.Level;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.validation.annotation.Validated;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgs;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers whose arguments are {@link Validated @Validated}.
 */
class ValidatedHandlerTests {

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(ValidationAutoConfiguration.class, Handlers.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@Test
	void validArgumentsPass() throws IOException {
		assertThat(agent.ask("argument", "port", TypedData.of(1))).containsExactly("port=1");
		assertThat(agent.ask("record", "name", TypedData.of("a"), "port", TypedData.of(2))).containsExactly("port=2");
	}

	@Test
	void violationOfAnArgumentIsTheFailure() throws IOException {
		assertViolation("argument", "argument.port: must be greater than or equal to 1", "port", TypedData.of(0));
	}

	@Test
	void violationOfAComponentIsTheFailure() throws IOException {
		assertViolation("record", "record.client.name: must not be blank", "name", TypedData.of(" "), "port",
				TypedData.of(2));
	}

	private static void assertViolation(String message, String text, Object... arguments) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(message, arguments)).isEmpty();
			assertThat(log.warning().getThrowableProxy().getClassName())
				.isEqualTo(ConstraintViolationException.class.getName());
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo(text);
		}
	}

	@Validated
	static class Handlers {

		@SpoeMessageHandler("argument")
		void argument(@SpoeArg @Min(1) int port, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "port", port);
		}

		@SpoeMessageHandler("record")
		void record(@SpoeArgs @Valid Client client, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "port", client.port());
		}

	}

	record Client(@NotBlank String name, @Min(1) int port) {

	}

}
