/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a developer is told whose handler methods have a mistake.
 */
final class StartMistake {

	private StartMistake() {
	}

	/**
	 * Look for the handler methods of an application.
	 * @param properties its properties
	 * @param components its beans, named as their classes
	 * @return what is told of the mistake
	 */
	static FailureAnalysis of(List<String> properties, Class<?>... components) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(properties).applyTo(context);
			for (Class<?> component : components) {
				context.registerBean(StringUtils.uncapitalize(component.getSimpleName()), component);
			}
			context.registerBean(PropertySourcesPlaceholderConfigurer.class);
			context.refresh();
			FailureAnalyzedException mistake = catchThrowableOfType(FailureAnalyzedException.class,
					HandlerMethodDispatcher.builder(context.getBeanFactory(), Runnable::run)::build);
			assertThat(mistake).isNotNull();
			assertThatNothingElseIsTold(mistake, context);
			return mistake.analysis();
		}
	}

	// Spring Boot asks its analyzers first, and they look for the causes that they know.
	private static void assertThatNothingElseIsTold(FailureAnalyzedException mistake,
			AnnotationConfigApplicationContext context) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
			.and(Environment.class, context.getEnvironment());
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (type, name, ex) -> {
				// Analyzers of libraries that are not there.
			})).isNotEmpty().allSatisfy((analyzer) -> assertThat(analyzer.analyze(mistake)).isNull());
	}

}
