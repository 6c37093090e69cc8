/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;

import ch.qos.logback.classic.Level;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeOrigin;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

/**
 * Tests for handlers that are Kotlin {@code suspend} functions.
 */
@Timeout(30)
class SuspendHandlerTests {

	private static final String WORKER = "thread=spoe-worker-";

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(SuspendHandlers.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "now", "private", "internal" })
	void answersAtOnce(String message) throws IOException {
		assertThat(agent.ask(message, "name", TypedData.of("Ada"))).containsExactly("greeting=Hello Ada");
	}

	@Test
	void answersAfterSuspension() throws IOException {
		assertThat(agent.ask("later", "name", TypedData.of("Ada"))).containsExactly("first=Ada", "second=Ada");
	}

	@Test
	void hasNoParameter() throws IOException {
		assertThat(agent.ask("nothing")).isEmpty();
	}

	@Test
	void messagesRunInOrder() throws IOException {
		assertThat(agent.ask(SpopTestClient.message("later", "name", TypedData.of("Ada")),
				SpopTestClient.message("fail-later"), SpopTestClient.message("now", "name", TypedData.of("Bob"))))
			.containsExactly("first=Ada", "second=Ada", "greeting=Hello Bob");
	}

	@ParameterizedTest
	@CsvSource({ "fail-now,io.github.spoe.handler.KotlinFailure,now",
			"fail-later,io.github.spoe.handler.KotlinFailure,later",
			"own-timeout,kotlinx.coroutines.TimeoutCancellationException,Timed out waiting for 1 ms" })
	void fails(String message, String exception, String text) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(message)).isEmpty();
			assertThat(log.warning().getThrowableProxy().getClassName()).isEqualTo(exception);
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo(text);
		}
	}

	@Test
	void isNotCalledWithoutRequiredArgument() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("now")).isEmpty();
			assertThat(log.warning().getFormattedMessage())
				.isEqualTo("Message 'now' is acknowledged without variables: method '" + SuspendHandlers.class.getName()
						+ ".now(String, SpoeResponse)' failed: Argument 'name' of message 'now' is absent (expected: "
						+ "java.lang.String)");
		}
	}

	@Test
	void isCancelledWithTheSubscription() throws Throwable {
		SuspendHandlers handlers = new SuspendHandlers();
		Disposable subscription = call(handlers, "waitForever").subscribe();
		assertThat(handlers.getEvents()).containsExactly("waiting");
		subscription.dispose();
		assertThat(handlers.getEvents()).containsExactly("waiting", "cancelled");
	}

	@Test
	void isCancelledWhenItsTimeHasPassed() throws IOException {
		List<String> events = agent.context().getBean(SuspendHandlers.class).getEvents();
		events.clear();
		assertThat(agent.ask("deadline")).containsExactly("failed=timeout");
		await().until(() -> events.equals(List.of("waiting", "cancelled")));
	}

	@Test
	void goesOnAfterTheAck() throws IOException {
		List<String> events = agent.context().getBean(SuspendHandlers.class).getEvents();
		events.clear();
		assertThat(agent.ask("background")).isEmpty();
		await().until(() -> events.equals(List.of("background nobody")));
	}

	@Test
	void startsWhenSubscribedTo() throws Throwable {
		SuspendHandlers handlers = new SuspendHandlers();
		call(handlers, "waitForever");
		assertThat(handlers.getEvents()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "failNow", "failLater" })
	void failsWithWhatIsThrown(String method) throws Throwable {
		SuspendHandlers handlers = new SuspendHandlers();
		assertThatExceptionOfType(KotlinFailure.class).isThrownBy(call(handlers, method)::block)
			.isSameAs(handlers.getFailure());
	}

	private static Mono<?> call(SuspendHandlers handlers, String name) throws Throwable {
		Method method = SuspendHandlers.class.getMethod(name, SpoeResponse.class, Continuation.class);
		ArgumentResolver response = (message, given, origin, failure) -> mock(SpoeResponse.class);
		HandlerCall call = HandlerCalls.of(method, new ArgumentResolver[] { response });
		Object result = call.call(handlers, mock(SpoeMessage.class), mock(SpoeResponse.class), mock(SpoeOrigin.class),
				null);
		assertThat(result).isInstanceOf(Mono.class);
		return (Mono<?>) result;
	}

	@Test
	void startsOnEventLoop() throws IOException {
		assertThat(agent.ask("thread")).isEqualTo(agent.ask("thread-event-loop"))
			.singleElement()
			.asString()
			.startsWith("thread=spoe-")
			.doesNotStartWith(WORKER);
	}

	@Test
	void startsOnWorker() throws IOException {
		assertThat(agent.ask("thread-worker")).singleElement().asString().startsWith(WORKER);
	}

	@Test
	void startsWhereOthersDo() throws IOException {
		try (Agent workers = Agent.start(List.of("spoe.server.handler.execution=worker"), SuspendHandlers.class)) {
			assertThat(workers.ask("thread")).singleElement().asString().startsWith(WORKER);
		}
	}

	@Test
	void takesDefaults() throws IOException {
		assertThat(agent.ask("default")).containsExactly("default=nobody:80");
		assertThat(agent.ask("default", "port", TypedData.of(81))).containsExactly("default=nobody:81");
		assertThat(agent.ask("default", "port", TypedData.of(81), "name", TypedData.of("Ada")))
			.containsExactly("default=Ada:81");
	}

}
