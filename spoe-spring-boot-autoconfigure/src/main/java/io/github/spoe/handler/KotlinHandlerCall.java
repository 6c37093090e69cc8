/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import kotlin.reflect.KFunction;
import kotlin.reflect.KParameter;
import kotlin.reflect.full.KCallables;
import kotlin.reflect.jvm.KCallablesJvm;
import kotlin.reflect.jvm.ReflectJvmMapping;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.reactor.MonoKt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link HandlerCall} of a Kotlin function that is not called as a Java method is: it
 * suspends, or has parameters with default values or of value classes.
 */
final class KotlinHandlerCall implements HandlerCall {

	private final KFunction<?> function;

	private final KParameter instance;

	private final KotlinParameter[] parameters;

	private final ArgumentResolver[] resolvers;

	private KotlinHandlerCall(KFunction<?> function, List<KotlinParameter> parameters, ArgumentResolver[] resolvers) {
		this.function = function;
		this.instance = function.getParameters().get(0);
		this.parameters = parameters.toArray(KotlinParameter[]::new);
		this.resolvers = resolvers;
		KCallablesJvm.setAccessible(function, true);
	}

	/**
	 * Create a call.
	 * @param method the method to call, written in Kotlin
	 * @param resolvers what resolves the arguments, one for each parameter
	 * @return what calls the method, or {@code null} if that needs nothing of Kotlin
	 */
	static @Nullable KotlinHandlerCall of(Method method, ArgumentResolver[] resolvers) {
		KFunction<?> function = function(method);
		if (function == null) {
			return null;
		}
		List<KotlinParameter> parameters = KotlinParameter.of(function, method.getParameterTypes());
		return (function.isSuspend() || !parameters.stream().allMatch(KotlinParameter::isPlain))
				? new KotlinHandlerCall(function, parameters, resolvers) : null;
	}

	/**
	 * Return whether a method is an extension function.
	 * @param method the method, written in Kotlin
	 * @return whether its first parameter is the receiver
	 */
	static boolean isExtension(Method method) {
		KFunction<?> function = function(method);
		return function != null && KCallables.getExtensionReceiverParameter(function) != null;
	}

	/**
	 * Return whether all arguments of a method can be given as Kotlin would.
	 * @param method the method, written in Kotlin
	 * @return {@code false} if a parameter has a value class that nobody else may create
	 */
	static boolean isPossible(Method method) {
		KFunction<?> function = function(method);
		return function == null
				|| KotlinParameter.of(function, method.getParameterTypes()).stream().allMatch(KotlinParameter::isOpen);
	}

	// To Kotlin, a static method is one of another object.
	private static @Nullable KFunction<?> function(Method method) {
		return Modifier.isStatic(method.getModifiers()) ? null : ReflectJvmMapping.getKotlinFunction(method);
	}

	@Override
	public @Nullable Object call(Object bean, SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) throws Throwable {
		try {
			Map<KParameter, @Nullable Object> arguments = new HashMap<>();
			arguments.put(this.instance, bean);
			for (int i = 0; i < this.resolvers.length; i++) {
				this.parameters[i].add(arguments, this.resolvers[i].resolve(message, response, origin, failure));
			}
			return this.function.isSuspend() ? Coroutine.of(this.function, arguments) : this.function.callBy(arguments);
		}
		catch (Throwable ex) {
			throw (ex instanceof InvocationTargetException thrown) ? thrown.getTargetException() : ex;
		}
	}

	/**
	 * Apart, as an application without suspend functions need not have coroutines.
	 */
	private static final class Coroutine {

		// The function begins where it is subscribed to, goes on where it is resumed, and
		// is cancelled with the subscription.
		static Mono<?> of(KFunction<?> function, Map<KParameter, @Nullable Object> arguments) {
			return MonoKt
				.mono(Dispatchers.getUnconfined(),
						(scope, continuation) -> KCallables.callSuspendBy(function, arguments, continuation))
				.onErrorMap(InvocationTargetException.class, InvocationTargetException::getTargetException);
		}

	}

}
