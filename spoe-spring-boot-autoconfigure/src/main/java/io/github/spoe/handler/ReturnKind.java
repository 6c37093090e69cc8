/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;
import reactor.core.publisher.Mono;

/**
 * What a handler method returns.
 */
enum ReturnKind {

	/**
	 * Nothing: the method is done when it returns.
	 */
	VOID {

		@Override
		@Nullable CompletionStage<?> stage(@Nullable Object result) {
			return null;
		}

	},

	/**
	 * {@code Mono<Void>}, as which a Kotlin {@code suspend} function is called.
	 */
	MONO {

		@Override
		CompletionStage<?> stage(@Nullable Object result) {
			Assert.state(result != null, "The method returned null instead of a Mono");
			// Does nothing without Micrometer's context propagation on the class path.
			return ((Mono<?>) result).contextCapture().toFuture();
		}

	},

	/**
	 * {@code CompletionStage<Void>}, or a class that implements it.
	 */
	COMPLETION_STAGE {

		@Override
		CompletionStage<?> stage(@Nullable Object result) {
			Assert.state(result != null, "The method returned null instead of a CompletionStage");
			return (CompletionStage<?>) result;
		}

	};

	/**
	 * Return what tells that a method is done.
	 * @param result the result of the method
	 * @return completes when the method is done, {@code null} if it is
	 */
	abstract @Nullable CompletionStage<?> stage(@Nullable Object result);

	/**
	 * Return the kind of a method.
	 * @param method the method
	 * @param beanClass the class of the bean that has the method
	 * @return the kind, or {@code null} if the return type is not supported
	 */
	static @Nullable ReturnKind of(Method method, Class<?> beanClass) {
		if (KotlinMethod.isSuspend(method)) {
			return MONO;
		}
		ResolvableType type = ResolvableType.forMethodReturnType(method, beanClass);
		if (type.resolve() == void.class) {
			return VOID;
		}
		if (type.resolve() == Mono.class && isOfVoid(type.as(Mono.class))) {
			return MONO;
		}
		return isOfVoid(type.as(CompletionStage.class)) ? COMPLETION_STAGE : null;
	}

	private static boolean isOfVoid(ResolvableType type) {
		return type.getGeneric().resolve() == Void.class;
	}

}
