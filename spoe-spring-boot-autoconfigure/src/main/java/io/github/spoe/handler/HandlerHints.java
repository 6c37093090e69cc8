/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers what calling a handler method and binding its parameters needs of reflection.
 */
final class HandlerHints {

	/**
	 * What arguments are converted from.
	 */
	private static final List<Class<?>> SOURCES = List.of(Boolean.class, Long.class, String.class, byte[].class);

	/**
	 * Names that the converter of last resort of a {@code ConversionService} tries.
	 */
	private static final Set<String> FACTORY_METHODS = Set.of("valueOf", "of", "from");

	private final ReflectionHints hints;

	private final Set<Class<?>> records = new HashSet<>();

	HandlerHints(ReflectionHints hints) {
		this.hints = hints;
	}

	/**
	 * Register the hints for a method.
	 * @param method the method
	 * @param beanClass the class of the bean, which may inherit the method
	 */
	void register(Method method, Class<?> beanClass) {
		registerInHierarchy(method, beanClass);
		for (Type type : method.getGenericParameterTypes()) {
			registerParameter(GenericTypeResolver.resolveType(type, beanClass));
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

	private void registerParameter(Type type) {
		ResolvableType resolvable = ResolvableType.forType(type);
		if (resolvable.isArray()) {
			registerParameter(resolvable.getComponentType().getType());
			return;
		}
		if (type instanceof ParameterizedType parameterized) {
			Stream.of(parameterized.getActualTypeArguments()).forEach(this::registerParameter);
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
			registerParameter(component.getGenericType());
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
