/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What Spring Boot says of an application that does not start.
 */
final class StartFailure {

	private StartFailure() {
	}

	static FailureAnalysis with(String... properties) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("spoe.server.port=0", "spoe.server.address=127.0.0.1")
				.and(properties)
				.applyTo(context);
			context.register(SpoeServerAutoConfiguration.class);
			Throwable failure = catchThrowable(context::refresh);
			assertThat(failure).isNotNull();
			return analyze(failure, context);
		}
	}

	private static FailureAnalysis analyze(Throwable failure, AnnotationConfigApplicationContext context) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
			.and(Environment.class, context.getEnvironment());
		for (FailureAnalyzer analyzer : SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (type, name, ex) -> {
				// Analyzers of libraries that are not there.
			})) {
			FailureAnalysis analysis = analyzer.analyze(failure);
			if (analysis != null) {
				return analysis;
			}
		}
		Throwable cause = failure;
		while (!(cause instanceof FailureAnalyzedException)) {
			assertThat(cause).as("analyzed failure").isNotNull();
			cause = cause.getCause();
		}
		return ((FailureAnalyzedException) cause).analysis();
	}

}
