/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.micrometer.context.ContextRegistry;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is in the MDC while handler methods are called.
 */
@Timeout(30)
class HandlerMdcTests {

	private static Agent agent;

	private static Logging logging;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(List.of("spoe.server.mdc.enabled=true", "spoe.server.netty.worker-threads=1"),
				Logging.class, OwnExecutor.class);
		logging = agent.context().getBean(Logging.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
		ContextRegistry.getInstance().removeThreadLocalAccessor("spoe.mdc");
	}

	private static String mdcOf(String message) {
		return "mdc={spoe.engine.id=engine, spoe.message=" + message + ", spoe.stream.id=1}";
	}

	private static String mdc() {
		Map<String, String> mdc = MDC.getCopyOfContextMap();
		return ((mdc != null) ? new TreeMap<>(mdc) : Map.of()).toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "event-loop", "worker", "mono", "mono-deferred", "mono-on-worker" })
	void whileTheMethodIsCalled(String message) throws IOException {
		assertThat(agent.ask(message)).containsExactly(mdcOf(message));
	}

	@Test
	void eachMessageOfANotifyHasItsOwn() throws IOException {
		assertThat(agent.ask(SpopTestClient.message("event-loop"), SpopTestClient.message("worker"),
				SpopTestClient.message("mono")))
			.containsExactly(mdcOf("event-loop"), mdcOf("worker"), mdcOf("mono"));
	}

	@Test
	void inBackground() throws Exception {
		agent.ask("background");
		assertThat("mdc=" + logging.background.poll(5, TimeUnit.SECONDS)).isEqualTo(mdcOf("background"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "event-loop-fails", "worker-fails", "mono-fails" })
	void whileAnExceptionHandlerIsCalled(String message) throws IOException {
		assertThat(agent.ask(message)).containsExactly(mdcOf(message));
	}

	@Test
	void whereReactorPropagates() throws IOException {
		assertThat(agent.ask("mono-on-timer")).containsExactly("mdc={}");
		Hooks.enableAutomaticContextPropagation();
		try {
			assertThat(agent.ask("mono-on-timer")).containsExactly(mdcOf("mono-on-timer"));
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "event-loop", "event-loop-fails", "mono", "mono-fails" })
	void nothingIsLeftOnTheEventLoop(String message) throws Exception {
		agent.ask("event-loop");
		agent.ask(message);
		assertThat(logging.eventLoop.submit(HandlerMdcTests::mdc).get(5, TimeUnit.SECONDS)).isEqualTo("{}");
	}

	@Test
	void threadGetsBackWhatItHad() throws Exception {
		ExecutorService executor = agent.context().getBean(ExecutorService.class);
		executor.submit(() -> {
			MDC.put("spoe.message", "before");
			MDC.put("own", "kept");
		}).get();
		assertThat(agent.ask("own-executor"))
			.containsExactly("mdc={own=kept, spoe.engine.id=engine, spoe.message=own-executor, spoe.stream.id=1}");
		assertThat(executor.submit(HandlerMdcTests::mdc).get()).isEqualTo("{own=kept, spoe.message=before}");
	}

	@Test
	void logLineHasIt() throws IOException {
		try (LogRecorder log = LogRecorder.open(Logging.class.getName(), Level.INFO)) {
			agent.ask("logs");
			assertThat(log.events(Level.INFO)).singleElement()
				.extracting(ILoggingEvent::getMDCPropertyMap)
				.isEqualTo(Map.of(SpoeMdc.MESSAGE, "logs", SpoeMdc.STREAM_ID, "1", SpoeMdc.ENGINE_ID, "engine"));
		}
	}

	@Test
	void interceptorsHaveIt() throws IOException {
		try (Agent agent = Agent.start(List.of("spoe.server.mdc.enabled=true"), Logging.class, OwnExecutor.class,
				Interceptor.class)) {
			agent.ask("worker");
			Interceptor interceptor = agent.context().getBean(Interceptor.class);
			assertThat("mdc=" + interceptor.seen.poll()).isEqualTo(mdcOf("worker"));
			assertThat("mdc=" + interceptor.seen.poll()).isEqualTo(mdcOf("worker"));
		}
	}

	@Test
	void emptyByDefault() throws IOException {
		try (Agent agent = Agent.start(Logging.class, OwnExecutor.class)) {
			assertThat(agent.ask("worker")).containsExactly("mdc={}");
			assertThat(agent.ask("event-loop-fails")).containsExactly("mdc={}");
		}
	}

	static class Logging {

		private final BlockingQueue<String> background = new LinkedBlockingQueue<>();

		private volatile EventExecutor eventLoop;

		@SpoeMessageHandler(value = { "event-loop", "event-loop-fails" }, execution = SpoeExecution.EVENT_LOOP)
		void eventLoop(SpoeMessage message, SpoeResponse response) {
			this.eventLoop = ThreadExecutorMap.currentExecutor();
			answerOrFail(message, response);
		}

		@SpoeMessageHandler({ "worker", "worker-fails" })
		void worker(SpoeMessage message, SpoeResponse response) {
			answerOrFail(message, response);
		}

		@SpoeMessageHandler(value = "own-executor", executor = "ownExecutor")
		void ownExecutor(SpoeResponse response) {
			answer(response);
		}

		@SpoeMessageHandler("mono")
		Mono<Void> mono(SpoeResponse response) {
			answer(response);
			return Mono.empty();
		}

		@SpoeMessageHandler("mono-deferred")
		Mono<Void> monoDeferred(SpoeResponse response) {
			return Mono.fromRunnable(() -> answer(response));
		}

		@SpoeMessageHandler(value = "mono-on-worker", execution = SpoeExecution.WORKER)
		Mono<Void> monoOnWorker(SpoeResponse response) {
			return monoDeferred(response);
		}

		@SpoeMessageHandler("mono-on-timer")
		Mono<Void> monoOnTimer(SpoeResponse response) {
			return Mono.delay(Duration.ofMillis(1)).doOnNext((tick) -> answer(response)).then();
		}

		@SpoeMessageHandler("mono-fails")
		Mono<Void> monoFails() {
			return Mono.delay(Duration.ofMillis(1)).then(Mono.error(new IllegalStateException("Expected")));
		}

		@SpoeMessageHandler(value = "background", acknowledge = SpoeAcknowledge.BEFORE)
		void background() {
			this.background.add(mdc());
		}

		@SpoeMessageHandler("logs")
		void log() {
			LoggerFactory.getLogger(Logging.class).info("Called");
		}

		@SpoeExceptionHandler
		void failed(IllegalStateException ex, SpoeResponse response) {
			answer(response);
		}

		private static void answerOrFail(SpoeMessage message, SpoeResponse response) {
			if (message.getName().endsWith("fails")) {
				throw new IllegalStateException("Expected");
			}
			answer(response);
		}

		private static void answer(SpoeResponse response) {
			response.setVar(SpoeScope.REQUEST, "mdc", mdc());
		}

	}

	static class Interceptor implements SpoeMessageInterceptor {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@Override
		public boolean before(SpoeMessage message, SpoeContext context, SpoeResponse response) {
			this.seen.add(mdc());
			return true;
		}

		@Override
		public void after(SpoeMessage message, SpoeContext context, Throwable failure) {
			this.seen.add(mdc());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean(destroyMethod = "shutdown")
		ExecutorService ownExecutor() {
			return Executors.newSingleThreadExecutor();
		}

	}

}
