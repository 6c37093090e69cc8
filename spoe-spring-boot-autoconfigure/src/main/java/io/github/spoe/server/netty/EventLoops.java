/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * The event loops of a server, from its start to its stop. They are no daemons: a server
 * keeps the JVM alive, as an application may have nothing else that does.
 */
final class EventLoops {

	private static final Duration QUIET_PERIOD = Duration.ZERO;

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final int threads;

	private final boolean preferNative;

	private @Nullable LoopResources resources;

	EventLoops(int threads, boolean preferNative) {
		this.threads = threads;
		this.preferNative = preferNative;
	}

	/**
	 * Create the event loops.
	 * @param server the server
	 * @return the server on these event loops
	 */
	TcpServer runOn(TcpServer server) {
		this.resources = LoopResources.create("spoe", 1, this.threads, false, false);
		return server.runOn(this.resources, this.preferNative);
	}

	/**
	 * End the event loops.
	 * @return completes when they have ended
	 */
	CompletableFuture<Void> dispose() {
		LoopResources disposed = this.resources;
		this.resources = null;
		return ((disposed != null) ? disposed.disposeLater(QUIET_PERIOD, TIMEOUT) : Mono.<Void>empty()).toFuture();
	}

}
