/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;

/**
 * Is called before and after each handler method, on the thread that calls it. Beans of
 * this type are called in the order of {@code @Order} and {@code Ordered}, and after the
 * method in reverse order. What they take counts as time of the handler.
 * <p>
 * Messages that have no handler method are not intercepted, nor are the methods with
 * {@link io.github.spoe.SpoeExceptionHandler}.
 *
 * @since 0.1.0
 */
public interface SpoeMessageInterceptor {

	/**
	 * Called before the handler method. On an event loop, where methods with
	 * {@code EVENT_LOOP} and asynchronous ones are called, it must not block.
	 * @param message the message, which stays valid for as long as it is held
	 * @param context where the message comes from
	 * @param response takes variables, unless the message is acknowledged before its
	 * handler is called; they are dropped if the method fails
	 * @return {@code false} if the message is answered, and neither further interceptors
	 * nor the handler method are to be called
	 * @throws Exception if the message fails, as if the handler method had thrown it
	 */
	default boolean before(SpoeMessage message, SpoeContext context, SpoeResponse response) throws Exception {
		return true;
	}

	/**
	 * Called when the handler method is done, if {@link #before} returned {@code true}.
	 * That is on the thread that called it for a {@code void} method, else on the thread
	 * that completes what it returned. The message may have been answered before, when
	 * its deadline had passed. What is thrown here is logged and has no effect.
	 * @param message the message
	 * @param context where the message comes from
	 * @param failure why the method has failed, {@code null} if it has not
	 */
	default void after(SpoeMessage message, SpoeContext context, @Nullable Throwable failure) {
	}

}
