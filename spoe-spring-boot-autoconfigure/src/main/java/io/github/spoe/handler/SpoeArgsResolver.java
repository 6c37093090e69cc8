/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeArgs;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link ArgumentResolver} of a record that is made of arguments, as
 * {@link SpoeArgs @SpoeArgs} says.
 *
 * @param constructor resolves the components and calls the canonical constructor
 * @param components what resolves the components
 */
record SpoeArgsResolver(MethodHandle constructor, List<ArgumentResolver> components) implements ArgumentResolver {

	/**
	 * Create a resolver.
	 * @param constructor the canonical constructor
	 * @param components what resolves its parameters
	 * @return the resolver
	 */
	static SpoeArgsResolver of(Constructor<?> constructor, List<ArgumentResolver> components) {
		try {
			constructor.setAccessible(true);
			MethodHandle handle = MethodHandles.dropArguments(MethodHandles.lookup().unreflectConstructor(constructor),
					0, Object.class);
			MethodHandle resolving = HandlerCalls.compose(handle.asFixedArity(),
					components.toArray(ArgumentResolver[]::new));
			return new SpoeArgsResolver(MethodHandles.insertArguments(resolving, 0, (Object) null), components);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Constructor '" + constructor + "' is not accessible", ex);
		}
	}

	@Override
	public Object resolve(SpoeMessage message, SpoeResponse response, SpoeOrigin origin, @Nullable Throwable failure)
			throws Throwable {
		return (Object) this.constructor.invokeExact(message, response, origin, failure);
	}

	@Override
	public boolean makeUp(Map<String, Object> arguments) {
		return this.components.stream().allMatch((component) -> component.makeUp(arguments));
	}

}
