/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for handlers that block their event loop, which are found and named.
 */
@Timeout(30)
class HandlerWatchdogTests {

	private LogRecorder log;

	private Agent agent;

	@BeforeEach
	void record() {
		this.log = LogRecorder.open(Level.INFO);
	}

	@AfterEach
	void stop() throws IOException {
		this.agent.close();
		this.log.close();
	}

	private void start(String threshold) throws IOException {
		this.agent = Agent.start(List.of("spoe.server.watchdog.threshold=" + threshold), Handlers.class);
	}

	/**
	 * Ask, and wait until the last handler blocks.
	 */
	private void block(String... messages) throws IOException {
		this.agent.client()
			.send(new Notify(1, 1, Arrays.stream(messages).map(SpopTestClient::message).toList())::write);
		handlers().blocked.acquireUninterruptibly();
	}

	private void release() throws IOException {
		handlers().released.release();
		this.agent.client().readAck();
	}

	private Handlers handlers() {
		return this.agent.context().getBean(Handlers.class);
	}

	private ILoggingEvent awaitWarning() {
		await().until(() -> !this.log.events(Level.WARN).isEmpty());
		return this.log.warning();
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "blocking-mono" })
	void blockedEventLoopIsReportedWithItsStack(String message) throws IOException {
		start("20ms");
		block(message);
		ILoggingEvent warning = awaitWarning();
		release();
		assertThat(warning.getFormattedMessage()).matches("Message '" + message + "' keeps an event loop busy for more "
				+ "than 20 ms, and with it all connections of thread 'spoe-[^']+': what handles it must not "
				+ "block there, as a method with execution = WORKER may");
		assertThat(warning.getThrowableProxy().getMessage()).matches("Stack of thread 'spoe-[^']+'");
		assertThat(warning.getThrowableProxy().getStackTraceElementProxyArray())
			.extracting((frame) -> frame.getStackTraceElement().getClassName() + "."
					+ frame.getStackTraceElement().getMethodName())
			.contains(Handlers.class.getName() + ".block")
			.noneMatch((frame) -> frame.startsWith("io.netty."));
	}

	@Test
	void eventLoopThatIsBlockedAfterAWorkerIsReported() throws IOException {
		start("20ms");
		block("worker", "blocking");
		ILoggingEvent warning = awaitWarning();
		release();
		assertThat(warning.getFormattedMessage()).startsWith("Message 'blocking' ");
		assertThat(warning.getThrowableProxy().getStackTraceElementProxyArray())
			.noneMatch((frame) -> frame.getStackTraceElement().getClassName().startsWith("io.netty."));
	}

	@Test
	void eachHandlerIsReportedOnce() throws IOException {
		start("20ms");
		block("blocking");
		awaitWarning();
		release();
		block("blocking");
		await().during(Duration.ofMillis(100)).until(() -> this.log.events(Level.WARN).size() == 1);
		release();
		block("blocking-mono");
		await().until(() -> this.log.events(Level.WARN).size() == 2);
		release();
		assertThat(this.log.messages(Level.WARN).get(1)).startsWith("Message 'blocking-mono' ");
	}

	@Test
	void quickHandlersAreNot() throws IOException {
		start("100ms");
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
		while (System.nanoTime() < end) {
			this.agent.ask("quick");
		}
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	@Test
	void workersMayBlock() throws IOException {
		start("20ms");
		block("blocking-worker");
		await().during(Duration.ofMillis(100)).until(() -> this.log.events(Level.WARN).isEmpty());
		release();
	}

	@ParameterizedTest
	@ValueSource(strings = { "waiting-mono", "worker waiting-mono", "timed-out waiting-mono" })
	void asynchronousHandlerThatHasReturnedMayWait(String messages) throws IOException {
		start("20ms");
		block(messages.split(" "));
		await().during(Duration.ofMillis(100))
			.untilAsserted(
					() -> assertThat(this.log.messages(Level.WARN)).noneMatch((warning) -> warning.contains("busy")));
		release();
	}

	@Test
	void watchdogEndsWithTheServerAndStartsWithIt() throws IOException {
		start("20ms");
		assertThat(watchdogs()).isOne();
		this.agent.context().stop();
		await().until(() -> watchdogs() == 0);
		this.agent.context().start();
		assertThat(watchdogs()).isOne();
		try (SpopTestClient client = this.agent.connect()) {
			client.notify(1, 1, "blocking");
			await().until(() -> this.log.messages(Level.WARN).size() == 1);
			handlers().released.release();
			client.readAck();
		}
	}

	@Test
	void nothingIsWatchedWithoutAThreshold() throws IOException {
		start("0");
		assertThat(watchdogs()).isZero();
		block("blocking");
		await().during(Duration.ofMillis(100)).until(() -> this.log.events(Level.WARN).isEmpty());
		release();
	}

	private static long watchdogs() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("spoe-watchdog"))
			.count();
	}

	static class Handlers {

		private final Semaphore blocked = new Semaphore(0);

		private final Semaphore released = new Semaphore(0);

		@SpoeMessageHandler(value = "blocking", execution = SpoeExecution.EVENT_LOOP)
		void block() {
			this.blocked.release();
			this.released.acquireUninterruptibly();
		}

		@SpoeMessageHandler("blocking-mono")
		Mono<Void> blockBeforeReturn() {
			block();
			return Mono.empty();
		}

		@SpoeMessageHandler("waiting-mono")
		Mono<Void> waitAfterReturn() {
			this.blocked.release();
			return Mono.create((sink) -> new Thread(() -> {
				this.released.acquireUninterruptibly();
				sink.success();
			}).start());
		}

		@SpoeMessageHandler("blocking-worker")
		void blockWorker() {
			block();
		}

		@SpoeMessageHandler("worker")
		void worker() {
		}

		@SpoeMessageHandler(value = "timed-out", timeout = "10ms")
		void waitForEver() throws InterruptedException {
			new CountDownLatch(1).await();
		}

		@SpoeMessageHandler(value = "quick", execution = SpoeExecution.EVENT_LOOP)
		void quick() {
		}

	}

}
