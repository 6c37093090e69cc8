/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.SpoeTimeoutException;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for methods that answer messages whose handlers fail.
 */
@Timeout(30)
class ExceptionHandlerTests {

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker", "mono", "stage", "mono_later" })
	void answersInsteadOfTheHandler(String message) throws IOException {
		try (Agent agent = Agent.start(Failing.class, Everything.class);
				LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(between(message, "number", TypedData.of(1L)))).containsExactly("good=true",
					"everything=IllegalStateException", "good=true");
			assertThat(log.events(Level.WARN)).isEmpty();
		}
	}

	@Test
	void thatOfTheBeanComesFirst() throws IOException {
		try (Agent agent = Agent.start(Everything.class, WithItsOwn.class, Failing.class)) {
			assertThat(agent.ask("own", "type", TypedData.of("io"))).containsExactly("own=IOException");
			assertThat(agent.ask("own", "type", TypedData.of("state")))
				.containsExactly("everything=IllegalStateException");
			assertThat(agent.ask("worker")).containsExactly("everything=IllegalStateException");
		}
	}

	@Test
	void adviceIsFoundByScanning() throws IOException {
		try (Agent agent = Agent.start(Scanning.class)) {
			assertThat(agent.ask("worker")).containsExactly("scanned=IllegalStateException");
		}
	}

	@ParameterizedTest
	@CsvSource({ "missing, method=FileNotFoundException", "io, interface=IOException",
			"unchecked-io, class=UncheckedIOException", "state, everything=IllegalStateException" })
	void advicesHaveAnOrder(String type, String answer) throws IOException {
		try (Agent agent = Agent.start(Everything.class, Second.class, First.class, Zeroth.class, Throwing.class)) {
			assertThat(agent.ask("throws", "type", TypedData.of(type))).containsExactly(answer);
		}
	}

	@ParameterizedTest
	@CsvSource({ "missing, io=FileNotFoundException", "io, io=IOException", "state, runtime=IllegalStateException",
			"argument, argument=NumberFormatException", "checked, exception=Exception",
			"error, throwable=StackOverflowError", "unchecked-io, runtime=UncheckedIOException" })
	void nearestTypeWins(String type, String answer) throws IOException {
		try (Agent agent = Agent.start(ByType.class, Throwing.class)) {
			assertThat(agent.ask("throws", "type", TypedData.of(type))).containsExactly(answer);
		}
	}

	@ParameterizedTest
	@CsvSource({ "io, io=IOException", "unchecked-io, io=IOException", "missing, io=FileNotFoundException",
			"completion, io=IOException", "nested, io=IOException" })
	void causeIsAnswered(String type, String answer) throws IOException {
		try (Agent agent = Agent.start(OnlyIo.class, Throwing.class)) {
			assertThat(agent.ask("throws", "type", TypedData.of(type))).containsExactly(answer);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "state", "circle", "error" })
	void nobodyAnswersOthers(String type) throws IOException {
		try (Agent agent = Agent.start(OnlyIo.class, Throwing.class); LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("throws", "type", TypedData.of(type))).isEmpty();
			assertThat(log.warning().getFormattedMessage()).isEqualTo(
					text("method '" + Throwing.class.getName() + ".handle(String, SpoeResponse)' failed", "throws"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker", "mono" })
	void takesWhatAHandlerTakes(String message) throws IOException {
		try (Agent agent = Agent.start(Failing.class, Parameters.class)) {
			assertThat(agent.ask(between(message, "number", TypedData.of(42L)))).containsExactly("good=true",
					"parameters=42 " + message + " 1 1 broken", "good=true");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker" })
	void keepsItsMessageAndLosesItsResponse(String message) throws IOException {
		try (Agent agent = Agent.start(Failing.class, Parameters.class)) {
			Parameters parameters = agent.context().getBean(Parameters.class);
			agent.ask(message, "number", TypedData.of(42L));
			SpoeMessage first = parameters.message;
			SpoeResponse response = parameters.response;
			agent.ask(message, "number", TypedData.of(43L));
			assertThat(first.getArgument("number").asInt()).isEqualTo(42);
			assertThat(agent.ask("good")).containsExactly("good=true");
			if (message.equals("worker")) {
				assertThatIllegalStateException()
					.isThrownBy(() -> response.setVar(SpoeScope.TRANSACTION, "late", true));
			}
		}
	}

	@Test
	void absentArgumentOfTheHandler() throws IOException {
		try (Agent agent = Agent.start(Failing.class, Everything.class)) {
			assertThat(agent.ask(between("argument"))).containsExactly("good=true", "everything=SpoeArgumentException",
					"good=true");
		}
	}

	@Test
	void isInherited() throws IOException {
		try (Agent agent = Agent.start(Inheriting.class, InheritingAdvice.class, Failing.class)) {
			assertThat(agent.ask("inheriting")).containsExactly("inherited=Inheriting");
			assertThat(agent.ask("worker")).containsExactly("inherited=InheritingAdvice");
		}
	}

	@Test
	void isCalledThroughAProxy() throws IOException {
		try (Agent agent = Agent.start(Proxies.class, Transactional.class, TransactionalAdvice.class, Failing.class)) {
			assertThat(AopUtils.isCglibProxy(agent.context().getBean(Transactional.class))).isTrue();
			assertThat(agent.ask("transactional")).containsExactly("transactional=field");
			assertThat(agent.ask("worker")).containsExactly("advice=field");
			assertThat(agent.context().getBean(AtomicInteger.class)).hasValue(2);
		}
	}

	@Test
	void mayBeCreatedLate() throws IOException {
		try (Agent agent = Agent.start(LazyAdvice.class, Failing.class)) {
			assertThat(agent.context().getBeanFactory().containsSingleton("exceptionHandlerTests.LazyAdvice"))
				.isFalse();
			assertThat(agent.ask("worker")).containsExactly("lazy=IllegalStateException");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker", "mono_later", "blocks" })
	void failsItself(String message) throws IOException {
		try (Agent agent = Agent.start(Failing.class, ThrowingAdvice.class);
				LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(between(message))).containsExactly("good=true", "good=true");
			assertThat(log.events(Level.WARN)).extracting(ILoggingEvent::getFormattedMessage)
				.satisfiesExactly(
						(text) -> assertThat(text)
							.startsWith(text("an exception handler for method '" + Failing.class.getName(), message))
							.endsWith("' failed"),
						(text) -> assertThat(text).startsWith(text("method '" + Failing.class.getName(), message)));
			assertThat(log.events(Level.WARN).get(0).getThrowableProxy().getMessage()).isEqualTo("broken, too");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "worker", "mono_later", "blocks" })
	void setsMoreThanFits(String message) throws IOException {
		try (Agent agent = Agent.start(Failing.class, OverflowingAdvice.class);
				LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(between(message))).containsExactly("good=true", "good=true");
			assertThat(log.messages(Level.ERROR)).singleElement()
				.asString()
				.startsWith("Message '" + message + "' loses its variables, as they do not fit: ");
			assertThat(log.warning().getFormattedMessage())
				.startsWith(text("method '" + Failing.class.getName(), message));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "overflow_inline", "overflow_worker" })
	void answersForVariablesThatDoNotFit(String message) throws IOException {
		try (Agent agent = Agent.start(Failing.class, Everything.class)) {
			assertThat(agent.ask(between(message))).containsExactly("good=true", "everything=SpoeAckTooLargeException",
					"good=true");
		}
	}

	@ParameterizedTest
	@CsvSource({ "inline, false", "worker, true", "blocks, false" })
	void runsWhereTheMessageFailed(String message, boolean onWorker) throws IOException {
		try (Agent agent = Agent.start(Failing.class, Threads.class)) {
			assertThat(agent.ask(message)).containsExactly("worker=" + onWorker);
		}
	}

	@Test
	void withoutOneWarningsAreFew() throws IOException {
		try (Agent agent = Agent.start(Failing.class); LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			for (int i = 0; i < 50; i++) {
				assertThat(agent.ask(between("worker"))).containsExactly("good=true", "good=true");
			}
			assertThat(log.messages(Level.WARN)).hasSize(5)
				.allMatch((text) -> text.startsWith(
						text("method '" + Failing.class.getName() + ".worker(SpoeResponse)' failed", "worker")));
		}
	}

	@Test
	void oneThatFailsLeavesItsWarningsFew() throws IOException {
		try (Agent agent = Agent.start(Failing.class, ThrowingAdvice.class);
				LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			for (int i = 0; i < 50; i++) {
				assertThat(agent.ask("inline")).isEmpty();
			}
			assertThat(log.messages(Level.WARN)).hasSize(10);
		}
	}

	private static String text(String what, String message) {
		return "Message '" + message + "' is acknowledged without variables: " + what;
	}

	private static Notify.Message[] between(String message, Object... arguments) {
		return new Notify.Message[] { SpopTestClient.message("good"), SpopTestClient.message(message, arguments),
				SpopTestClient.message("good") };
	}

	static void set(SpoeResponse response, String name, Object value) {
		response.setVar(SpoeScope.TRANSACTION, name,
				(value instanceof Throwable failure) ? failure.getClass().getSimpleName() : value.toString());
	}

	static class Failing {

		private final CountDownLatch never = new CountDownLatch(1);

		@SpoeMessageHandler("good")
		void good(SpoeResponse response) {
			set(response, "good", true);
		}

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline(SpoeResponse response) {
			fail(response);
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			fail(response);
		}

		@SpoeMessageHandler("mono")
		Mono<Void> mono(SpoeResponse response) {
			return Mono.fromRunnable(() -> fail(response));
		}

		@SpoeMessageHandler("mono_later")
		Mono<Void> monoLater(SpoeResponse response) {
			return Mono.delay(Duration.ofMillis(1)).doOnNext((tick) -> fail(response)).then();
		}

		@SpoeMessageHandler("stage")
		CompletionStage<Void> stage(SpoeResponse response) {
			return CompletableFuture.runAsync(() -> fail(response));
		}

		@SpoeMessageHandler("argument")
		void argument(@SpoeArg int number) {
		}

		@SpoeMessageHandler(value = "blocks", timeout = "20ms")
		void blocks(SpoeResponse response) throws InterruptedException {
			set(response, "dropped", true);
			this.never.await();
		}

		@SpoeMessageHandler(value = "overflow_inline", execution = SpoeExecution.EVENT_LOOP)
		void overflowInline(SpoeResponse response) {
			overflow(response);
		}

		@SpoeMessageHandler("overflow_worker")
		void overflowOnWorker(SpoeResponse response) {
			overflow(response);
		}

		static void overflow(SpoeResponse response) {
			set(response, "dropped", true);
			response.setVar(SpoeScope.TRANSACTION, "large", new byte[20_000]);
		}

		private static void fail(SpoeResponse response) {
			set(response, "dropped", true);
			throw new IllegalStateException("broken");
		}

	}

	static class Throwing {

		@SpoeMessageHandler("throws")
		void handle(@SpoeArg String type, SpoeResponse response) throws Throwable {
			set(response, "dropped", true);
			throw switch (type) {
				case "missing" -> new FileNotFoundException();
				case "io" -> new IOException();
				case "unchecked-io" -> new UncheckedIOException(new IOException());
				case "completion" -> new CompletionException(new IOException());
				case "nested" -> new Exception(new IllegalStateException(new Error(new IOException())));
				case "argument" -> new NumberFormatException();
				case "checked" -> new Exception();
				case "error" -> new StackOverflowError();
				case "circle" -> circle();
				default -> new IllegalStateException();
			};
		}

		private static Throwable circle() {
			Exception first = new Exception();
			first.initCause(new Exception(first));
			return first;
		}

	}

	@SpoeAdvice
	static class Everything {

		@SpoeExceptionHandler
		void failed(Throwable failure, SpoeResponse response) {
			set(response, "everything", failure);
		}

	}

	static class WithItsOwn extends Throwing {

		@Override
		@SpoeMessageHandler("own")
		void handle(@SpoeArg String type, SpoeResponse response) throws Throwable {
			super.handle(type, response);
		}

		@SpoeExceptionHandler
		void failed(IOException failure, SpoeResponse response) {
			set(response, "own", failure);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan(resourcePattern = "ExceptionHandlerTests$Scanned*.class")
	static class Scanning {

		@Bean
		Failing failing() {
			return new Failing();
		}

	}

	@SpoeAdvice
	static class ScannedAdvice {

		@SpoeExceptionHandler
		void failed(Exception failure, SpoeResponse response) {
			set(response, "scanned", failure);
		}

	}

	@SpoeAdvice
	@Order(2)
	static class Second {

		@SpoeExceptionHandler({ IOException.class, UncheckedIOException.class })
		void failed(Exception failure, SpoeResponse response) {
			set(response, "class", failure);
		}

	}

	@SpoeAdvice
	static class First implements Ordered {

		@Override
		public int getOrder() {
			return 1;
		}

		@SpoeExceptionHandler
		void failed(IOException failure, SpoeResponse response) {
			set(response, "interface", failure);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Zeroth {

		@Bean
		@Order(0)
		Unordered unordered() {
			return new Unordered();
		}

	}

	@SpoeAdvice
	static class Unordered {

		@SpoeExceptionHandler
		void failed(FileNotFoundException failure, SpoeResponse response) {
			set(response, "method", failure);
		}

	}

	@SpoeAdvice
	static class ByType {

		@SpoeExceptionHandler
		void throwable(Throwable failure, SpoeResponse response) {
			set(response, "throwable", failure);
		}

		@SpoeExceptionHandler(Exception.class)
		void exception(Throwable failure, SpoeResponse response) {
			set(response, "exception", failure);
		}

		@SpoeExceptionHandler
		void runtimeException(RuntimeException failure, SpoeResponse response) {
			set(response, "runtime", failure);
		}

		@SpoeExceptionHandler({ IllegalArgumentException.class, SpoeArgumentException.class })
		void argument(RuntimeException failure, SpoeResponse response) {
			set(response, "argument", failure);
		}

		@SpoeExceptionHandler
		void io(IOException failure, SpoeResponse response) {
			set(response, "io", failure);
		}

	}

	@SpoeAdvice
	static class OnlyIo {

		@SpoeExceptionHandler
		void io(IOException failure, SpoeResponse response) {
			set(response, "io", failure);
		}

	}

	@SpoeAdvice
	static class Parameters {

		private volatile SpoeMessage message;

		private volatile SpoeResponse response;

		@SpoeExceptionHandler
		void failed(@SpoeArg int number, SpoeContext context, IllegalStateException failure, SpoeMessage message,
				SpoeResponse response) {
			this.message = message;
			this.response = response;
			set(response, "parameters", number + " " + message.getName() + " " + context.streamId() + " "
					+ context.frameId() + " " + failure.getMessage());
		}

	}

	abstract static class Base {

		@SpoeExceptionHandler
		void failed(IllegalStateException failure, SpoeResponse response) {
			set(response, "inherited", getClass().getSimpleName());
		}

	}

	static class Inheriting extends Base {

		@SpoeMessageHandler("inheriting")
		void handle() {
			throw new IllegalStateException();
		}

	}

	@SpoeAdvice
	static class InheritingAdvice extends Base {

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxyCreator() {
			DefaultAdvisorAutoProxyCreator proxyCreator = new DefaultAdvisorAutoProxyCreator();
			proxyCreator.setProxyTargetClass(true);
			return proxyCreator;
		}

		@Bean
		static AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		static Advisor counter(AtomicInteger calls) {
			return new DefaultPointcutAdvisor(
					AnnotationMatchingPointcut.forMethodAnnotation(SpoeExceptionHandler.class),
					(MethodInterceptor) (invocation) -> {
						calls.incrementAndGet();
						return invocation.proceed();
					});
		}

	}

	static class Transactional {

		private final String field = "field";

		@SpoeMessageHandler("transactional")
		void handle() {
			throw new IllegalStateException();
		}

		@SpoeExceptionHandler
		void failed(IllegalStateException failure, SpoeResponse response) {
			set(response, "transactional", this.field);
		}

	}

	@SpoeAdvice
	static class TransactionalAdvice {

		private final String field = "field";

		@SpoeExceptionHandler
		void failed(IllegalStateException failure, SpoeResponse response) {
			set(response, "advice", this.field);
		}

	}

	@SpoeAdvice
	@Lazy
	static class LazyAdvice {

		@SpoeExceptionHandler
		void failed(IllegalStateException failure, SpoeResponse response) {
			set(response, "lazy", failure);
		}

	}

	@SpoeAdvice
	static class ThrowingAdvice {

		@SpoeExceptionHandler
		void failed(Exception failure, SpoeResponse response) throws IOException {
			set(response, "dropped", true);
			throw new IOException("broken, too");
		}

	}

	@SpoeAdvice
	static class OverflowingAdvice {

		@SpoeExceptionHandler({ IllegalStateException.class, SpoeTimeoutException.class })
		void failed(SpoeResponse response) {
			Failing.overflow(response);
		}

	}

	@SpoeAdvice
	static class Threads {

		@SpoeExceptionHandler(Exception.class)
		void failed(SpoeResponse response) {
			set(response, "worker", Thread.currentThread().getName().startsWith("spoe-worker-"));
		}

	}

}
