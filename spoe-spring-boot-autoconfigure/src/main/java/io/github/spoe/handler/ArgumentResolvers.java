/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.StringValueResolver;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;

/**
 * Chooses what resolves the parameters of handler methods.
 */
final class ArgumentResolvers {

	private static final Set<Class<?>> NOT_ARGUMENTS = Set.of(SpoeMessage.class, SpoeContext.class, SpoeResponse.class);

	private final ConversionService conversionService;

	private final StringValueResolver placeholders;

	ArgumentResolvers(ConversionService conversionService, StringValueResolver placeholders) {
		this.conversionService = conversionService;
		this.placeholders = placeholders;
	}

	/**
	 * Choose the resolver of a parameter.
	 * @param parameter the parameter
	 * @param method the method, for a reader
	 * @return the resolver
	 * @throws FailureAnalyzedException if nothing can resolve the parameter
	 */
	ArgumentResolver forParameter(MethodParameter parameter, String method) {
		SpoeArg annotation = parameter.getParameterAnnotation(SpoeArg.class);
		if (annotation != null) {
			return forArgument(annotation, parameter, method);
		}
		Class<?> type = parameter.getParameterType();
		if (type == SpoeResponse.class) {
			return (message, response, origin, failure) -> response;
		}
		if (type == SpoeContext.class) {
			return (message, response, origin, failure) -> origin.getContext();
		}
		if (type == SpoeMessage.class) {
			return new MessageResolver();
		}
		throw mistake(parameter, method, "cannot be resolved",
				"Annotate the parameter with @SpoeArg, or use SpoeMessage, SpoeContext or SpoeResponse.");
	}

	private ArgumentResolver forArgument(SpoeArg annotation, MethodParameter parameter, String method) {
		boolean optional = parameter.getParameterType() == Optional.class;
		MethodParameter target = parameter.nestedIfOptional();
		ArgumentConverter converter = new ArgumentConverter(this.conversionService,
				new TypeDescriptor(target.withContainingClass(parameter.getContainingClass())));
		if (NOT_ARGUMENTS.contains(parameter.getParameterType())) {
			throw mistake(parameter, method, "is no argument of a message", "Remove @SpoeArg from the parameter.");
		}
		if (!converter.isPossible()) {
			throw mistake(parameter, method,
					"has the type " + target.getNestedGenericParameterType().getTypeName()
							+ " that no argument of a message can be converted to",
					"Use another type, or add a Converter bean for it.");
		}
		boolean hasDefault = !annotation.defaultValue().equals(SpoeArg.NO_DEFAULT);
		boolean required = annotation.required() && !hasDefault && !parameter.isOptional();
		if (!required && !hasDefault) {
			checkMayBeAbsent(parameter, method);
		}
		String defaultValue = hasDefault ? defaultValue(annotation, converter, parameter, method) : null;
		return new SpoeArgResolver(name(annotation, parameter, method), converter, required, optional, defaultValue);
	}

	private static void checkMayBeAbsent(MethodParameter parameter, String method) {
		// A primitive type is fine where Kotlin has a default value.
		if (KotlinDetector.isKotlinType(parameter.getDeclaringClass())) {
			if (!parameter.isOptional()) {
				throw mistake(parameter, method, "is not required, and its type does not allow null",
						"Make the type nullable, or give the parameter a default value.");
			}
		}
		else if (parameter.getParameterType().isPrimitive()) {
			throw mistake(parameter, method, "is not required and primitive, so it cannot be null",
					"Use the wrapper type, or give @SpoeArg a default value.");
		}
	}

	private String name(SpoeArg annotation, MethodParameter parameter, String method) {
		String name = !annotation.value().isEmpty() ? annotation.value() : parameter.getParameterName();
		if (name == null) {
			throw mistake(parameter, method, "has no name for its @SpoeArg",
					"Give @SpoeArg the name of the argument, or compile with '-parameters'.");
		}
		return name;
	}

	private @Nullable String defaultValue(SpoeArg annotation, ArgumentConverter converter, MethodParameter parameter,
			String method) {
		try {
			String value = this.placeholders.resolveStringValue(annotation.defaultValue());
			if (value != null) {
				converter.convert(value);
			}
			return value;
		}
		catch (ConversionException | IllegalArgumentException ex) {
			throw mistake(parameter, method,
					"has a default value that cannot be resolved or converted: '" + annotation.defaultValue() + "'",
					"Correct the default value of @SpoeArg, or the property it names.");
		}
	}

	private static FailureAnalyzedException mistake(MethodParameter parameter, String method, String problem,
			String action) {
		String name = parameter.getParameterName();
		return new FailureAnalyzedException(
				"Parameter " + ((name != null) ? "'" + name + "'" : parameter.getParameterIndex() + 1) + " of " + method
						+ " " + problem + ".",
				action);
	}

}
