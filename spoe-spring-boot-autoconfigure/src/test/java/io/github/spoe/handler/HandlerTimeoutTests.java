/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.SpoeTimeoutException;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for messages whose deadline passes.
 */
@Timeout(30)
class HandlerTimeoutTests {

	private static final int MANY = 200;

	private Agent agent;

	private Handlers handlers;

	@AfterEach
	void stop() throws IOException {
		this.handlers.released.countDown();
		this.handlers.answered.countDown();
		this.agent.close();
	}

	@Test
	void worker() throws Exception {
		start();
		assertThat(ask("inline", "blocks", "inline")).containsExactly("inline=good", "blocks=timeout", "inline=good");
		assertThat(this.handlers.event()).isEqualTo("blocks interrupted");
		this.handlers.answered.countDown();
		assertThat(this.handlers.event())
			.isEqualTo("blocks: Variable 'late' comes too late: its message is already answered");
		await().untilAsserted(() -> assertThat(late()).isOne());
	}

	@Test
	void workerThatIgnoresTheInterrupt() throws Exception {
		start("spoe.server.worker.max-threads=1");
		assertThat(this.agent.ask("stubborn", "text", TypedData.of("text"))).containsExactly("stubborn=timeout");
		assertThat(late()).isZero();
		assertThat(this.handlers.event()).isEqualTo("stubborn interrupted");
		this.handlers.released.countDown();
		this.handlers.answered.countDown();
		await().untilAsserted(() -> assertThat(late()).isOne());
		assertThat(this.handlers.event())
			.isEqualTo("stubborn: Variable 'late' comes too late: its message is already answered");
		assertThat(this.handlers.event()).isEqualTo("stubborn has text");
		assertThat(this.agent.ask("patient")).containsExactly("interrupted=false");
	}

