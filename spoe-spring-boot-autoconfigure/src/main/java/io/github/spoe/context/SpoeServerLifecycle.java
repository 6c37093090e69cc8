/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.context;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerFactory;

/**
 * Starts and stops an {@link SpoeServer} with the application context, in the default
 * phase: the server starts when what handlers may need is running, and stops before that
 * does.
 *
 * @since 0.1.0
 */
public class SpoeServerLifecycle implements SmartLifecycle {

	private final SpoeServerFactory serverFactory;

	private final Supplier<SpoeDispatcher> dispatcher;

	private final ApplicationEventPublisher eventPublisher;

	private volatile @Nullable SpoeServer server;

	/**
	 * Create a new lifecycle.
	 * @param serverFactory what creates the server
	 * @param dispatcher supplies what answers the messages; asked when the server is
	 * started, as all beans are known then
	 * @param eventPublisher what is told that the server is started or stopped
	 */
	public SpoeServerLifecycle(SpoeServerFactory serverFactory, Supplier<SpoeDispatcher> dispatcher,
			ApplicationEventPublisher eventPublisher) {
		this.serverFactory = serverFactory;
		this.dispatcher = dispatcher;
		this.eventPublisher = eventPublisher;
	}

	@Override
	public void start() {
		SpoeServer started = this.serverFactory.createServer(this.dispatcher.get());
		started.start();
		this.server = started;
		this.eventPublisher.publishEvent(new SpoeServerStartedEvent(started));
	}

	@Override
	public void stop() {
		SpoeServer stopped = this.server;
		if (stopped != null) {
			this.server = null;
			stopped.stop().toCompletableFuture().join();
			this.eventPublisher.publishEvent(new SpoeServerStoppedEvent(stopped));
		}
	}

	@Override
	public void stop(Runnable callback) {
		SpoeServer stopped = this.server;
		if (stopped == null) {
			callback.run();
			return;
		}
		this.server = null;
		stopped.stop().whenComplete((none, ex) -> {
			try {
				this.eventPublisher.publishEvent(new SpoeServerStoppedEvent(stopped));
			}
			finally {
				callback.run();
			}
		});
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	/**
	 * Return false: HAProxy's connections do not survive a pause, so that a cached test
	 * context must not be paused.
	 * @return {@code false}
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
