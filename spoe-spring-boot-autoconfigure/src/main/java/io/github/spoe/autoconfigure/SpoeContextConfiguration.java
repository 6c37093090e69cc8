/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

import io.github.spoe.handler.SpoeMdc;

/**
 * What carries thread-locals from thread to thread: Micrometer's context propagation, if
 * it is on the class path.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ContextRegistry.class)
class SpoeContextConfiguration {

	/**
	 * Name of the bean that decorates what is handed over from one thread to another.
	 */
	static final String TASK_DECORATOR = "spoeContextTaskDecorator";

	// No default candidate: it is not for executors of the application.
	@Bean(name = TASK_DECORATOR, defaultCandidate = false)
	@ConditionalOnMissingBean(name = TASK_DECORATOR)
	TaskDecorator spoeContextTaskDecorator() {
		return new ContextPropagatingTaskDecorator();
	}

	/**
	 * Carries the MDC of handler methods on, from where they return a publisher to where
	 * it runs.
	 */
	@Configuration(proxyBeanMethods = false)
	@Lazy(false)
	@ConditionalOnClass(MDC.class)
	@ConditionalOnBooleanProperty("spoe.server.mdc.enabled")
	static class MdcConfiguration {

		MdcConfiguration() {
			ContextRegistry.getInstance().registerThreadLocalAccessor(new SpoeMdcAccessor());
		}

	}

	/**
	 * Accessor of the keys of {@link SpoeMdc}, beside one that an application may have
	 * for its own.
	 */
	private static final class SpoeMdcAccessor extends Slf4jThreadLocalAccessor {

		SpoeMdcAccessor() {
			super(SpoeMdc.KEYS.toArray(String[]::new));
		}

		@Override
		public Object key() {
			return "spoe.mdc";
		}

	}

}