	@Test
	void workerThatFailsLate() throws Exception {
		start("spoe.server.worker.max-threads=1");
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(this.agent.ask("fails_late")).containsExactly("fails_late=timeout");
			this.handlers.released.countDown();
			assertThat(this.agent.ask("patient")).containsExactly("interrupted=false");
			assertThat(log.events(Level.WARN)).isEmpty();
		}
		assertThat(late()).isZero();
	}

	@Test
	void withoutAnExceptionHandler() throws Exception {
		this.agent = Agent.start(Meters.class, Handlers.class);
		this.handlers = this.agent.context().getBean(Handlers.class);
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(ask("inline", "blocks", "inline")).containsExactly("inline=good", "inline=good");
			assertThat(log.warning().getFormattedMessage())
				.isEqualTo("Message 'blocks' is acknowledged without variables: method '" + Handlers.class.getName()
						+ ".blocks(SpoeResponse)' failed: Not done within 50 ms of the NOTIFY");
			assertThat(log.warning().getThrowableProxy()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "mono_worker", "stage", "mono_inline" })
	void asynchronousMethodIsCancelled(String message) throws Exception {
		start();
		assertThat(ask("inline", message, "patient")).containsExactly("inline=good", message + "=timeout",
				"interrupted=false");
		assertThat(this.handlers.event()).isEqualTo(message + " cancelled");
		assertThat(late()).isZero();
	}

	@Test
	void futureWhoseStageCannotBeCancelled() throws Exception {
		start();
		assertThat(this.agent.ask("minimal_stage")).containsExactly("minimal_stage=timeout");
		this.handlers.released.countDown();
		this.handlers.answered.countDown();
		assertThat(this.handlers.event())
			.isEqualTo("minimal_stage: Variable 'late' comes too late: its message is already answered");
	}

	@Test
	void cancelThatThrows() throws Exception {
		start();
		assertThat(this.agent.ask("cancel_throws")).containsExactly("cancel_throws=timeout");
		assertThat(this.agent.ask("inline")).containsExactly("inline=good");
	}

	@Test
	void nextMessageHasItsOwnTime() throws Exception {
		start();
		assertThat(ask("blocks", "patient", "patient_inline")).containsExactly("blocks=timeout", "interrupted=false",
				"thread=event loop");
	}

	@Test
	void nextMessageThatHasNoTimeLeft() throws Exception {
		start();
		assertThat(ask("blocks", "quick", "quick_mono", "quick_inline", "patient")).containsExactly("blocks=timeout",
				"quick=timeout", "quick_mono=timeout", "quick_inline=timeout", "interrupted=false");
		assertThat(this.handlers.called).containsExactly("patient");
	}

	@Test
	void differentTimesInOneFrame() throws Exception {
		start();
		assertThat(ask("patient", "blocks", "blocks_longer", "mono", "patient")).containsExactly("interrupted=false",
				"blocks=timeout", "blocks_longer=timeout", "mono=timeout", "interrupted=false");
	}

	@Test
	void timeInTheQueueCounts() throws Exception {
		start("spoe.server.worker.max-threads=1");
		try (SpopTestClient other = this.agent.connect()) {
			other.notify(1, 1, "unlimited");
			assertThat(this.handlers.event()).isEqualTo("unlimited");
			assertThat(ask("quick", "inline")).containsExactly("quick=timeout", "inline=good");
			this.handlers.released.countDown();
			assertThat(Agent.variables(other.readAck())).containsExactly("unlimited=good");
		}
		assertThat(this.agent.ask("patient")).containsExactly("interrupted=false");
		assertThat(this.handlers.called).containsExactly("patient");
		assertThat(late()).isZero();
	}

	@Test
	void ofAPlaceholder() throws Exception {
		start("check.timeout=20ms");
		assertThat(this.agent.ask("placeholder")).containsExactly("placeholder=timeout");
	}

	@Test
	void ofTheProperty() throws Exception {
		start("spoe.server.handler.timeout=50ms");
		assertThat(ask("inline", "default", "patient")).containsExactly("inline=good", "default=timeout",
				"interrupted=false");
	}

	@Test
	void zeroIsNone() throws Exception {
		start("spoe.server.handler.timeout=0");
		for (String message : List.of("default", "unlimited")) {
			try (SpopTestClient other = this.agent.connect()) {
				other.notify(1, 1, message);
				assertThat(this.handlers.event()).isEqualTo(message);
				// Others come and go meanwhile.
				assertThat(this.agent.ask("blocks")).containsExactly("blocks=timeout");
				assertThat(this.handlers.event()).isEqualTo("blocks interrupted");
				assertThat(other.getSocket().getInputStream().available()).isZero();
			}
		}
	}

	@Test
	void zeroOfAMethodIsNone() throws Exception {
		start("spoe.server.handler.timeout=20ms");
		this.agent.client().notify(1, 1, "unlimited");
		this.agent.client().notify(2, 1, "default");
		assertThat(this.agent.client().readAck().streamId()).isEqualTo(2);
		this.handlers.released.countDown();
		assertThat(Agent.variables(this.agent.client().readAck())).containsExactly("unlimited=good");
	}

	@Test
	void connectionIsGone() throws Exception {
		start();
		try (SpopTestClient other = this.agent.connect()) {
			other.notify(1, 1, "blocks_longer");
			assertThat(this.handlers.event()).isEqualTo("blocks_longer");
			other.notify(2, 1, "mono");
			other.notify(3, 1, "stage");
			// The others have come when this is answered.
			other.notify(4, 1, "inline");
			await().until(() -> other.readAck().streamId() == 4);
		}
		assertThat(List.of(this.handlers.event(), this.handlers.event(), this.handlers.event()))
			.containsExactlyInAnyOrder("mono cancelled", "stage cancelled", "blocks_longer interrupted");
		await().untilAsserted(() -> assertThat(gauge("spoe.server.notify.active")).isZero());
		assertThat(this.agent.ask("inline")).containsExactly("inline=good");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "quick", "blocks" })
	void manyAtOnce(String message) throws Exception {
		start("spoe.server.worker.max-threads=2");
		if (message.equals("quick")) {
			// All of them wait in the queue.
			for (int stream = 1; stream <= 2; stream++) {
				this.agent.client().notify(stream, 1, "unlimited");
				assertThat(this.handlers.event()).isEqualTo("unlimited");
			}
		}
		ByteWriter frames = new ByteWriter(256);
		for (int stream = 1; stream <= MANY; stream++) {
			new Notify(stream, 2, List.of(SpopTestClient.message("inline"), SpopTestClient.message(message)))
				.write(frames);
		}
		this.agent.client().send(frames.toByteArray(0));
		List<Long> streams = new ArrayList<>();
		long start = System.nanoTime();
		for (int i = 0; i < MANY; i++) {
			Ack ack = this.agent.client().readAck();
			assertThat(ack.frameId()).isEqualTo(2);
			assertThat(Agent.variables(ack)).containsExactly("inline=good", message + "=timeout");
			streams.add(ack.streamId());
		}
		// One after the other they would take twice that.
		assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
		assertThat(streams).doesNotHaveDuplicates();
		assertThat(Collections.max(streams)).isEqualTo(MANY);
		assertThat(this.handlers.called).isEmpty();
	}

	@Test
	void serverDrains() throws Exception {
		start();
		for (String message : List.of("blocks_longer", "mono", "stage")) {
			this.agent.client().notify(1, 1, message);
		}
		assertThat(this.handlers.event()).isEqualTo("blocks_longer");
		Thread closer = new Thread(this.agent.context()::close);
		closer.start();
		List<List<String>> answers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			answers.add(Agent.variables(this.agent.client().readAck()));
		}
		assertThat(answers).containsExactlyInAnyOrder(List.of("mono=timeout"), List.of("stage=timeout"),
				List.of("blocks_longer=timeout"));
		assertThat(this.agent.client().readDisconnect().statusCode()).isEqualTo(StatusCode.NORMAL.code());
		assertThat(this.agent.client().isClosedByPeer()).isTrue();
		this.agent.client().close();
		closer.join(TimeUnit.SECONDS.toMillis(10));
		assertThat(closer.isAlive()).isFalse();
	}

	private void start(String... properties) throws IOException {
		this.agent = Agent.start(List.of(properties), Meters.class, Handlers.class, FailClosed.class);
		this.handlers = this.agent.context().getBean(Handlers.class);
	}

	private List<String> ask(String... messages) throws IOException {
		return this.agent.ask(Stream.of(messages).map(SpopTestClient::message).toArray(Notify.Message[]::new));
	}

	private double late() {
		return this.agent.context()
			.getBean(MeterRegistry.class)
			.get("spoe.server.faults")
			.tag("fault", "LATE_RESULT")
			.counter()
			.count();
	}

	private double gauge(String name) {
		return this.agent.context().getBean(MeterRegistry.class).get(name).gauge().value();
	}

	@SpoeAdvice
	static class FailClosed {

		@SpoeExceptionHandler(SpoeTimeoutException.class)
		void timedOut(SpoeMessage message, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, message.getName(), "timeout");
		}

	}

	static class Handlers {

		private static final String SHORT = "50ms";

		private static final String LONG = "20s";

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		private final BlockingQueue<String> called = new LinkedBlockingQueue<>();

		private final CountDownLatch released = new CountDownLatch(1);

		/**
		 * What was interrupted may go on before its message is answered.
		 */
		private final CountDownLatch answered = new CountDownLatch(1);

		String event() throws InterruptedException {
			return this.events.poll(10, TimeUnit.SECONDS);
		}

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "inline", "good");
		}

		@SpoeMessageHandler(value = "blocks", timeout = SHORT)
		void blocks(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "dropped", "early");
			await("blocks");
			setLate("blocks", response);
		}

		@SpoeMessageHandler(value = "blocks_longer", timeout = "100ms")
		void blocksLonger(SpoeResponse response) {
			this.events.add("blocks_longer");
			await("blocks_longer");
			setLate("blocks_longer", response);
		}

		@SpoeMessageHandler(value = "stubborn", timeout = SHORT)
		void stubborn(SpoeMessage message, SpoeResponse response) {
			await("stubborn");
			await("stubborn");
			setLate("stubborn", response);
			this.events.add("stubborn has " + message.getArgument("text").asString());
		}

		@SpoeMessageHandler(value = "fails_late", timeout = SHORT)
		void failsLate() {
			await("fails_late");
			await("fails_late");
			throw new IllegalStateException();
		}

		@SpoeMessageHandler(value = "patient", timeout = LONG)
		void patient(SpoeResponse response) {
			this.called.add("patient");
			response.setVar(SpoeScope.TRANSACTION, "interrupted", "" + Thread.currentThread().isInterrupted());
		}

		@SpoeMessageHandler(value = "patient_inline", execution = SpoeExecution.EVENT_LOOP, timeout = LONG)
		void patientInline(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "thread",
					Thread.currentThread().getName().startsWith("spoe-worker-") ? "worker" : "event loop");
		}

		@SpoeMessageHandler(value = "quick", timeout = SHORT)
		void quick() {
			this.called.add("quick");
		}

		@SpoeMessageHandler(value = "quick_inline", execution = SpoeExecution.EVENT_LOOP, timeout = SHORT)
		void quickInline() {
			this.called.add("quick_inline");
		}

		@SpoeMessageHandler(value = "quick_mono", timeout = SHORT)
		Mono<Void> quickMono() {
			this.called.add("quick_mono");
			return Mono.empty();
		}

		@SpoeMessageHandler(value = "mono", timeout = SHORT)
		Mono<Void> mono(SpoeResponse response) {
			return never("mono", response);
		}

		@SpoeMessageHandler(value = "mono_worker", timeout = SHORT, execution = SpoeExecution.WORKER)
		Mono<Void> monoOnWorker(SpoeResponse response) {
			return never("mono_worker", response);
		}

		@SpoeMessageHandler(value = "mono_inline", timeout = SHORT, execution = SpoeExecution.EVENT_LOOP)
		Mono<Void> monoOnEventLoop(SpoeResponse response) {
			return never("mono_inline", response);
		}

		private Mono<Void> never(String name, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "dropped", "early");
			return Mono.<Void>never().doOnCancel(() -> this.events.add(name + " cancelled"));
		}

		@SpoeMessageHandler(value = "stage", timeout = SHORT)
		CompletableFuture<Void> stage() {
			CompletableFuture<Void> result = new CompletableFuture<>();
			result.whenComplete((none, ex) -> {
				if (result.isCancelled()) {
					this.events.add("stage cancelled");
				}
			});
			return result;
		}

		@SpoeMessageHandler(value = "minimal_stage", timeout = SHORT)
		CompletionStage<Void> minimalStage(SpoeResponse response) {
			return CompletableFuture.runAsync(() -> {
				await("minimal_stage");
				setLate("minimal_stage", response);
			}).minimalCompletionStage();
		}

		@SpoeMessageHandler(value = "cancel_throws", timeout = SHORT)
		CompletableFuture<Void> cancelThrows() {
			return new CompletableFuture<>() {

				@Override
				public boolean cancel(boolean mayInterruptIfRunning) {
					throw new IllegalStateException();
				}

			};
		}

		@SpoeMessageHandler(value = "unlimited", timeout = "0")
		void unlimited(SpoeResponse response) throws InterruptedException {
			this.events.add("unlimited");
			this.released.await();
			response.setVar(SpoeScope.TRANSACTION, "unlimited", "good");
		}

		@SpoeMessageHandler("default")
		void byDefault() throws InterruptedException {
			this.events.add("default");
			this.released.await();
		}

		@SpoeMessageHandler(value = "placeholder", timeout = "${check.timeout:20s}")
		void placeholder() throws InterruptedException {
			this.released.await();
		}

		private void await(String name) {
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				this.events.add(name + " interrupted");
			}
		}

		private void setLate(String name, SpoeResponse response) {
			try {
				this.answered.await();
				response.setVar(SpoeScope.TRANSACTION, "late", true);
			}
			catch (InterruptedException | IllegalStateException ex) {
				this.events.add(name + ": " + ex.getMessage());
			}
		}

	}

}
