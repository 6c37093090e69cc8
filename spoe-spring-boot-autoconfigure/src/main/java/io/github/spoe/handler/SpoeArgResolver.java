/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeType;
import io.github.spoe.server.ArgumentFailure;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link ArgumentResolver} of a parameter with {@link SpoeArg @SpoeArg}. A record, as the
 * JIT compiler takes the fields of one for constants.
 *
 * @param name the name of the argument
 * @param converter what converts the argument
 * @param required whether it is an error if the argument is absent
 * @param optional whether the parameter is an {@link Optional}
 * @param defaultValue what takes the place of an absent argument
 */
record SpoeArgResolver(String name, ArgumentConverter converter, boolean required, boolean optional,
		@Nullable String defaultValue) implements ArgumentResolver {

	@Override
	public @Nullable Object resolve(SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) {
		SpoeArgument argument = message.getArgument(this.name);
		Object value = (argument != null && argument.getType() != SpoeType.NULL)
				? this.converter.convert(message, argument) : null;
		if (value == null) {
			value = absent(message, argument);
		}
		return this.optional ? Optional.ofNullable(value) : value;
	}

	private @Nullable Object absent(SpoeMessage message, @Nullable SpoeArgument argument) {
		if (this.required) {
			SpoeType type = (argument != null) ? argument.getType() : null;
			throw ArgumentFailure.of(message.getName(), this.name, type,
					((type != null && type != SpoeType.NULL) ? " and is converted to null" : "") + " (expected: "
							+ this.converter.type().getResolvableType() + ")");
		}
		// Converted anew, as the value may be mutable.
		return (this.defaultValue != null) ? this.converter.convert(this.defaultValue) : null;
	}

	@Override
	public boolean makeUp(Map<String, Object> arguments) {
		Object value = MadeUpArgument.of(this.converter.boxedType());
		if (value != null) {
			arguments.putIfAbsent(this.name, value);
		}
		return value != null || !this.required;
	}

}
