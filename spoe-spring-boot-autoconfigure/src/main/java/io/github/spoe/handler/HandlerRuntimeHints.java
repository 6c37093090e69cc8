/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

import io.github.spoe.handler.HandlerWarmup.Pipeline;

/**
 * Registers the methods that this package itself looks up by reflection.
 */
final class HandlerRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		register(hints, ArgumentResolver.class, "resolve");
		register(hints, Pipeline.class, "handle");
	}

	private static void register(RuntimeHints hints, Class<?> type, String name) {
		Method method = ReflectionUtils.findMethod(type, name, (Class<?>[]) null);
		Assert.state(method != null, "The method is here");
		hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
	}

}
