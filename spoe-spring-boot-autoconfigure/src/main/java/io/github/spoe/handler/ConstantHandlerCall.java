/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link HandlerCall} of a method handle that is a constant, as the JIT compiler sees
 * through no other. A constant belongs to a class: each method handle gets a copy of this
 * one.
 */
final class ConstantHandlerCall implements HandlerCall {

	private static final MethodHandle HANDLE = handle();

	private static MethodHandle handle() {
		try {
			return MethodHandles.classData(MethodHandles.lookup(), "_", MethodHandle.class);
		}
		catch (IllegalAccessException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Create a call.
	 * @param handle takes bean, message, response, origin and failure
	 * @return the call
	 */
	static HandlerCall of(MethodHandle handle) {
		try (InputStream classFile = ConstantHandlerCall.class.getResourceAsStream("ConstantHandlerCall.class")) {
			Assert.state(classFile != null, "The class is here");
			Class<?> copy = MethodHandles.lookup()
				.defineHiddenClassWithClassData(classFile.readAllBytes(), handle, true)
				.lookupClass();
			return (HandlerCall) copy.getDeclaredConstructor().newInstance();
		}
		catch (IOException | ReflectiveOperationException ex) {
			throw new IllegalStateException("A class cannot be defined", ex);
		}
	}

	@Override
	public @Nullable Object call(Object bean, SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) throws Throwable {
		return (Object) HANDLE.invokeExact(bean, message, response, origin, failure);
	}

}
