/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * Calls handler methods, with what belongs before and after.
 */
interface HandlerInvoker {

	/**
	 * Calls a method with nothing around it.
	 */
	HandlerInvoker DIRECT = HandlerMethod::invokeDirectly;

	/**
	 * Call a method.
	 * @param method the method
	 * @param message the message
	 * @param response the response
	 * @param origin where the message comes from
	 * @param failure why the message has failed, {@code null} if it has not
	 * @return completes when the method is done, {@code null} if it is
	 * @throws Throwable what the method throws, or why it cannot be called
	 */
	@Nullable CompletionStage<?> invoke(HandlerMethod method, SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) throws Throwable;

	/**
	 * Return whether the message is shown to others than the method, who may hold on to
	 * it.
	 * @return whether the message must stay valid
	 */
	default boolean keepsMessage() {
		return false;
	}

}
