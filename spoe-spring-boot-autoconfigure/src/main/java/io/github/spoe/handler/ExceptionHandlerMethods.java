/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The methods of one bean with {@link io.github.spoe.SpoeExceptionHandler}.
 *
 * @param byType the methods by the type of exception that they answer
 */
record ExceptionHandlerMethods(Map<Class<?>, HandlerMethod> byType) {

	/**
	 * Return the method whose type is nearest to that of an exception.
	 * @param exception the class of the exception
	 * @return the method, or {@code null} if none answers it
	 */
	@Nullable HandlerMethod nearest(Class<?> exception) {
		for (Class<?> type = exception; type != null; type = type.getSuperclass()) {
			HandlerMethod method = this.byType.get(type);
			if (method != null) {
				return method;
			}
		}
		return null;
	}

}
