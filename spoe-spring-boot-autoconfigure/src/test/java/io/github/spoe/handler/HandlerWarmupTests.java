/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgs;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.context.SpoeServerStartedEvent;
import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeWarmup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the warm-up of an application: what is called with what, and that nothing is
 * to be seen of it.
 */
@Timeout(30)
@SuppressWarnings("try")
class HandlerWarmupTests {

	private static final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

	private static final CountDownLatch release = new CountDownLatch(1);

	private final LogRecorder log = LogRecorder.open(Level.DEBUG);

	@BeforeEach
	void reset() {
		calls.clear();
	}

	@AfterEach
	void close() {
		this.log.close();
	}

	private static void called(String handler) {
		calls.computeIfAbsent(handler, (key) -> new AtomicInteger()).incrementAndGet();
	}

	private static int calls(String handler) {
		AtomicInteger count = calls.get(handler);
		return (count != null) ? count.get() : 0;
	}

	private static Agent start(String time, Class<?>... components) throws IOException {
		return Agent.start(List.of("spoe.server.warmup=" + time), components);
	}

	private void assertThatIsSilent() {
		assertThat(this.log.messages(Level.ERROR)).isEmpty();
		assertThat(this.log.messages(Level.WARN)).isEmpty();
		assertThat(this.log.messages(Level.INFO)).hasSize(1)
			.allMatch((text) -> text.startsWith("SPOE server started on "));
		// Only the connection of the test, nothing of the connection of the warm-up.
		assertThat(this.log.messages(Level.DEBUG))
			.filteredOn((text) -> text.contains(" agreed on ") || text.contains(" answered with "))
			.hasSize(1)
			.allMatch((text) -> text.startsWith("Connection from /127.0.0.1:"));
	}

	@Test
	void callsHandlersThatSaySo() throws IOException {
		try (Agent agent = start("500ms", Places.class)) {
			assertThat(calls("event-loop")).isGreaterThan(10);
			assertThat(calls("worker")).isGreaterThan(10);
			assertThat(calls("mono")).isGreaterThan(10);
			assertThat(calls("not-asked")).isZero();
			assertThat(calls("not-asked-worker")).isZero();
			assertThatIsSilent();
			assertThat(agent.ask("event-loop")).containsExactly("name=value");
		}
	}

	@Test
	void isOverWhenTheServerListens() throws IOException {
		try (Agent agent = start("500ms", Places.class)) {
			int before = calls("event-loop");
			agent.ask("not-asked");
			assertThat(calls("event-loop")).isEqualTo(before);
		}
	}

	@Test
	void noneByDefault() throws IOException {
		try (Agent agent = Agent.start(Places.class)) {
			assertThat(calls).isEmpty();
		}
	}

	@Test
	void withoutHandlersThatSaySo() throws IOException {
		try (Agent agent = start("100ms", Silent.class)) {
			assertThat(calls).isEmpty();
			assertThatIsSilent();
			assertThat(agent.ask("silent")).isEmpty();
			assertThat(calls("silent")).isOne();
		}
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("silent", new Silent());
		try (SpoeWarmup warmup = HandlerMethodDispatcher.builder(beanFactory, Runnable::run).build().warmup()) {
			assertThat(warmup.getMessages()).extracting(SpoeWarmup.Message::name)
				.containsExactly("warm-up on event loop");
		}
	}

	@Test
	void argumentsAreMadeUp() throws IOException {
		try (Agent agent = start("500ms", Arguments.class)) {
			assertThat(Arguments.seen).containsExactlyInAnyOrder("/192.0.2.1", "/192.0.2.1", "/2001:db8:0:0:0:0:0:1",
					"''", "0 bytes", "0 remaining", "0", "0", "false", "FIRST", "Optional[/192.0.2.1]", "null", "7s",
					"0 headers", "{}", "Numbers[tiny=0, big=0]", "message of 15");
			assertThat(calls("cannot-be-made-up")).isZero();
			assertThatIsSilent();
		}
	}

	@Test
	void failuresAreSilent() throws IOException {
		try (Agent agent = start("500ms", Failures.class)) {
			assertThat(calls("fails-event-loop")).isGreaterThan(10);
			assertThat(calls("fails-worker")).isGreaterThan(10);
			assertThat(calls("fails-mono")).isGreaterThan(10);
			assertThat(calls("fails-error")).isGreaterThan(10);
			assertThatIsSilent();
			agent.ask("fails-event-loop");
			assertThat(this.log.warning().getFormattedMessage()).contains("fails-event-loop");
		}
	}

