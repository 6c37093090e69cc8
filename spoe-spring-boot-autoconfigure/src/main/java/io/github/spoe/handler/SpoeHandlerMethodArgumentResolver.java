/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;

/**
 * Resolves parameters of handler methods that have a type or an annotation of the
 * application. Beans of this type are asked in their order, for parameters that
 * {@link io.github.spoe.SpoeArg @SpoeArg}, {@link io.github.spoe.SpoeArgs @SpoeArgs} and
 * the types of this library leave. The first one that supports a parameter is chosen when
 * the application starts.
 * <p>
 * A method with such a parameter is not called for warm-up.
 *
 * @since 0.1.0
 */
public interface SpoeHandlerMethodArgumentResolver {

	/**
	 * Return whether this resolves a parameter. Called once, when the application starts.
	 * @param parameter the parameter
	 * @return whether the resolver is chosen for the parameter
	 */
	boolean supportsParameter(MethodParameter parameter);

	/**
	 * Resolve the argument of a parameter. Called for each message, by the thread that
	 * then calls the method: by several at a time, and for a method on the event loop by
	 * that, where it must not block.
	 * @param parameter the parameter, for which {@link #supportsParameter} was
	 * {@code true}
	 * @param message the message, which may be held on to
	 * @param context where the message comes from
	 * @return the argument
	 * @throws Exception the failure of the message
	 */
	@Nullable Object resolveArgument(MethodParameter parameter, SpoeMessage message, SpoeContext context) throws Exception;

}
