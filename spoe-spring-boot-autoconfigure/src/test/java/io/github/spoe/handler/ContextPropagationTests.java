/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for thread-locals that go with messages from thread to thread, with one thread of
 * each kind.
 */
@Timeout(30)
class ContextPropagationTests {

	private static final String KEY = "test.tenant";

	private static final ThreadLocal<String> tenant = new ThreadLocal<>();

	private static final List<String> PROPERTIES = List.of("spoe.server.netty.worker-threads=1",
			"spoe.server.worker.max-threads=1", "spoe.server.background.max-threads=1");

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, tenant);
		agent = Agent.start(PROPERTIES, Tenants.class, NamedExecutor.class);
	}

	@AfterAll
	static void stop() throws IOException {
		ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
		agent.close();
	}

	@AfterEach
	void clear() throws IOException {
		agent.ask("clear");
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "named", "mono-on-worker", "mono-in-context" })
	void threadHasWhatTheEventLoopHad(String message) throws IOException {
		assertThat(agent.ask(set("acme"), message(message))).containsExactly("tenant=acme");
		assertThat(agent.ask(message("clear"), message(message))).containsExactly("tenant=none");
		assertThat(agent.ask(set("other"), message(message))).containsExactly("tenant=other");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadHasWhatTheEventLoopHad() throws IOException {
		try (Agent agent = Agent.start(List.of("spring.threads.virtual.enabled=true",
				"spoe.server.netty.worker-threads=1", "spoe.server.worker.max-virtual-threads=1"), Tenants.class,
				NamedExecutor.class)) {
			assertThat(agent.ask(set("acme"), message("worker"))).containsExactly("tenant=acme");
			assertThat(agent.ask(message("clear"), message("worker"))).containsExactly("tenant=none");
		}
	}

	@Test
	void backgroundThreadHasWhatTheEventLoopHad() throws Exception {
		BlockingQueue<String> background = agent.context().getBean(Tenants.class).background;
		agent.ask(set("acme"), message("background"), message("clear"));
		assertThat(background.poll(5, TimeUnit.SECONDS)).isEqualTo("acme");
		agent.ask(message("clear"), message("background"), set("later"));
		assertThat(background.poll(5, TimeUnit.SECONDS)).isEqualTo("none");
	}

	@Test
	void eventLoopHasWhatTheWorkerHad() throws IOException {
		assertThat(agent.ask(message("set-on-worker"), message("mono-on-event-loop"))).containsExactly("tenant=worker");
		assertThat(agent.ask("mono-on-event-loop")).containsExactly("tenant=none");
		agent.ask("clear-on-worker");
	}

	@Test
	void messagesOfOneNotifyShareAThread() throws IOException {
		assertThat(agent.ask(set("acme"), message("worker"), message("worker"), message("mono-on-worker")))
			.containsExactly("tenant=acme", "tenant=acme", "tenant=acme");
	}

	@Test
	void reactorContextHasWhatAnInterceptorSet() throws IOException {
		try (Agent agent = Agent.start(PROPERTIES, Tenants.class, NamedExecutor.class, Interceptor.class)) {
			assertThat(agent.ask("mono-in-context")).containsExactly("tenant=of mono-in-context");
			assertThat(agent.ask("worker")).containsExactly("tenant=of worker");
		}
	}

	@Test
	void threadsOfOperatorsHaveItIfReactorPropagates() throws IOException {
		assertThat(agent.ask(set("acme"), message("mono-on-timer"))).containsExactly("tenant=none");
		Hooks.enableAutomaticContextPropagation();
		try {
			assertThat(agent.ask(set("acme"), message("mono-on-timer"))).containsExactly("tenant=acme");
			assertThat(agent.ask(message("clear"), message("mono-on-timer"))).containsExactly("tenant=none");
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
	}

	@Test
	void contextThatCannotBeTakenFailsWhatIsHandedOverOnly() throws Exception {
		ContextRegistry registry = ContextRegistry.getInstance();
		registry.registerThreadLocalAccessor("test.broken", () -> {
			throw new IllegalStateException("No value");
		}, (value) -> {
		}, () -> {
		});
		try {
			assertThat(agent.ask(set("acme"), message("worker"), message("background"), message("here")))
				.containsExactly("tenant=acme");
		}
		finally {
			registry.removeThreadLocalAccessor("test.broken");
		}
		assertThat(agent.context().getBean(Tenants.class).background).isEmpty();
		assertThat(agent.ask(message("worker"))).containsExactly("tenant=acme");
	}

	@Test
	void contextThatCannotBeGivenFailsWhatIsHandedOverOnly() throws IOException {
		ContextRegistry registry = ContextRegistry.getInstance();
		registry.registerThreadLocalAccessor("test.broken", () -> "value", (value) -> {
			throw new IllegalStateException("Cannot be set");
		}, () -> {
		});
		try (Agent agent = Agent.start(List.of("spoe.server.handler.timeout=0"), Tenants.class, NamedExecutor.class)) {
			assertThat(agent.ask(message("here"), message("worker"), message("named"))).containsExactly("tenant=none");
		}
		finally {
			registry.removeThreadLocalAccessor("test.broken");
		}
	}

	private static Notify.Message set(String value) {
		return SpopTestClient.message("set", "tenant", TypedData.of(value));
	}

	private static Notify.Message message(String name) {
		return SpopTestClient.message(name);
	}

	static class Tenants {

		private final BlockingQueue<String> background = new LinkedBlockingQueue<>();

		@SpoeMessageHandler(value = "set", execution = SpoeExecution.EVENT_LOOP)
		void set(@SpoeArg("tenant") String value) {
			tenant.set(value);
		}

		@SpoeMessageHandler(value = "set-on-worker", execution = SpoeExecution.WORKER)
		void setOnWorker() {
			tenant.set("worker");
		}

		@SpoeMessageHandler(value = "clear", execution = SpoeExecution.EVENT_LOOP)
		void clear() {
			tenant.remove();
		}

		@SpoeMessageHandler("clear-on-worker")
		void clearOnWorker() {
			tenant.remove();
		}

		@SpoeMessageHandler(value = "here", execution = SpoeExecution.EVENT_LOOP)
		void here(SpoeResponse response) {
			answer(response, tenant.get());
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			assertThat(Thread.currentThread().getName()).startsWith("spoe-worker-");
			answer(response, tenant.get());
		}

		@SpoeMessageHandler(value = "named", executor = "namedExecutor")
		void named(SpoeResponse response) {
			assertThat(Thread.currentThread().getName()).startsWith("named-");
			answer(response, tenant.get());
		}

		@SpoeMessageHandler(value = "background", acknowledge = SpoeAcknowledge.BEFORE)
		void background() {
			assertThat(Thread.currentThread().getName()).startsWith("spoe-background-");
			this.background.add((tenant.get() != null) ? tenant.get() : "none");
		}

		@SpoeMessageHandler(value = "mono-on-worker", execution = SpoeExecution.WORKER)
		Mono<Void> monoOnWorker(SpoeResponse response) {
			return monoInContext(response);
		}

		@SpoeMessageHandler("mono-in-context")
		Mono<Void> monoInContext(SpoeResponse response) {
			return Mono.deferContextual((context) -> Mono.delay(Duration.ofMillis(1))
				.doOnNext((tick) -> answer(response, context.getOrDefault(KEY, null)))
				.then());
		}

		@SpoeMessageHandler("mono-on-timer")
		Mono<Void> monoOnTimer(SpoeResponse response) {
			return Mono.delay(Duration.ofMillis(1)).doOnNext((tick) -> answer(response, tenant.get())).then();
		}

		@SpoeMessageHandler("mono-on-event-loop")
		Mono<Void> monoOnEventLoop(SpoeResponse response) {
			answer(response, tenant.get());
			return Mono.empty();
		}

		private static void answer(SpoeResponse response, String value) {
			response.setVar(SpoeScope.REQUEST, "tenant", (value != null) ? value : "none");
		}

	}

	static class Interceptor implements SpoeMessageInterceptor {

		@Override
		public boolean before(SpoeMessage message, SpoeContext context, SpoeResponse response) {
			tenant.set("of " + message.getName());
			return true;
		}

		@Override
		public void after(SpoeMessage message, SpoeContext context, Throwable failure) {
			tenant.remove();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedExecutor {

		@Bean
		Executor namedExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setCorePoolSize(1);
			executor.setThreadNamePrefix("named-");
			return executor;
		}

	}

}