	@Test
	void slowHandlersHoldUpNobody() throws IOException {
		long start = System.nanoTime();
		try (Agent agent = start("300ms", Slow.class)) {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(300 + 1000 + 1000));
			assertThat(calls("never")).isOne();
			assertThat(calls("blocks-worker")).isOne();
			assertThat(calls("quick")).isGreaterThan(10);
			assertThatIsSilent();
		}
		finally {
			release.countDown();
		}
	}

	@Test
	void handlerThatBlocksTheEventLoop() throws IOException {
		Blocking.release = new CountDownLatch(1);
		long start = System.nanoTime();
		try (Agent agent = start("100ms", Blocking.class)) {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(100 + 1000 + 1000));
			assertThat(calls("blocks-event-loop")).isOne();
			assertThatIsSilent();
		}
		finally {
			Blocking.release.countDown();
		}
	}

	@Test
	void showsInNoMeter() throws IOException {
		Metered.registry = new SimpleMeterRegistry();
		try (Agent agent = start("500ms", Metered.class, Places.class, Failures.class)) {
			assertThat(calls("event-loop")).isPositive();
			for (Meter meter : Metered.registry.getMeters()) {
				if (!meter.getId().getName().startsWith("spoe.server.frames")
						&& !meter.getId().getName().startsWith("spoe.server.connections")) {
					assertThat(meter.measure()).as(meter.getId().toString())
						.allMatch((measurement) -> measurement.getValue() == 0);
				}
			}
			// This test has sent a HELLO.
			Set<String> messages = Metered.registry.getMeters()
				.stream()
				.map((meter) -> meter.getId().getTag("message"))
				.filter((message) -> message != null && message.startsWith("warm-up"))
				.collect(Collectors.toSet());
			assertThat(messages).isEmpty();
		}
	}

	@Test
	void createsLazyBean() throws IOException {
		try (Agent agent = start("500ms", LazyHandler.class, OtherLazyHandler.class)) {
			assertThat(calls("created")).isOne();
			assertThat(calls("created-other")).isZero();
			assertThat(calls("lazy")).isPositive();
		}
	}

	@Test
	void isBeforeTheServerListens() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			Connecting.port = free.getLocalPort();
		}
		try (Agent agent = Agent.start(List.of("spoe.server.warmup=200ms", "spoe.server.port=" + Connecting.port),
				Connecting.class)) {
			assertThat(calls("refused")).isPositive();
			assertThat(calls("connected")).isZero();
			assertThat(calls("started")).isOne();
			assertThat(calls("late")).isZero();
		}
	}

	@Test
	void leavesNoThread() throws IOException {
		try (Agent agent = start("100ms", Places.class)) {
			Awaitility.await()
				.atMost(5, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
					.noneMatch((thread) -> thread.getName().startsWith("spoe-warmup")));
		}
	}

	static class Places {

		@SpoeMessageHandler(value = { "event-loop", "event-loop-too" }, execution = SpoeExecution.EVENT_LOOP,
				warmup = true)
		void eventLoop(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "name", "value");
			called("event-loop");
		}

		@SpoeMessageHandler(value = "worker", warmup = true)
		void worker() {
			called("worker");
		}

		@SpoeMessageHandler(value = "mono", warmup = true)
		Mono<Void> mono() {
			return Mono.<Void>empty().delaySubscription(Duration.ofNanos(1)).doFirst(() -> called("mono"));
		}

		@SpoeMessageHandler(value = "not-asked", execution = SpoeExecution.EVENT_LOOP)
		void notAsked() {
			called("not-asked");
		}

		@SpoeMessageHandler("not-asked-worker")
		void notAskedWorker() {
			called("not-asked-worker");
		}

	}

	static class Silent {

		@SpoeMessageHandler(value = "silent", execution = SpoeExecution.EVENT_LOOP)
		void silent() {
			called("silent");
		}

	}

	static class Arguments {

		static final List<String> seen = Collections.synchronizedList(new ArrayList<>());

		private final AtomicInteger count = new AtomicInteger();

		@SpoeMessageHandler(value = "arguments", warmup = true)
		void arguments(@SpoeArg("a") InetAddress address, @SpoeArg("b") Inet4Address inet4,
				@SpoeArg("c") Inet6Address inet6, @SpoeArg("d") String text, @SpoeArg("e") byte[] bytes,
				@SpoeArg("f") ByteBuffer buffer, @SpoeArg("g") int small, @SpoeArg("h") long large,
				@SpoeArg("i") boolean bool, @SpoeArg("j") Kind kind, @SpoeArg("k") Optional<InetAddress> optional,
				@SpoeArg(value = "l", required = false) UUID nothing,
				@SpoeArg(value = "m", defaultValue = "7s") Duration time, @SpoeArg("n") HttpHeaders headers,
				@SpoeArg("o") MultiValueMap<String, String> map, @SpoeArgs Numbers numbers, SpoeMessage message) {
			if (this.count.getAndIncrement() == 0) {
				seen.addAll(List.of(address.toString(), inet4.toString(), inet6.toString(), "'" + text + "'",
						bytes.length + " bytes", buffer.remaining() + " remaining", "" + small, "" + large, "" + bool,
						kind.name(), optional.toString(), "" + nothing, time.toSeconds() + "s",
						headers.size() + " headers", "" + map, "" + numbers,
						"message of " + message.getArguments().size()));
			}
		}

		@SpoeMessageHandler(value = "cannot-be-made-up", warmup = true)
		void uuid(@SpoeArg("id") UUID id) {
			called("cannot-be-made-up");
		}

		enum Kind {

			FIRST, SECOND {

				@Override
				public String toString() {
					return "second";
				}

			}

		}

	}

	static class Failures {

		@SpoeMessageHandler(value = "fails-event-loop", execution = SpoeExecution.EVENT_LOOP, warmup = true)
		void eventLoop() {
			called("fails-event-loop");
			throw new IllegalStateException();
		}

		@SpoeMessageHandler(value = "fails-error", execution = SpoeExecution.EVENT_LOOP, warmup = true)
		void error() {
			called("fails-error");
			throw new AssertionError();
		}

		@SpoeMessageHandler(value = "fails-worker", warmup = true)
		void worker() {
			called("fails-worker");
			throw new IllegalStateException();
		}

		@SpoeMessageHandler(value = "fails-mono", warmup = true)
		Mono<Void> mono() {
			called("fails-mono");
			return Mono.error(new IllegalStateException());
		}

	}

	static class Slow {

		@SpoeMessageHandler(value = "never", warmup = true)
		Mono<Void> never() {
			called("never");
			return Mono.never();
		}

		@SpoeMessageHandler(value = "blocks-worker", warmup = true)
		void blocks() throws InterruptedException {
			called("blocks-worker");
			release.await();
		}

		@SpoeMessageHandler(value = "quick", warmup = true)
		void quick() {
			called("quick");
		}

	}

	static class Blocking {

		static CountDownLatch release;

		@SpoeMessageHandler(value = "blocks-event-loop", execution = SpoeExecution.EVENT_LOOP, warmup = true)
		void blocks() throws InterruptedException {
			called("blocks-event-loop");
			release.await();
		}

	}

	@Lazy
	static class LazyHandler {

		LazyHandler() {
			called("created");
		}

		@SpoeMessageHandler(value = "lazy", warmup = true)
		void lazy() {
			called("lazy");
		}

	}

	@Lazy
	static class OtherLazyHandler {

		OtherLazyHandler() {
			called("created-other");
		}

		@SpoeMessageHandler("other-lazy")
		void lazy() {
		}

	}

	static class Connecting {

		static int port;

		@SpoeMessageHandler(value = "connect", warmup = true)
		void connect() {
			if (calls("started") > 0) {
				called("late");
			}
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress("127.0.0.1", port));
				called("connected");
			}
			catch (IOException ex) {
				called("refused");
			}
		}

		@EventListener
		void onStart(SpoeServerStartedEvent event) {
			called("started");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Metered {

		static MeterRegistry registry;

		@Bean
		SpoeMetrics metrics() {
			return new MicrometerSpoeMetrics(registry);
		}

	}

	record Numbers(byte tiny, BigInteger big) {

	}

}
