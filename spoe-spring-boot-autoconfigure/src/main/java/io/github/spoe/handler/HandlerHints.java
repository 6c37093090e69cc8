/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.GenericTypeResolver;

/**
 * Registers what finding and calling a handler method needs of reflection.
 */
final class HandlerHints {

	private final ReflectionHints hints;

	private final ArgumentHints arguments;

	HandlerHints(ReflectionHints hints) {
		this.hints = hints;
		this.arguments = new ArgumentHints(hints);
	}

	/**
	 * Register the hints for a method.
	 * @param method the method
	 * @param beanClass the class of the bean, which may inherit the method
	 */
	void register(Method method, Class<?> beanClass) {
		registerInHierarchy(method, beanClass);
		for (Type type : method.getGenericParameterTypes()) {
			this.arguments.register(GenericTypeResolver.resolveType(type, beanClass));
		}
	}

	// Annotations are found on what the method overrides too, and a JDK proxy has the
	// method of the interface only.
	private void registerInHierarchy(Method method, @Nullable Class<?> type) {
		if (type == null || type == Object.class) {
			return;
		}
		Stream.of(type.getDeclaredMethods())
			.filter((candidate) -> isSameOrOverridden(method, candidate) || hasDefaultArguments(method, candidate))
			.forEach((candidate) -> this.hints.registerMethod(candidate, ExecutableMode.INVOKE));
		registerInHierarchy(method, type.getSuperclass());
		for (Class<?> implemented : type.getInterfaces()) {
			registerInHierarchy(method, implemented);
		}
	}

	// Type variables may make the parameters of an overridden method other ones.
	private static boolean isSameOrOverridden(Method method, Method candidate) {
		return candidate.getName().equals(method.getName())
				&& candidate.getParameterCount() == method.getParameterCount();
	}

	// What Kotlin compiles, and its reflection calls, for parameters with a default.
	private static boolean hasDefaultArguments(Method method, Method candidate) {
		return candidate.getName().equals(method.getName() + "$default");
	}

}
