/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A server that HAProxy connects to. May be started again after it was stopped.
 *
 * @since 0.1.0
 */
public interface SpoeServer {

	/**
	 * Bind the server and begin to serve. Returns when the server is bound. Does nothing
	 * if the server is started.
	 * @throws SpoeServerException if the server cannot be started
	 */
	void start();

	/**
	 * Begin to stop: accept no connection any more, answer what is in flight, and say
	 * goodbye to HAProxy.
	 * @return completes when no connection is left or the grace period has passed
	 */
	CompletionStage<Void> stop();

	/**
	 * Return the address that the server is bound to.
	 * @return the address, or {@code null} if the server is not started
	 */
	@Nullable SocketAddress address();

}
