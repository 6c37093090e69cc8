/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import org.jspecify.annotations.Nullable;

/**
 * Answers what HAProxy asks.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SpoeDispatcher {

	/**
	 * Answer the messages of a NOTIFY frame. Called on the event loop of the connection,
	 * which must not be blocked. The exchange must be {@link SpoeExchange#complete()
	 * completed} once, now or, if it was {@link SpoeExchange#detach() detached}, later.
	 * @param exchange the messages and the response
	 */
	void dispatch(SpoeExchange exchange);

	/**
	 * Return what can be sent, before there is any real message, to have the code that
	 * answers messages compiled.
	 * @return the warm-up, to be closed, or {@code null} if there is none
	 */
	default @Nullable SpoeWarmup warmup() {
		return null;
	}

}
