/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.UnpooledByteBufAllocator;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeScope;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerListener;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.server.SpoeWarmup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Warmup}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class WarmupTests {

	private static final Duration TIME = Duration.ofMillis(200);

	private static final SpoeWarmup.Message MESSAGE = new SpoeWarmup.Message("message", Map.of());

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

	private final AtomicInteger calls = new AtomicInteger();

	private final RecordingMetrics metrics = new RecordingMetrics();

	private long millis;

	private void warmUp(Duration time, SpoeDispatcher dispatcher) {
		warmUp(time, dispatcher, 16384);
	}

	private void warmUp(Duration time, SpoeDispatcher dispatcher, int maxFrameSize) {
		ConnectionSettings settings = new ConnectionSettings(dispatcher, this.metrics, maxFrameSize, true);
		long start = System.nanoTime();
		new Warmup(settings, time, this.allocator).run();
		this.millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
	}

	private void assertThatNothingLeaks() {
		Awaitility.await().untilAsserted(() -> {
			assertThat(this.allocator.metric().usedDirectMemory()).isZero();
			assertThat(this.allocator.metric().usedHeapMemory()).isZero();
		});
	}

	@Test
	void answersMessagesForTheTime() {
		warmUp(TIME, new Warm((exchange) -> {
			while (exchange.next()) {
				exchange.getResponse().setVar(SpoeScope.SESSION, "name", exchange.getMessageName());
			}
			exchange.complete();
		}));
		assertThat(this.calls).hasValueGreaterThan(10);
		assertThat(this.millis).isBetween(TIME.toMillis() - 10, TIME.toMillis() + 1000);
		assertThatNothingLeaks();
	}

	@Test
	void sendsArgumentsAsTheyAre() throws Exception {
		InetAddress address = InetAddress.getByName("192.0.2.1");
		CompletableFuture<List<SpoeArgument>> sent = new CompletableFuture<>();
		SpoeWarmup.Message message = new SpoeWarmup.Message("message",
				Map.of("bool", true, "long", 7L, "text", "text", "address", address, "bytes", new byte[] { 1 }));
		Warm dispatcher = new Warm((exchange) -> {
			exchange = exchange.detach();
			exchange.next();
			sent.complete(exchange.getMessage().getArguments());
			exchange.complete();
		}, message);
		// A machine that is busy may not come to it in one.
		while (!sent.isDone()) {
			warmUp(TIME, dispatcher);
		}
		assertThat(sent.get()).extracting(SpoeArgument::getName, SpoeArgument::getValue)
			.containsExactlyInAnyOrder(Tuple.tuple("bool", true), Tuple.tuple("long", 7L), Tuple.tuple("text", "text"),
					Tuple.tuple("address", address), Tuple.tuple("bytes", new byte[] { 1 }));
		assertThatNothingLeaks();
	}

	@Test
	void isNotFollowed() {
		List<SocketAddress> opened = new CopyOnWriteArrayList<>();
		SpoeServerListener listener = new SpoeServerListener() {

			@Override
			public void connectionOpened(SocketAddress peer) {
				opened.add(peer);
			}

		};
		ConnectionSettings settings = new ConnectionSettings(new Warm(SpoeExchange::complete), this.metrics, 16384,
				true, SpoeServerLimits.DEFAULT, SpoeServerTimeouts.DEFAULT, VariableName.MIN_PREFIX_LENGTH,
				List.of(listener), Duration.ZERO);
		new Warmup(settings, TIME, this.allocator).run();
		assertThat(this.calls).hasPositiveValue();
		assertThat(opened).isEmpty();
	}

	@Test
	void isNotWatched(CapturedOutput output) throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		ConnectionSettings settings = new ConnectionSettings(new Warm((exchange) -> {
			exchange.next();
			exchange.started();
			await(never);
			exchange.complete();
		}), this.metrics, 16384, true, SpoeServerLimits.DEFAULT, SpoeServerTimeouts.DEFAULT,
				VariableName.MIN_PREFIX_LENGTH, List.of(), Duration.ofMillis(5));
		Thread watchdog = settings.watchdog().start();
		new Warmup(settings, TIME, this.allocator).run();
		watchdog.interrupt();
		watchdog.join();
		assertThat(this.calls).hasPositiveValue();
		assertThat(output).doesNotContain("busy");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(50, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void isNotMeasured() {
		warmUp(TIME, new Warm(SpoeExchange::complete));
		assertThat(this.calls).hasPositiveValue();
		assertThat(this.metrics.received).isZero();
		assertThat(this.metrics.sent).isZero();
		assertThat(this.metrics.activeNotifies).isZero();
		assertThat(this.metrics.activeConnections).isZero();
		assertThat(this.metrics.notifies).isEmpty();
	}

	@Test
	void discardingMetricsCauseTheSameWork() {
		assertThat(this.metrics.discarding().isTimed()).isTrue();
		assertThat(SpoeMetrics.NONE.discarding()).isSameAs(SpoeMetrics.NONE);
	}

	@Test
	void noTime() {
		SpoeDispatcher dispatcher = new Warm(SpoeExchange::complete) {

			@Override
			public SpoeWarmup warmup() {
				throw new AssertionError();
			}

		};
		warmUp(Duration.ZERO, dispatcher);
		assertThat(this.calls).hasValue(0);
	}

	@Test
	void nothingToSend() {
		warmUp(Duration.ofSeconds(10), SpoeExchange::complete);
		assertThat(this.millis).isLessThan(1000);
		warmUp(Duration.ofSeconds(10), new Warm(SpoeExchange::complete, new SpoeWarmup.Message[0]));
		assertThat(this.millis).isLessThan(1000);
	}

	@Test
	void dispatcherThatFails(CapturedOutput output) {
		SpoeDispatcher dispatcher = new Warm(SpoeExchange::complete) {

			@Override
			public SpoeWarmup warmup() {
				throw new IllegalStateException();
			}

		};
		warmUp(TIME, dispatcher);
		assertThat(output).isEmpty();
	}

	@Test
	void unansweredMessageHoldsUpNoOther() {
		AtomicInteger unanswered = new AtomicInteger();
		SpoeWarmup.Message other = new SpoeWarmup.Message("unanswered", Map.of());
		warmUp(TIME, new Warm((exchange) -> {
			exchange.next();
			if (exchange.getMessageName().equals("unanswered")) {
				unanswered.incrementAndGet();
				exchange.detach();
			}
			else {
				exchange.complete();
			}
		}, other, MESSAGE));
		assertThat(unanswered).hasValue(1);
		assertThat(this.calls).hasValueGreaterThan(10);
		assertThat(this.millis).isLessThan(TIME.toMillis() + 1000);
		assertThatNothingLeaks();
	}

	@Test
	void answersFromOtherThreads() {
		warmUp(TIME, new Warm((exchange) -> {
			SpoeExchange detached = exchange.detach();
			CompletableFuture.runAsync(detached::complete);
		}));
		assertThat(this.calls).hasValueGreaterThan(10);
		assertThatNothingLeaks();
	}

	@Test
	void answersThatComeTooLate() throws Exception {
		CompletableFuture<SpoeExchange> late = new CompletableFuture<>();
		warmUp(TIME, new Warm((exchange) -> late.complete(exchange.detach())));
		late.get().complete();
		assertThatNothingLeaks();
	}

	@Test
	void messageThatFitsInNoFrame(CapturedOutput output) {
		SpoeWarmup.Message message = new SpoeWarmup.Message("message", Map.of("long", "x".repeat(300)));
		warmUp(TIME, new Warm(SpoeExchange::complete, message, MESSAGE), 256);
		assertThat(this.calls).hasValueGreaterThan(10);
		assertThat(output).isEmpty();
	}

	@Test
	void interruptedStart() {
		Thread.currentThread().interrupt();
		warmUp(Duration.ofSeconds(10), new Warm(SpoeExchange::complete));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.millis).isLessThan(2000);
		assertThatNothingLeaks();
	}

	@Test
	void isClosed() {
		Warm warm = new Warm(SpoeExchange::complete);
		warmUp(TIME, warm);
		assertThat(warm.closed).isPositive();
	}

	/**
	 * {@link SpoeDispatcher} that is for a warm-up only.
	 */
	private class Warm implements SpoeDispatcher, SpoeWarmup {

		private final SpoeDispatcher dispatcher;

		private final List<Message> messages;

		private int closed;

		Warm(SpoeDispatcher dispatcher, Message... messages) {
			this.dispatcher = dispatcher;
			this.messages = List.of(messages);
		}

		Warm(SpoeDispatcher dispatcher) {
			this(dispatcher, MESSAGE);
		}

		@Override
		public void dispatch(SpoeExchange exchange) {
			throw new AssertionError("no real message");
		}

		@Override
		public @Nullable SpoeWarmup warmup() {
			return this;
		}

		@Override
		public List<Message> getMessages() {
			return this.messages;
		}

		@Override
		public SpoeDispatcher getDispatcher() {
			return (exchange) -> {
				WarmupTests.this.calls.incrementAndGet();
				this.dispatcher.dispatch(exchange);
			};
		}

		@Override
		public void close() {
			this.closed++;
		}

	}

}
