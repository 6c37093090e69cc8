/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;

/**
 * Creates {@link SpoeArgResolver}s, and finds the mistakes in what they are for.
 */
final class SpoeArgResolvers {

	private static final Set<Class<?>> NOT_ARGUMENTS = Set.of(SpoeMessage.class, SpoeContext.class, SpoeResponse.class);

	private final ConversionService conversionService;

	private final ConversionService addressConversionService;

	private final StringValueResolver placeholders;

	/**
	 * Create a new factory.
	 * @param conversionService what converts values that the wire does not have
	 * @param placeholders what resolves placeholders in default values
	 */
	SpoeArgResolvers(ConversionService conversionService, StringValueResolver placeholders) {
		this.conversionService = conversionService;
		this.addressConversionService = new AddressConversionService(conversionService);
		this.placeholders = placeholders;
	}

	/**
	 * Create a resolver.
	 * @param annotation the annotation, {@code null} for one that says nothing
	 * @param parameter the parameter, or component of a record
	 * @param owner what has it, for a reader
	 * @return the resolver
	 * @throws FailureAnalyzedException if no argument can be bound to the parameter
	 */
	SpoeArgResolver create(@Nullable SpoeArg annotation, MethodParameter parameter, String owner) {
		if (NOT_ARGUMENTS.contains(parameter.getParameterType())) {
			throw ParameterMistake.of(parameter, owner, "is no argument of a message",
					"Make it a parameter of the method without @SpoeArg.");
		}
		ArgumentConverter converter = converter(annotation, parameter, owner);
		String defaultText = (annotation != null) ? annotation.defaultValue() : SpoeArg.NO_DEFAULT;
		boolean hasDefault = !defaultText.equals(SpoeArg.NO_DEFAULT);
		boolean required = (annotation == null || annotation.required()) && !hasDefault && !parameter.isOptional();
		if (!required && !hasDefault) {
			checkMayBeAbsent(parameter, owner);
		}
		String defaultValue = hasDefault ? defaultValue(defaultText, converter, parameter, owner) : null;
		return new SpoeArgResolver(name(annotation, parameter, owner), converter, required,
				parameter.getParameterType() == Optional.class, defaultValue);
	}

	private static void checkMayBeAbsent(MethodParameter parameter, String owner) {
		// A primitive type is fine where Kotlin has a default value.
		if (KotlinDetector.isKotlinType(parameter.getDeclaringClass())) {
			if (!parameter.isOptional()) {
				throw ParameterMistake.of(parameter, owner, "is not required, and its type does not allow null",
						"Make the type nullable, or give the parameter a default value.");
			}
		}
		else if (parameter.getParameterType().isPrimitive()) {
			throw ParameterMistake.of(parameter, owner, "is not required and primitive, so it cannot be null",
					"Use the wrapper type, or give @SpoeArg a default value.");
		}
	}

	private ArgumentConverter converter(@Nullable SpoeArg annotation, MethodParameter parameter, String owner) {
		MethodParameter target = parameter.nestedIfOptional();
		TypeDescriptor type = new TypeDescriptor(target.withContainingClass(parameter.getContainingClass()));
		ResolvableType resolvableType = type.getResolvableType();
		ArgumentConverter converter = new ArgumentConverter(
				AddressConversionService.isFor(resolvableType) ? this.addressConversionService : this.conversionService,
				type, charset(annotation, parameter, owner));
		if (!converter.isPossible()) {
			throw ParameterMistake.of(parameter, owner,
					"has the type " + target.getNestedGenericParameterType().getTypeName()
							+ " that no argument of a message can be converted to",
					target.getParameterType().isRecord()
							? "Use @SpoeArgs to make the record of several arguments, or add a Converter bean for it."
							: "Use another type, or add a Converter bean for it.");
		}
		return converter;
	}

	private static @Nullable Charset charset(@Nullable SpoeArg annotation, MethodParameter parameter, String owner) {
		if (annotation == null || annotation.charset().isEmpty()) {
			return null;
		}
		try {
			return Charset.forName(annotation.charset());
		}
		catch (IllegalArgumentException ex) {
			throw ParameterMistake.of(parameter, owner,
					"has a charset that is not known here: '" + annotation.charset() + "'",
					"Give @SpoeArg the name of a charset of this JVM, such as ISO_8859_1.");
		}
	}

	private static String name(@Nullable SpoeArg annotation, MethodParameter parameter, String owner) {
		String name = (annotation != null && StringUtils.hasLength(annotation.value())) ? annotation.value()
				: parameter.getParameterName();
		if (name == null) {
			throw ParameterMistake.of(parameter, owner, "has no name for its @SpoeArg",
					"Give @SpoeArg the name of the argument, or compile with '-parameters'.");
		}
		return name;
	}

	private @Nullable String defaultValue(String text, ArgumentConverter converter, MethodParameter parameter,
			String owner) {
		try {
			String value = this.placeholders.resolveStringValue(text);
			if (value != null) {
				converter.convert(value);
			}
			return value;
		}
		catch (ConversionException | IllegalArgumentException ex) {
			throw ParameterMistake.of(parameter, owner,
					"has a default value that cannot be resolved or converted: '" + text + "'",
					"Correct the default value of @SpoeArg, or the property it names.");
		}
	}

}
