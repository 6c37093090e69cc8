/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgs;

/**
 * Creates {@link SpoeArgsResolver}s, and finds the mistakes in what they are for.
 */
final class SpoeArgsResolvers {

	private final SpoeArgResolvers arguments;

	/**
	 * Create a new factory.
	 * @param arguments what creates the resolvers of single arguments
	 */
	SpoeArgsResolvers(SpoeArgResolvers arguments) {
		this.arguments = arguments;
	}

	/**
	 * Return whether a parameter is made of several arguments.
	 * @param parameter the parameter, or component of a record
	 * @return whether it, or its type, says so
	 */
	static boolean isFor(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(SpoeArgs.class)
				|| AnnotatedElementUtils.hasAnnotation(parameter.getParameterType(), SpoeArgs.class);
	}

	/**
	 * Create a resolver.
	 * @param parameter the parameter
	 * @param method the method that has it, for a reader
	 * @return the resolver
	 * @throws FailureAnalyzedException if no arguments can be bound to the parameter
	 */
	SpoeArgsResolver create(MethodParameter parameter, String method) {
		return create(parameter, method, List.of());
	}

	private SpoeArgsResolver create(MethodParameter parameter, String owner, List<Class<?>> outer) {
		Class<?> type = parameter.getParameterType();
		if (!type.isRecord() || type.getTypeParameters().length > 0) {
			throw ParameterMistake.of(parameter, owner,
					"has @SpoeArgs and the type " + type.getName() + ", which is "
							+ (type.isRecord() ? "a record with type parameters" : "no record"),
					"Use a record without type parameters, or bind single arguments with @SpoeArg.");
		}
		if (outer.contains(type)) {
			throw ParameterMistake.of(parameter, owner,
					"has @SpoeArgs and the type " + type.getName() + ", which so has itself as a component",
					"Remove the component, or bind a single argument to it with @SpoeArg.");
		}
		RecordComponent[] components = type.getRecordComponents();
		Constructor<?> constructor = canonicalConstructor(type, components);
		String record = "record '" + type.getName() + "' in " + owner;
		List<Class<?>> records = Stream.concat(outer.stream(), Stream.of(type)).toList();
		List<ArgumentResolver> resolvers = new ArrayList<>();
		for (int i = 0; i < components.length; i++) {
			resolvers.add(component(new RecordComponentParameter(constructor, i, components[i]), record, records));
		}
		return SpoeArgsResolver.of(constructor, resolvers);
	}

	private ArgumentResolver component(MethodParameter component, String record, List<Class<?>> outer) {
		SpoeArg annotation = component.getParameterAnnotation(SpoeArg.class);
		return (annotation == null && isFor(component)) ? create(component, record, outer)
				: this.arguments.create(annotation, component, record);
	}

	private static Constructor<?> canonicalConstructor(Class<?> type, RecordComponent[] components) {
		try {
			return type
				.getDeclaredConstructor(Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("A record has a canonical constructor", ex);
		}
	}

}
