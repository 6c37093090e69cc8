/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.springframework.core.NativeDetector;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * Creates {@link HandlerCall HandlerCalls}. A method and what resolves its arguments are
 * composed to one method handle, which the JIT compiler treats as if it were written by
 * hand: reflection, which knows neither, takes half as long again.
 */
final class HandlerCalls {

	private static final MethodType CALL = MethodType.methodType(Object.class, Object.class, SpoeMessage.class,
			SpoeResponse.class, SpoeOrigin.class, Throwable.class);

	private static final MethodHandle RESOLVE;

	static {
		try {
			RESOLVE = MethodHandles.lookup()
				.findVirtual(ArgumentResolver.class, "resolve", CALL.dropParameterTypes(0, 1));
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private HandlerCalls() {
	}

	/**
	 * Create a call.
	 * @param method the accessible method to call
	 * @param resolvers what resolves the arguments, one for each parameter
	 * @return what calls the method
	 */
	static HandlerCall of(Method method, ArgumentResolver[] resolvers) {
		HandlerCall kotlinCall = KotlinMethod.isKotlin(method) ? KotlinHandlerCall.of(method, resolvers) : null;
		return (kotlinCall != null) ? kotlinCall : ofJava(method, resolvers);
	}

	private static HandlerCall ofJava(Method method, ArgumentResolver[] resolvers) {
		MethodHandle handle = compose(unreflect(method), resolvers);
		// A native image has no JIT compiler, and takes no new class.
		return NativeDetector.inNativeImage()
				? (bean, message, response, origin,
						failure) -> (Object) handle.invokeExact(bean, message, response, origin, failure)
				: ConstantHandlerCall.of(handle);
	}

	/**
	 * Let a method handle resolve its arguments.
	 * @param target takes a bean, then the arguments
	 * @param resolvers what resolves the arguments, one for each parameter
	 * @return takes bean, message, response, origin and failure
	 */
	static MethodHandle compose(MethodHandle target, ArgumentResolver[] resolvers) {
		MethodHandle handle = target;
		int taken = CALL.parameterCount() - 1;
		int[] order = new int[1 + taken * resolvers.length];
		// From the last to the first, as what is added last is called first.
		for (int i = resolvers.length - 1; i >= 0; i--) {
			MethodHandle resolve = RESOLVE.bindTo(resolvers[i]);
			Class<?> type = handle.type().parameterType(1 + i);
			handle = MethodHandles.collectArguments(handle, 1 + i,
					resolve.asType(resolve.type().changeReturnType(type)));
			for (int parameter = 1; parameter <= taken; parameter++) {
				order[taken * i + parameter] = parameter;
			}
		}
		handle = handle.asType(handle.type().changeParameterType(0, Object.class).changeReturnType(Object.class));
		return MethodHandles.permuteArguments(handle, CALL, order);
	}

	private static MethodHandle unreflect(Method method) {
		try {
			MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
			return Modifier.isStatic(method.getModifiers()) ? MethodHandles.dropArguments(handle, 0, Object.class)
					: handle;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Method '" + method + "' is not accessible", ex);
		}
	}

}
