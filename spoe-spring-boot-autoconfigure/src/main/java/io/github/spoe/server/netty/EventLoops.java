/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * The event loops of a server, from a start to the stop. They are no daemons: a server
 * keeps the JVM alive, as an application may have nothing else that does.
 */
final class EventLoops {

	private static final Duration QUIET_PERIOD = Duration.ZERO;

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final LoopResources resources;

	private final boolean preferNative;

	/**
	 * Create new event loops.
	 * @param threads the number of threads
	 * @param preferNative whether to prefer the operating system's own transport to NIO
	 */
	EventLoops(int threads, boolean preferNative) {
		this.resources = LoopResources.create("spoe", 1, threads, false, false);
		this.preferNative = preferNative;
	}

	/**
	 * Let a server use these event loops.
	 * @param server the server
	 * @return the server on these event loops
	 */
	TcpServer run(TcpServer server) {
		return server.runOn(this.resources, this.preferNative);
	}

	/**
	 * End the event loops.
	 * @return completes when they have ended
	 */
	CompletableFuture<Void> dispose() {
		return this.resources.disposeLater(QUIET_PERIOD, TIMEOUT).toFuture();
	}

}
