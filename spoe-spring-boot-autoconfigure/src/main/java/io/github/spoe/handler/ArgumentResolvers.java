/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.StringValueResolver;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;

/**
 * Chooses what resolves the parameters of handler methods: by annotation, by type, and
 * what is left by the resolvers of the application.
 */
final class ArgumentResolvers {

	private final SpoeArgResolvers arguments;

	private final SpoeArgsResolvers records;

	private final List<SpoeHandlerMethodArgumentResolver> applicationResolvers;

	/**
	 * Create a new object.
	 * @param conversionService what converts values that the wire does not have
	 * @param placeholders what resolves placeholders in default values
	 * @param applicationResolvers the resolvers of the application, in their order
	 */
	ArgumentResolvers(ConversionService conversionService, StringValueResolver placeholders,
			List<SpoeHandlerMethodArgumentResolver> applicationResolvers) {
		this.arguments = new SpoeArgResolvers(conversionService, placeholders);
		this.records = new SpoeArgsResolvers(this.arguments);
		this.applicationResolvers = applicationResolvers;
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
			return this.arguments.create(annotation, parameter, method);
		}
		if (SpoeArgsResolvers.isFor(parameter)) {
			return this.records.create(parameter, method);
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
		return forApplication(parameter, method);
	}

	private ArgumentResolver forApplication(MethodParameter parameter, String method) {
		for (SpoeHandlerMethodArgumentResolver candidate : this.applicationResolvers) {
			if (candidate.supportsParameter(parameter)) {
				return new ApplicationArgumentResolver(candidate, parameter);
			}
		}
		throw ParameterMistake.of(parameter, method, "cannot be resolved",
				"Annotate the parameter with @SpoeArg or @SpoeArgs, use SpoeMessage, SpoeContext or SpoeResponse, or "
						+ "add a SpoeHandlerMethodArgumentResolver bean for it.");
	}

}
