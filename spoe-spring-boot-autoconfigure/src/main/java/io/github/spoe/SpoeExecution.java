/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

/**
 * Where a handler method runs.
 *
 * @since 0.1.0
 */
public enum SpoeExecution {

	/**
	 * Decided by the return type: {@code void} runs on a worker, as it may block, and an
	 * asynchronous type starts on the event loop.
	 */
	AUTO,

	/**
	 * On the event loop of the connection, without a hand-over. For methods that only
	 * compute: one that blocks stalls every stream of that loop.
	 */
	EVENT_LOOP,

	/**
	 * On a worker thread, where it may block.
	 */
	WORKER

}
