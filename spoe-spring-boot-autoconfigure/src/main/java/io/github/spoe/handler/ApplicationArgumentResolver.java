/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.util.ClassUtils;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link ArgumentResolver} that asks one of the application.
 *
 * @param resolver what is asked
 * @param parameter the parameter
 */
record ApplicationArgumentResolver(SpoeHandlerMethodArgumentResolver resolver,
		MethodParameter parameter) implements ArgumentResolver {

	@Override
	public @Nullable Object resolve(SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) throws Exception {
		Object value = this.resolver.resolveArgument(this.parameter, message, origin.getContext());
		if (!ClassUtils.isAssignableValue(this.parameter.getParameterType(), value)) {
			throw new IllegalStateException(this.resolver.getClass().getName() + " resolved parameter "
					+ this.parameter.getParameterIndex() + " of " + this.parameter.getExecutable() + " to "
					+ ((value != null) ? value.getClass().getName() : "null"));
		}
		return value;
	}

	@Override
	public boolean keepsMessage() {
		return true;
	}

	// What it needs of a message is not known.
	@Override
	public boolean makeUp(Map<String, Object> arguments) {
		return false;
	}

}
