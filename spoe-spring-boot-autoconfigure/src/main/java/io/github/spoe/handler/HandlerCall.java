/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.server.SpoeExchange;

/**
 * Calls a handler method.
 */
@FunctionalInterface
interface HandlerCall {

	/**
	 * Call the method.
	 * @param bean the bean
	 * @param message the message to take arguments from
	 * @param exchange the exchange of the message
	 * @return what the method returns, {@code null} if nothing
	 * @throws Throwable what a resolver or the method throws
	 */
	@Nullable Object call(Object bean, SpoeMessage message, SpoeExchange exchange) throws Throwable;

}
