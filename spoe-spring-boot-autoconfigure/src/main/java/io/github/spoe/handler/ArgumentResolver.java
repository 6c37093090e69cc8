/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * Resolves the argument of one parameter of a handler method.
 */
@FunctionalInterface
interface ArgumentResolver {

	/**
	 * Resolve the argument.
	 * @param message the message
	 * @param response the response of the message
	 * @param origin where the message comes from
	 * @param failure why the message has failed, {@code null} if it has not
	 * @return the argument
	 * @throws Throwable the failure of the message
	 */
	@Nullable Object resolve(SpoeMessage message, SpoeResponse response, SpoeOrigin origin, @Nullable Throwable failure)
			throws Throwable;

	/**
	 * Return whether the argument is a view of the message, which the method may hold on
	 * to.
	 * @return whether the message must be a copy
	 */
	default boolean keepsMessage() {
		return false;
	}

	/**
	 * Make up what the resolver needs of a message.
	 * @param arguments where an argument is added to, by its name
	 * @return {@code false} if it needs what cannot be made up
	 */
	default boolean makeUp(Map<String, Object> arguments) {
		return true;
	}

}
