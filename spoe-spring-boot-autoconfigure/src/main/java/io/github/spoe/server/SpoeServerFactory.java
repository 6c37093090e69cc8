/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * Creates an {@link SpoeServer}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SpoeServerFactory {

	/**
	 * Create a server that is not started yet.
	 * @param dispatcher what answers the messages
	 * @return the server
	 */
	SpoeServer createServer(SpoeDispatcher dispatcher);

}
