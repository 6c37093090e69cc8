/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * Calls a handler method.
 */
@FunctionalInterface
interface HandlerCall {

	/**
	 * Call the method.
	 * @param bean the bean
	 * @param message the message to take arguments from
	 * @param response the response of the message
	 * @param origin where the message comes from
	 * @param failure why the message has failed, {@code null} if it has not
	 * @return what the method returns, {@code null} if nothing
	 * @throws Throwable what a resolver or the method throws
	 */
	@Nullable Object call(Object bean, SpoeMessage message, SpoeResponse response, SpoeOrigin origin, @Nullable Throwable failure)
			throws Throwable;

}
