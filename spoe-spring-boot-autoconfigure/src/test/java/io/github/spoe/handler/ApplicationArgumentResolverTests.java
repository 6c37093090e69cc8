/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoeHandlerMethodArgumentResolver} beans.
 */
class ApplicationArgumentResolverTests {

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(List.of("spoe.server.handler.execution=event_loop"), GreedyResolver.class,
				TenantResolver.class, Handlers.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@Test
	void firstInOrderResolves() throws IOException {
		assertThat(agent.ask("tenant", "host", TypedData.of("a.example.com"))).containsExactly("value=a");
		assertThat(agent.ask("greedy")).containsExactly("value=greedy");
	}

	@Test
	void annotationsAndTypesOfTheLibraryAreNotAskedFor() throws IOException {
		assertThat(agent.ask("library", "text", TypedData.of("b"))).containsExactly("value=b library");
		assertThat(agent.context().getBean(GreedyResolver.class).parameters).hasValue(3);
	}

	@Test
	void resolverGetsWhereTheMessageComesFrom() throws IOException {
		assertThat(agent.ask("tenant", "host", TypedData.of("context"))).containsExactly("value=engine");
	}

	@Test
	void messageMayBeHeldOnTo() throws IOException {
		agent.ask("tenant", "host", TypedData.of("first.example.com"));
		SpoeMessage first = agent.context().getBean(TenantResolver.class).last;
		agent.ask("tenant", "host", TypedData.of("other.example.com"));
		assertThat(first.getArgument("host").asString()).isEqualTo("first.example.com");
	}

	@Test
	void exceptionIsTheFailure() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("tenant")).isEmpty();
			assertThat(log.warning().getThrowableProxy().getClassName()).isEqualTo(IOException.class.getName());
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo("No host");
		}
	}

	@Test
	void valueOfAnotherTypeIsAFailure() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("primitive")).isEmpty();
			assertThat(log.warning().getThrowableProxy().getMessage())
				.isEqualTo(GreedyResolver.class.getName() + " resolved parameter 0 of void " + Handlers.class.getName()
						+ ".primitive(int," + SpoeResponse.class.getName() + ") to java.lang.String");
		}
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("null")).isEmpty();
			assertThat(log.warning().getThrowableProxy().getMessage()).endsWith(".nothing(boolean) to null");
		}
	}

	static class Handlers {

		@SpoeMessageHandler("tenant")
		void tenant(@Tenant String tenant, SpoeResponse response) {
			answer(response, tenant);
		}

		@SpoeMessageHandler("greedy")
		void greedy(StringBuilder greedy, SpoeResponse response) {
			answer(response, greedy.toString());
		}

		@SpoeMessageHandler("library")
		void library(@SpoeArg String text, SpoeMessage message, SpoeResponse response, SpoeContext context) {
			answer(response, text + " " + message.getName());
		}

		@SpoeMessageHandler("primitive")
		void primitive(int value, SpoeResponse response) {
			answer(response, "not called");
		}

		@SpoeMessageHandler("null")
		void nothing(boolean value) {
		}

		private static void answer(SpoeResponse response, String value) {
			response.setVar(SpoeScope.TRANSACTION, "value", value);
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Tenant {

	}

	@Order(1)
	static class TenantResolver implements SpoeHandlerMethodArgumentResolver {

		private volatile SpoeMessage last;

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.hasParameterAnnotation(Tenant.class);
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, SpoeMessage message, SpoeContext context)
				throws Exception {
			this.last = message;
			if (message.getArgument("host") == null) {
				throw new IOException("No host");
			}
			String host = message.getArgument("host").asString();
			return host.equals("context") ? context.engineId() : host.substring(0, host.indexOf('.'));
		}

	}

	@Order(2)
	static class GreedyResolver implements SpoeHandlerMethodArgumentResolver {

		private final AtomicInteger parameters = new AtomicInteger();

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			this.parameters.incrementAndGet();
			return true;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, SpoeMessage message, SpoeContext context) {
			return switch (message.getName()) {
				case "greedy" -> new StringBuilder("greedy");
				case "null" -> null;
				default -> "text";
			};
		}

	}

}
