/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.time.Duration;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.util.StringUtils;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;

/**
 * Reads what {@link SpoeMessageHandler @SpoeMessageHandler} says of where and when a
 * method runs.
 */
final class HandlerSettingsReader {

	/**
	 * Far above any time that HAProxy waits, and far from where nanoseconds overflow.
	 */
	private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

	private final ConfigurableListableBeanFactory beanFactory;

	private final SpoeExecution defaultExecution;

	private final Duration defaultTimeout;

	/**
	 * Create a new reader.
	 * @param beanFactory what has the executors
	 * @param defaultExecution what {@link SpoeExecution#AUTO} stands for
	 * @param defaultTimeout the timeout of methods that do not say one, 0 for none
	 */
	HandlerSettingsReader(ConfigurableListableBeanFactory beanFactory, SpoeExecution defaultExecution,
			Duration defaultTimeout) {
		this.beanFactory = beanFactory;
		this.defaultExecution = defaultExecution;
		this.defaultTimeout = defaultTimeout;
	}

	/**
	 * Read the settings of a method.
	 * @param annotation the annotation of the method
	 * @param returnKind what the method returns
	 * @param method the method, for a reader
	 * @return the settings
	 * @throws FailureAnalyzedException if they contradict each other, or name what is not
	 * there
	 */
	HandlerSettings read(SpoeMessageHandler annotation, ReturnKind returnKind, String method) {
		Executor executor = executor(annotation, method);
		boolean inBackground = annotation.acknowledge() == SpoeAcknowledge.BEFORE;
		if (inBackground) {
			checkBackground(annotation, method);
		}
		boolean onEventLoop = !inBackground && executor == null && onEventLoop(annotation.execution(), returnKind);
		return new HandlerSettings(onEventLoop, executor, inBackground ? 0 : timeout(annotation, method).toNanos(),
				inBackground);
	}

	private boolean onEventLoop(SpoeExecution execution, ReturnKind returnKind) {
		SpoeExecution effective = (execution != SpoeExecution.AUTO) ? execution : this.defaultExecution;
		return (effective != SpoeExecution.AUTO) ? effective == SpoeExecution.EVENT_LOOP
				: returnKind != ReturnKind.VOID;
	}

	private static void checkBackground(SpoeMessageHandler annotation, String method) {
		if (!annotation.timeout().isEmpty()) {
			throw new FailureAnalyzedException(
					"The timeout of " + method + " has no effect: its message is acknowledged before it is called.",
					"Remove 'timeout', or 'acknowledge = BEFORE'.");
		}
		if (annotation.execution() == SpoeExecution.EVENT_LOOP) {
			throw new FailureAnalyzedException(
					"The execution of " + method + " is EVENT_LOOP, and its message is acknowledged before it is "
							+ "called: such methods run in the background.",
					"Remove 'execution', or 'acknowledge = BEFORE'.");
		}
		if (annotation.warmup()) {
			throw new FailureAnalyzedException(
					"The warm-up of " + method + " has no use: its message is acknowledged before it is called.",
					"Remove 'warmup', or 'acknowledge = BEFORE'.");
		}
	}

	private @Nullable Executor executor(SpoeMessageHandler annotation, String method) {
		if (annotation.executor().isEmpty()) {
			return null;
		}
		if (annotation.execution() == SpoeExecution.EVENT_LOOP) {
			throw new FailureAnalyzedException("The execution of " + method
					+ " is EVENT_LOOP, and it names the executor '" + annotation.executor() + "'.",
					"Remove 'execution', or 'executor'.");
		}
		String name = resolve("executor", annotation.executor(), method);
		try {
			return this.beanFactory.getBean(name, Executor.class);
		}
		// Not as causes, which Spring Boot would tell of instead.
		catch (NoSuchBeanDefinitionException ex) {
			throw new FailureAnalyzedException(
					"The executor '" + name + "' of " + method + " does not exist: no bean has that name.",
					"Define a bean of type Executor with the name '" + name + "', or correct 'executor'.");
		}
		catch (BeanNotOfRequiredTypeException ex) {
			throw new FailureAnalyzedException("The bean '" + name + "' that " + method
					+ " names as its executor is of type " + ex.getActualType().getName() + " and no Executor.",
					"Name a bean of type Executor.");
		}
	}

	private Duration timeout(SpoeMessageHandler annotation, String method) {
		if (annotation.timeout().isEmpty()) {
			return upToMax(this.defaultTimeout);
		}
		String value = resolve("timeout", annotation.timeout(), method);
		try {
			Duration timeout = DurationStyle.detectAndParse(value);
			if (!timeout.isNegative()) {
				return upToMax(timeout);
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new FailureAnalyzedException("The timeout '" + value + "' of " + method + " is not a time.",
				"Use a duration such as '50ms', '1s' or 'PT0.5S', or '0' for no limit.");
	}

	private static Duration upToMax(Duration timeout) {
		return (timeout.compareTo(MAX_TIMEOUT) < 0) ? timeout : MAX_TIMEOUT;
	}

	private String resolve(String attribute, String value, String method) {
		try {
			String resolved = this.beanFactory.resolveEmbeddedValue(value);
			return StringUtils.hasText(resolved) ? resolved.trim() : "";
		}
		catch (IllegalArgumentException ex) {
			throw new FailureAnalyzedException(
					"The " + attribute + " '" + value + "' of " + method + " cannot be resolved: " + ex.getMessage()
							+ ".",
					"Define the property, or give the placeholder a default as in '${name:default}'.", ex);
		}
	}

}
