/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.context;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerException;
import io.github.spoe.server.SpoeServerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SpoeServerLifecycle}.
 */
@Timeout(10)
class SpoeServerLifecycleTests {

	private final List<TestServer> servers = new ArrayList<>();

	private final List<Object> events = new ArrayList<>();

	private final SpoeServerLifecycle lifecycle = lifecycle(this.events::add);

	private SpoeServerLifecycle lifecycle(ApplicationEventPublisher eventPublisher) {
		SpoeServerFactory factory = (dispatcher) -> {
			TestServer server = new TestServer(dispatcher);
			this.servers.add(server);
			return server;
		};
		return new SpoeServerLifecycle(factory, () -> SpoeExchange::complete, eventPublisher);
	}

	@Test
	void createsNothingBeforeStart() {
		assertThat(this.lifecycle.isRunning()).isFalse();
		assertThat(this.servers).isEmpty();
	}

	@Test
	void start() {
		this.lifecycle.start();
		assertThat(this.lifecycle.isRunning()).isTrue();
		assertThat(this.servers).hasSize(1);
		assertThat(this.servers.get(0).started).isTrue();
		assertThat(this.servers.get(0).dispatcher).isNotNull();
		assertThat(this.events).singleElement().isInstanceOfSatisfying(SpoeServerStartedEvent.class, (event) -> {
			assertThat(event.getServer()).isSameAs(this.servers.get(0)).isSameAs(event.getSource());
			assertThat(event.getServer().address()).isEqualTo(TestServer.ADDRESS);
		});
	}

	@Test
	void startThatFails() {
		SpoeServerLifecycle lifecycle = new SpoeServerLifecycle((dispatcher) -> new TestServer(dispatcher) {

			@Override
			public void start() {
				throw new SpoeServerException("no luck", null);
			}

		}, () -> SpoeExchange::complete, this.events::add);
		assertThatExceptionOfType(SpoeServerException.class).isThrownBy(lifecycle::start).withMessage("no luck");
		assertThat(lifecycle.isRunning()).isFalse();
		assertThat(this.events).isEmpty();
	}

	@Test
	void serverRunsThoughListenerFails() {
		SpoeServerLifecycle lifecycle = lifecycle((event) -> {
			throw new IllegalStateException("listener");
		});
		assertThatException().isThrownBy(lifecycle::start).withMessage("listener");
		// So that the context, which fails to start, stops the server.
		assertThat(lifecycle.isRunning()).isTrue();
	}

	@Test
	void stopWaits() {
		this.lifecycle.start();
		TestServer server = this.servers.get(0);
		CompletableFuture<Void> stop = CompletableFuture.runAsync(this.lifecycle::stop);
		server.stopping.join();
		assertThat(stop).isNotDone();
		assertThat(this.events).hasSize(1);
		server.stopped.complete(null);
		assertThat(stop).succeedsWithin(Duration.ofSeconds(5));
		assertThatIsStopped(server);
	}

	@Test
	void stopWithCallbackDoesNotWait() {
		this.lifecycle.start();
		TestServer server = this.servers.get(0);
		AtomicBoolean called = new AtomicBoolean();
		this.lifecycle.stop(() -> called.set(true));
		assertThat(server.stopping).isCompleted();
		assertThat(called).isFalse();
		assertThat(this.events).hasSize(1);
		server.stopped.complete(null);
		assertThat(called).isTrue();
		assertThatIsStopped(server);
	}

	private void assertThatIsStopped(TestServer server) {
		assertThat(this.lifecycle.isRunning()).isFalse();
		assertThat(this.events).hasSize(2);
		assertThat(this.events.get(1)).isInstanceOfSatisfying(SpoeServerStoppedEvent.class,
				(event) -> assertThat(event.getServer()).isSameAs(server));
	}

	@Test
	void callbackIsCalledThoughStopFails() {
		this.lifecycle.start();
		this.servers.get(0).stopped.completeExceptionally(new SpoeServerException("no luck", null));
		AtomicBoolean called = new AtomicBoolean();
		this.lifecycle.stop(() -> called.set(true));
		assertThat(called).isTrue();
	}

	@Test
	void callbackIsCalledThoughListenerFails() {
		SpoeServerLifecycle lifecycle = lifecycle((event) -> {
			if (event instanceof SpoeServerStoppedEvent) {
				throw new IllegalStateException("listener");
			}
		});
		lifecycle.start();
		this.servers.get(0).stopped.complete(null);
		AtomicBoolean called = new AtomicBoolean();
		lifecycle.stop(() -> called.set(true));
		assertThat(called).isTrue();
	}

	@Test
	void stopWithoutStart() {
		this.lifecycle.stop();
		AtomicBoolean called = new AtomicBoolean();
		this.lifecycle.stop(() -> called.set(true));
		assertThat(called).isTrue();
		assertThat(this.events).isEmpty();
	}

	@Test
	void restart() {
		this.lifecycle.start();
		this.servers.get(0).stopped.complete(null);
		this.lifecycle.stop();
		this.lifecycle.start();
		assertThat(this.lifecycle.isRunning()).isTrue();
		assertThat(this.servers).hasSize(2);
		assertThat(this.events).hasExactlyElementsOfTypes(SpoeServerStartedEvent.class, SpoeServerStoppedEvent.class,
				SpoeServerStartedEvent.class);
	}

	@Test
	void startsAfterAndStopsBeforeWhatHandlersMayNeed() {
		assertThat(this.lifecycle.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE);
		assertThat(this.lifecycle.isAutoStartup()).isTrue();
	}

	@Test
	void isNotPauseable() {
		assertThat(this.lifecycle.isPauseable()).isFalse();
	}

	private static class TestServer implements SpoeServer {

		private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("localhost", 9000);

		private final SpoeDispatcher dispatcher;

		private final CompletableFuture<Void> stopping = new CompletableFuture<>();

		private final CompletableFuture<Void> stopped = new CompletableFuture<>();

		private boolean started;

		TestServer(SpoeDispatcher dispatcher) {
			this.dispatcher = dispatcher;
		}

		@Override
		public void start() {
			this.started = true;
		}

		@Override
		public CompletionStage<Void> stop() {
			this.stopping.complete(null);
			return this.stopped;
		}

		@Override
		public @Nullable SocketAddress address() {
			return ADDRESS;
		}

	}

}
