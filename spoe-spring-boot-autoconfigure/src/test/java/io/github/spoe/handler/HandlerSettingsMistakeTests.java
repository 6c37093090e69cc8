/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for mistakes in where and when handler methods run, and in exception handlers.
 */
class HandlerSettingsMistakeTests {

	private static final String THIS = HandlerSettingsMistakeTests.class.getName();

	private static FailureAnalysis mistake(Class<?>... components) {
		return StartMistake.of(List.of(), components);
	}

	private static FailureAnalysis mistake(List<String> properties, Class<?>... components) {
		return StartMistake.of(properties, components);
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "-1s", "1 year", " " })
	void timeoutIsNoTime(String value) {
		FailureAnalysis mistake = mistake(List.of("timeout=" + value), Timed.class);
		assertThat(mistake.getDescription())
			.isEqualTo("The timeout '" + value.trim() + "' of method '" + THIS + "$Timed.check()' is not a time.");
		assertThat(mistake.getAction())
			.isEqualTo("Use a duration such as '50ms', '1s' or 'PT0.5S', or '0' for no limit.");
	}

	@Test
	void timeoutWithUnresolvablePlaceholder() {
		FailureAnalysis mistake = mistake(Timed.class);
		assertThat(mistake.getDescription()).isEqualTo("The timeout '${timeout}' of method '" + THIS
				+ "$Timed.check()' cannot be resolved: Could not resolve placeholder 'timeout' in value "
				+ "\"${timeout}\".");
		assertThat(mistake.getAction())
			.isEqualTo("Define the property, or give the placeholder a default as in '${name:default}'.");
	}

	@Test
	void executorThatDoesNotExist() {
		FailureAnalysis mistake = mistake(List.of("executor=database"), OnExecutor.class);
		assertThat(mistake.getDescription()).isEqualTo("The executor 'database' of method '" + THIS
				+ "$OnExecutor.check()' does not exist: no bean has that name.");
		assertThat(mistake.getAction())
			.isEqualTo("Define a bean of type Executor with the name 'database', or correct 'executor'.");
	}

	@Test
	void executorThatIsNone() {
		FailureAnalysis mistake = mistake(List.of("executor=timed", "timeout=1s"), OnExecutor.class, Timed.class);
		assertThat(mistake.getDescription()).isEqualTo(
				"The bean 'timed' that method '" + THIS + "$OnExecutor.check()' names as its executor is of type "
						+ Timed.class.getName() + " and no Executor.");
		assertThat(mistake.getAction()).isEqualTo("Name a bean of type Executor.");
	}

	@Test
	void executorOnTheEventLoop() {
		FailureAnalysis mistake = mistake(OnExecutorAndEventLoop.class);
		assertThat(mistake.getDescription()).isEqualTo("The execution of method '" + THIS
				+ "$OnExecutorAndEventLoop.check()' is EVENT_LOOP, and it names the executor 'database'.");
		assertThat(mistake.getAction()).isEqualTo("Remove 'execution', or 'executor'.");
	}

	@Test
	void responseOfWhatIsAcknowledged() {
		FailureAnalysis mistake = mistake(BackgroundResponse.class);
		assertThat(mistake.getDescription())
			.isEqualTo("The method '" + THIS + "$BackgroundResponse.check(SpoeResponse)' takes a SpoeResponse, and its "
					+ "message is acknowledged before it is called.");
		assertThat(mistake.getAction()).isEqualTo("Remove the parameter, or 'acknowledge = BEFORE'.");
	}

	@Test
	void timeoutOfWhatIsAcknowledged() {
		FailureAnalysis mistake = mistake(BackgroundTimeout.class);
		assertThat(mistake.getDescription()).isEqualTo("The timeout of method '" + THIS
				+ "$BackgroundTimeout.check()' has no effect: its message is acknowledged before it is called.");
		assertThat(mistake.getAction()).isEqualTo("Remove 'timeout', or 'acknowledge = BEFORE'.");
	}

	@Test
	void eventLoopOfWhatIsAcknowledged() {
		FailureAnalysis mistake = mistake(BackgroundEventLoop.class);
		assertThat(mistake.getDescription()).isEqualTo("The execution of method '" + THIS
				+ "$BackgroundEventLoop.check()' is EVENT_LOOP, and its message is acknowledged before it is called: "
				+ "such methods run in the background.");
		assertThat(mistake.getAction()).isEqualTo("Remove 'execution', or 'acknowledge = BEFORE'.");
	}

	@Test
	void warmupOfWhatIsAcknowledged() {
		FailureAnalysis mistake = mistake(BackgroundWarmup.class);
		assertThat(mistake.getDescription()).isEqualTo("The warm-up of method '" + THIS
				+ "$BackgroundWarmup.check()' has no use: its message is acknowledged before it is called.");
		assertThat(mistake.getAction()).isEqualTo("Remove 'warmup', or 'acknowledge = BEFORE'.");
	}

	@Test
	void exceptionHandlerWithoutHandlers() {
		FailureAnalysis mistake = mistake(NobodysExceptionHandler.class);
		assertThat(mistake.getDescription()).isEqualTo("The method '" + THIS
				+ "$NobodysExceptionHandler.failed(Exception)' is never called: bean 'nobodysExceptionHandler' has no "
				+ "method with @SpoeMessageHandler that it could answer for.");
		assertThat(mistake.getAction())
			.isEqualTo("Annotate the class with @SpoeAdvice for it to answer for all handler methods.");
	}

	@Test
	void exceptionHandlerWithoutType() {
		FailureAnalysis mistake = mistake(NoExceptionType.class);
		assertThat(mistake.getDescription()).isEqualTo("@SpoeExceptionHandler on method '" + THIS
				+ "$NoExceptionType.failed(SpoeResponse)' names no type of exception.");
		assertThat(mistake.getAction())
			.isEqualTo("Give the annotation the types of exceptions, or the method one parameter of such a type.");
	}

	@Test
	void exceptionHandlerWithNarrowerParameter() {
		FailureAnalysis mistake = mistake(NarrowParameter.class);
		assertThat(mistake.getDescription()).isEqualTo("The method '" + THIS
				+ "$NarrowParameter.failed(IllegalStateException)' takes a java.lang.IllegalStateException, which not "
				+ "all exceptions are that its @SpoeExceptionHandler names.");
		assertThat(mistake.getAction()).isEqualTo("Use a type for the parameter that all of them have.");
	}

	@Test
	void twoExceptionHandlersForOneType() {
		FailureAnalysis mistake = mistake(TwoExceptionHandlers.class);
		assertThat(mistake.getDescription())
			.startsWith("java.lang.IllegalStateException has two exception handlers in one bean: method '" + THIS
					+ "$TwoExceptionHandlers.");
		assertThat(mistake.getAction()).isEqualTo("Remove one of the methods, or give it another type of exception.");
	}

	@Test
	void exceptionHandlerThatReturnsSomething() {
		FailureAnalysis mistake = mistake(ReturningExceptionHandler.class);
		assertThat(mistake.getDescription())
			.isEqualTo("The return type reactor.core.publisher.Mono<java.lang.Void> of method '" + THIS
					+ "$ReturningExceptionHandler.failed(Exception)' is not supported.");
		assertThat(mistake.getAction())
			.isEqualTo("Return void, and set variables through a parameter of type SpoeResponse.");
	}

	@Test
	void handlerThatIsExceptionHandlerToo() {
		FailureAnalysis mistake = mistake(HandlerAndExceptionHandler.class);
		assertThat(mistake.getDescription()).isEqualTo("The method '" + THIS
				+ "$HandlerAndExceptionHandler.check(Exception)' has both @SpoeMessageHandler and "
				+ "@SpoeExceptionHandler.");
		assertThat(mistake.getAction()).isEqualTo("Remove one of the annotations, or make two methods of it.");
	}

	@Test
	void exceptionAsParameterOfAHandler() {
		FailureAnalysis mistake = mistake(TakesException.class);
		assertThat(mistake.getDescription()).isEqualTo(
				"Parameter 'failure' of method '" + THIS + "$TakesException.check(Exception)' cannot be resolved.");
	}

	static class Timed {

		@SpoeMessageHandler(value = "timed", timeout = "${timeout}")
		void check() {
		}

	}

	static class OnExecutor {

		@SpoeMessageHandler(value = "check", executor = "${executor}")
		void check() {
		}

	}

	static class OnExecutorAndEventLoop {

		@SpoeMessageHandler(value = "check", executor = "database", execution = SpoeExecution.EVENT_LOOP)
		void check() {
		}

	}

	static class BackgroundResponse {

		@SpoeMessageHandler(value = "check", acknowledge = SpoeAcknowledge.BEFORE)
		void check(SpoeResponse response) {
		}

	}

	static class BackgroundTimeout {

		@SpoeMessageHandler(value = "check", acknowledge = SpoeAcknowledge.BEFORE, timeout = "1s")
		void check() {
		}

	}

	static class BackgroundEventLoop {

		@SpoeMessageHandler(value = "check", acknowledge = SpoeAcknowledge.BEFORE, execution = SpoeExecution.EVENT_LOOP)
		void check() {
		}

	}

	static class BackgroundWarmup {

		@SpoeMessageHandler(value = "check", acknowledge = SpoeAcknowledge.BEFORE, warmup = true)
		void check() {
		}

	}

	static class NobodysExceptionHandler {

		@SpoeExceptionHandler
		void failed(Exception failure) {
		}

	}

	@SpoeAdvice
	static class NoExceptionType {

		@SpoeExceptionHandler
		void failed(SpoeResponse response) {
		}

	}

	@SpoeAdvice
	static class NarrowParameter {

		@SpoeExceptionHandler({ IllegalStateException.class, IllegalArgumentException.class })
		void failed(IllegalStateException failure) {
		}

	}

	@SpoeAdvice
	static class TwoExceptionHandlers {

		@SpoeExceptionHandler
		void failed(IllegalStateException failure) {
		}

		@SpoeExceptionHandler({ IllegalArgumentException.class, IllegalStateException.class })
		void alsoFailed(RuntimeException failure) {
		}

	}

	@SpoeAdvice
	static class ReturningExceptionHandler {

		@SpoeExceptionHandler
		Mono<Void> failed(Exception failure) {
			return Mono.empty();
		}

	}

	static class HandlerAndExceptionHandler {

		@SpoeMessageHandler("check")
		@SpoeExceptionHandler
		void check(Exception failure) {
		}

	}

	static class TakesException {

		@SpoeMessageHandler("check")
		void check(Exception failure) {
		}

	}

}
