/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.spoe.server.SpoeExchange;

/**
 * What answers for the handler methods of one bean when they fail.
 */
final class ExceptionHandlers {

	static final ExceptionHandlers NONE = new ExceptionHandlers(List.of());

	/**
	 * As far as causes are looked at. They may lead round in a circle.
	 */
	private static final int MAX_CAUSES = 10;

	private final List<ExceptionHandlerMethods> beans;

	private final Map<Class<?>, Optional<HandlerMethod>> byException = new ConcurrentHashMap<>();

	/**
	 * Create new exception handlers.
	 * @param beans the methods of the bean itself and of advices, in the order in which
	 * they are asked
	 */
	ExceptionHandlers(List<ExceptionHandlerMethods> beans) {
		this.beans = beans;
	}

	/**
	 * Answer a message that has failed.
	 * @param exchange the exchange, at that message, without its variables
	 * @param failure why it has failed
	 * @return {@code false} if no method answers such a failure
	 * @throws Throwable what the method throws
	 */
	boolean answer(SpoeExchange exchange, Throwable failure) throws Throwable {
		Throwable cause = failure;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			HandlerMethod method = forException(cause.getClass());
			if (method != null) {
				method.invoke(exchange, cause);
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private @Nullable HandlerMethod forException(Class<?> exception) {
		return this.byException.computeIfAbsent(exception, this::find).orElse(null);
	}

	private Optional<HandlerMethod> find(Class<?> exception) {
		for (ExceptionHandlerMethods methods : this.beans) {
			HandlerMethod method = methods.nearest(exception);
			if (method != null) {
				return Optional.of(method);
			}
		}
		return Optional.empty();
	}

}
