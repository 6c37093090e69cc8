/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for where and in which order handler methods run.
 */
@Timeout(30)
class HandlerExecutionTests {

	private static final String WORKER = "thread=spoe-worker-";

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(Threads.class, Steps.class, Blocking.class, Objects.class, Many.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "void", "void-worker", "mono-worker", "stage-worker" })
	void onWorker(String message) throws IOException {
		assertThat(agent.ask(message)).singleElement().asString().startsWith(WORKER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "stage", "void-event-loop", "mono-event-loop" })
	void onEventLoop(String message) throws IOException {
		assertThat(agent.ask(message)).isEqualTo(agent.ask("void-event-loop"))
			.singleElement()
			.asString()
			.startsWith("thread=spoe-")
			.doesNotStartWith(WORKER);
	}

	@Test
	void onEventLoopByDefault() throws IOException {
		try (Agent agent = Agent.start(List.of("spoe.server.handler.execution=event-loop"), Threads.class)) {
			assertThat(agent.ask("void")).isEqualTo(agent.ask("void-event-loop"));
			assertThat(agent.ask("void-worker")).singleElement().asString().startsWith(WORKER);
		}
	}

	@Test
	void onWorkerByDefault() throws IOException {
		try (Agent agent = Agent.start(List.of("spoe.server.handler.execution=worker"), Threads.class)) {
			assertThat(agent.ask("mono")).singleElement().asString().startsWith(WORKER);
			assertThat(agent.ask("mono-event-loop")).isEqualTo(agent.ask("void-event-loop"));
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void onVirtualThread() throws IOException {
		try (Agent agent = Agent.start(List.of("spring.threads.virtual.enabled=true"), Threads.class)) {
			assertThat(agent.ask("void-described")).singleElement()
				.asString()
				.startsWith("thread=VirtualThread[")
				.contains("spoe-worker-");
		}
	}

	@Test
	void onPlatformThread() throws IOException {
		assertThat(agent.ask("void-described")).singleElement()
			.asString()
			.startsWith("thread=Thread[")
			.contains("spoe-worker-");
	}

	@Test
	void onOwnExecutor() throws IOException {
		try (Agent agent = Agent.start(Threads.class, OwnExecutor.class)) {
			assertThat(agent.ask("void")).singleElement().asString().startsWith("thread=own-");
		}
	}

	@Test
	void messagesOfOneNotifyRunInOrder() throws IOException {
		Steps steps = agent.context().getBean(Steps.class);
		steps.trace.clear();
		List<String> names = List.of("inline", "mono-later", "worker", "nobody", "stage-later", "inline", "worker",
				"worker", "mono-now", "inline");
		Notify.Message[] messages = new Notify.Message[names.size()];
		List<String> expectedVariables = new ArrayList<>();
		List<String> expectedTrace = new ArrayList<>();
		for (int i = 0; i < messages.length; i++) {
			messages[i] = SpopTestClient.message(names.get(i), "number", TypedData.of(i));
			if (!names.get(i).equals("nobody")) {
				expectedVariables.add("v" + i + "=" + names.get(i));
				expectedTrace.add("begin " + i);
				expectedTrace.add("end " + i);
			}
		}
		assertThat(agent.ask(messages)).isEqualTo(expectedVariables);
		assertThat(steps.trace).isEqualTo(expectedTrace);
	}

	@Test
	void slowHandlerDoesNotDelayOtherNotifys() throws IOException {
		Blocking blocking = agent.context().getBean(Blocking.class);
		try (SpopTestClient client = agent.connect()) {
			client.notify(1, 1, "blocking");
			client.notify(2, 1, "void-event-loop");
			client.notify(3, 1, "void");
			assertThat(List.of(client.readAck().streamId(), client.readAck().streamId())).containsExactlyInAnyOrder(2L,
					3L);
			blocking.release.countDown();
			assertThat(client.readAck().streamId()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "n", "m", "s", "i" })
	void thousandsOfMessagesInOneNotify(String message) throws IOException {
		int count = 5000;
		Notify.Message[] messages = new Notify.Message[count];
		Arrays.fill(messages, SpopTestClient.message(message));
		Many many = agent.context().getBean(Many.class);
		many.calls.set(0);
		assertThat(agent.ask(messages)).isEmpty();
		assertThat(many.calls).hasValue(message.equals("n") ? 0 : count);
	}

	@Test
	void thousandsOfHandOversInOneNotify() throws IOException {
		Notify.Message[] messages = new Notify.Message[5000];
		for (int i = 0; i < messages.length; i++) {
			messages[i] = SpopTestClient.message((i % 2 == 0) ? "i" : "w");
		}
		Many many = agent.context().getBean(Many.class);
		many.calls.set(0);
		assertThat(agent.ask(messages)).isEmpty();
		assertThat(many.calls).hasValue(messages.length);
	}

	@Test
	void messageStaysValid() throws IOException {
		Objects objects = agent.context().getBean(Objects.class);
		objects.kept.clear();
		for (String message : List.of("keep", "keep-event-loop", "keep-mono")) {
			agent.ask(message, "ip", TypedData.of("first of " + message), "", TypedData.of(true), "ip",
					TypedData.of(7L));
		}
		for (int i = 0; i < 20; i++) {
			agent.ask("void-event-loop", "other", TypedData.of("something else ".repeat(20)));
		}
		assertThat(objects.kept).extracting(SpoeMessage::getName)
			.containsExactly("keep", "keep-event-loop", "keep-mono");
		assertThat(objects.kept).allSatisfy((message) -> {
			assertThat(message.getArguments()).extracting((argument) -> argument.getName())
				.containsExactly("ip", "", "ip");
			assertThat(message.getArguments()).extracting((argument) -> argument.getValue())
				.containsExactly("first of " + message.getName(), true, 7L);
			assertThat(message.getArgument("ip").asString()).isEqualTo("first of " + message.getName());
			assertThat(message.getArgument("absent")).isNull();
		});
	}

	@Test
	void contextTellsWhereTheFrameComesFrom() throws IOException {
		try (SpopTestClient client = agent.connect()) {
			for (String message : List.of("context", "context-event-loop")) {
				client.notify(4711, 3, message);
				Ack ack = client.readAck();
				assertThat(ack.streamId()).isEqualTo(4711);
				assertThat(ack.frameId()).isEqualTo(3);
				assertThat(Agent.variables(ack))
					.containsExactly("context=4711 3 engine /127.0.0.1:" + client.getSocket().getLocalPort());
			}
		}
	}

	private static void thread(SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "thread", Thread.currentThread().getName());
	}

	static class Threads {

		@SpoeMessageHandler("void")
		void voidAuto(SpoeResponse response) {
			thread(response);
		}

		@SpoeMessageHandler("void-described")
		void voidDescribed(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "thread", Thread.currentThread().toString());
		}

		@SpoeMessageHandler(value = "void-worker", execution = SpoeExecution.WORKER)
		void voidWorker(SpoeResponse response) {
			thread(response);
		}

		@SpoeMessageHandler(value = "void-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void voidEventLoop(SpoeResponse response) {
			thread(response);
		}

		@SpoeMessageHandler("mono")
		Mono<Void> mono(SpoeResponse response) {
			thread(response);
			return Mono.empty();
		}

		@SpoeMessageHandler(value = "mono-worker", execution = SpoeExecution.WORKER)
		Mono<Void> monoWorker(SpoeResponse response) {
			return Mono.fromRunnable(() -> thread(response));
		}

		@SpoeMessageHandler(value = "mono-event-loop", execution = SpoeExecution.EVENT_LOOP)
		Mono<Void> monoEventLoop(SpoeResponse response) {
			return Mono.fromRunnable(() -> thread(response));
		}

		@SpoeMessageHandler("stage")
		CompletableFuture<Void> stage(SpoeResponse response) {
			thread(response);
			return CompletableFuture.completedFuture(null);
		}

		@SpoeMessageHandler(value = "stage-worker", execution = SpoeExecution.WORKER)
		CompletableFuture<Void> stageWorker(SpoeResponse response) {
			thread(response);
			return CompletableFuture.completedFuture(null);
		}

	}

	static class Steps {

		private final List<String> trace = new ArrayList<>();

		@SpoeMessageHandler(value = "inline", execution = SpoeExecution.EVENT_LOOP)
		void inline(@SpoeArg int number, SpoeResponse response) {
			begin(number);
			end(number, "inline", response);
		}

		@SpoeMessageHandler("worker")
		void worker(@SpoeArg int number, SpoeResponse response) {
			begin(number);
			end(number, "worker", response);
		}

		@SpoeMessageHandler("mono-now")
		Mono<Void> monoNow(@SpoeArg int number, SpoeResponse response) {
			begin(number);
			return Mono.fromRunnable(() -> end(number, "mono-now", response));
		}

		@SpoeMessageHandler("mono-later")
		Mono<Void> monoLater(@SpoeArg int number, SpoeResponse response) {
			begin(number);
			return Mono.delay(Duration.ofMillis(20)).doOnNext((tick) -> end(number, "mono-later", response)).then();
		}

		@SpoeMessageHandler("stage-later")
		CompletableFuture<Void> stageLater(@SpoeArg int number, SpoeResponse response) {
			begin(number);
			return CompletableFuture.runAsync(() -> end(number, "stage-later", response),
					CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
		}

		private void begin(int number) {
			this.trace.add("begin " + number);
		}

		private void end(int number, String name, SpoeResponse response) {
			this.trace.add("end " + number);
			response.setVar(SpoeScope.TRANSACTION, "v" + number, name);
		}

	}

	static class Blocking {

		private final CountDownLatch release = new CountDownLatch(1);

		@SpoeMessageHandler("blocking")
		void handle() throws InterruptedException {
			assertThat(this.release.await(10, TimeUnit.SECONDS)).isTrue();
		}

	}

	static class Objects {

		private final List<SpoeMessage> kept = new ArrayList<>();

		@SpoeMessageHandler("keep")
		void keep(SpoeMessage message) {
			this.kept.add(message);
		}

		@SpoeMessageHandler(value = "keep-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void keepOnEventLoop(SpoeMessage message) {
			this.kept.add(message);
		}

		@SpoeMessageHandler("keep-mono")
		Mono<Void> keepInMono(SpoeMessage message) {
			return Mono.fromRunnable(() -> this.kept.add(message));
		}

		@SpoeMessageHandler("context")
		void context(SpoeContext context, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "context", context.streamId() + " " + context.frameId() + " "
					+ context.engineId() + " " + context.peerAddress());
		}

		@SpoeMessageHandler(value = "context-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void contextOnEventLoop(SpoeContext context, SpoeResponse response) {
			context(context, response);
		}

	}

	static class Many {

		private final AtomicInteger calls = new AtomicInteger();

		@SpoeMessageHandler("m")
		Mono<Void> mono() {
			this.calls.incrementAndGet();
			return Mono.empty();
		}

		@SpoeMessageHandler("s")
		CompletableFuture<Void> stage() {
			this.calls.incrementAndGet();
			return CompletableFuture.completedFuture(null);
		}

		@SpoeMessageHandler(value = "i", execution = SpoeExecution.EVENT_LOOP)
		void inline() {
			this.calls.incrementAndGet();
		}

		@SpoeMessageHandler("w")
		void worker() {
			this.calls.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean
		Executor spoeWorkerExecutor() {
			return new SimpleAsyncTaskExecutor("own-");
		}

	}

}
