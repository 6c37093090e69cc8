/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Tells what methods are Kotlin functions, and finds the mistakes that only those can
 * have. Works without Kotlin too.
 */
final class KotlinMethod {

	private static final String REFLECTION = "org.jetbrains.kotlin:kotlin-reflect";

	private static final String COROUTINES = "org.jetbrains.kotlinx:kotlinx-coroutines-reactor";

	private KotlinMethod() {
	}

	/**
	 * Return whether a method is written in Kotlin.
	 * @param method the method
	 * @return {@code false} if nothing of Kotlin may be asked for
	 */
	static boolean isKotlin(Method method) {
		return KotlinDetector.isKotlinType(method.getDeclaringClass());
	}

	/**
	 * Return whether a method is a {@code suspend} function.
	 * @param method the method
	 * @return whether its last parameter is the continuation
	 */
	static boolean isSuspend(Method method) {
		return isKotlin(method) && KotlinDetector.isSuspendingFunction(method);
	}

	/**
	 * Return the number of parameters.
	 * @param method the method
	 * @return the number, without the continuation
	 */
	static int getParameterCount(Method method) {
		return method.getParameterCount() - (isSuspend(method) ? 1 : 0);
	}

	/**
	 * Find the mistakes in a handler method.
	 * @param method the method
	 * @param description the method, for a reader
	 * @throws FailureAnalyzedException if there is a mistake
	 */
	static void check(Method method, String description) {
		if (!isKotlin(method)) {
			return;
		}
		if (!KotlinDetector.isKotlinReflectPresent()) {
			throw missing(description, "is written in Kotlin", REFLECTION);
		}
		if (isSuspend(method)) {
			checkSuspend(method, description);
		}
		if (KotlinHandlerCall.isExtension(method)) {
			throw new FailureAnalyzedException("The " + description + " is an extension function.",
					"Make its receiver a parameter.");
		}
		if (!KotlinHandlerCall.isPossible(method)) {
			throw new FailureAnalyzedException(
					"A parameter of " + description + " is of a value class whose constructor is not public.",
					"Use the type that the value class wraps, or make its constructor public.");
		}
	}

	private static void checkSuspend(Method method, String description) {
		Class<?> returned = ResolvableType.forMethodParameter(method, method.getParameterCount() - 1)
			.getGeneric()
			.resolve(Object.class);
		if (!returned.getName().equals("kotlin.Unit")) {
			throw new FailureAnalyzedException(
					"The return type " + returned.getName() + " of " + description + " is not supported.",
					"Return Unit, and set variables through a parameter of type SpoeResponse.");
		}
		if (Modifier.isStatic(method.getModifiers())) {
			throw new FailureAnalyzedException("The " + description + " is a suspend function and static.",
					"Remove @JvmStatic, and make it a function of the bean.");
		}
		if (!ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", KotlinMethod.class.getClassLoader())) {
			throw missing(description, "is a suspend function", COROUTINES);
		}
	}

	private static FailureAnalyzedException missing(String description, String reason, String library) {
		return new FailureAnalyzedException(
				"The " + description + " " + reason + ", and " + library + " is not on the class path.",
				"Add " + library + " to the dependencies of the application.");
	}

}
