/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers what binding a parameter needs of reflection: the constructors of records,
 * and what a {@code ConversionService} without a converter for a type looks for in it.
 */
final class ArgumentHints {

	/**
	 * What arguments are converted from.
	 */
	private static final List<Class<?>> SOURCES = List.of(Boolean.class, Long.class, String.class, byte[].class);

	private static final Set<String> FACTORY_METHODS = Set.of("valueOf", "of", "from");

	private final ReflectionHints hints;

	private final Set<Class<?>> records = new HashSet<>();

	ArgumentHints(ReflectionHints hints) {
		this.hints = hints;
	}

	/**
	 * Register the hints for a parameter, and for what is in it.
	 * @param type the type of the parameter, without type variables of the bean's class
	 */
	void register(Type type) {
		ResolvableType resolvable = ResolvableType.forType(type);
		if (resolvable.isArray()) {
			register(resolvable.getComponentType().getType());
			return;
		}
		if (type instanceof ParameterizedType parameterized) {
			Stream.of(parameterized.getActualTypeArguments()).forEach(this::register);
		}
		Class<?> target = resolvable.toClass();
		if (target.isRecord() && this.records.add(target)) {
			registerRecord(target);
		}
		if (!ClassUtils.isPrimitiveOrWrapper(target) && target != String.class) {
			registerConversion(target);
		}
	}

	private void registerRecord(Class<?> type) {
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			this.hints.registerConstructor(constructor, ExecutableMode.INVOKE);
		}
		for (RecordComponent component : type.getRecordComponents()) {
			this.hints.registerMethod(component.getAccessor(), ExecutableMode.INVOKE);
			register(component.getGenericType());
		}
	}

	private void registerConversion(Class<?> target) {
		Stream.of(target.getMethods())
			.filter((method) -> Modifier.isStatic(method.getModifiers()) && FACTORY_METHODS.contains(method.getName())
					&& takesSource(method.getParameterTypes()))
			.forEach((method) -> this.hints.registerMethod(method, ExecutableMode.INVOKE));
		Stream.of(target.getConstructors())
			.filter((constructor) -> takesSource(constructor.getParameterTypes()))
			.forEach((constructor) -> this.hints.registerConstructor(constructor, ExecutableMode.INVOKE));
	}

	private static boolean takesSource(Class<?>[] parameterTypes) {
		return parameterTypes.length == 1 && SOURCES.contains(parameterTypes[0]);
	}

}
