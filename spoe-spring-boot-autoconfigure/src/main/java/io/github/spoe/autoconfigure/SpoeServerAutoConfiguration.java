/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.ClassUtils;

import io.github.spoe.context.SpoeServerLifecycle;
import io.github.spoe.context.SpoeServerPortListener;
import io.github.spoe.handler.HandlerMethodDispatcher;
import io.github.spoe.handler.SpoeHandlerMethodArgumentResolver;
import io.github.spoe.handler.SpoeMessageInterceptor;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeServerCustomizer;
import io.github.spoe.server.SpoeServerFactory;
import io.github.spoe.server.SpoeServerListener;
import io.github.spoe.server.netty.NettySpoeServerFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of an SPOE server that answers
 * HAProxy with the handler methods of the application's beans.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration")
@ConditionalOnBooleanProperty(name = "spoe.server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SpoeServerProperties.class)
@Import({ SpoeWorkerConfiguration.class, SpoeContextConfiguration.class })
public final class SpoeServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SpoeServerFactory spoeServerFactory(SpoeServerProperties properties,
			ObjectProvider<SpoeServerCustomizer> customizers, ObjectProvider<SpoeServerListener> listeners,
			ObjectProvider<SpoeMetrics> metrics) {
		NettySpoeServerFactory factory = new NettySpoeServerFactory();
		new PropertiesSpoeServerFactoryConfigurer(properties).configure(factory);
		factory.setCustomizers(customizers.orderedStream().toList());
		factory.setListeners(listeners.orderedStream().toList());
		metrics.ifAvailable(factory::setMetrics);
		return factory;
	}

	// Created when the server starts: handler methods are looked for among all beans.
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	SpoeDispatcher spoeDispatcher(ConfigurableListableBeanFactory beanFactory, SpoeServerProperties properties,
			@Qualifier(SpoeWorkerConfiguration.EXECUTOR) Executor workers,
			@Qualifier(SpoeWorkerConfiguration.BACKGROUND_EXECUTOR) Executor background,
			ObjectProvider<SpoeHandlerMethodArgumentResolver> argumentResolvers,
			ObjectProvider<SpoeMessageInterceptor> interceptors,
			@Qualifier(SpoeContextConfiguration.TASK_DECORATOR) ObjectProvider<TaskDecorator> taskDecorator,
			ObjectProvider<SpoeMetrics> metrics) {
		HandlerMethodDispatcher.Builder builder = HandlerMethodDispatcher.builder(beanFactory, workers)
			.background(background)
			.conversionService(conversionService(beanFactory))
			.execution(properties.getHandler().getExecution())
			.timeout(PropertyRange.notNegative("handler.timeout", properties.getHandler().getTimeout()))
			.argumentResolvers(argumentResolvers.orderedStream().toList())
			.interceptors(interceptors.orderedStream().toList())
			.taskDecorator(taskDecorator.getIfAvailable())
			.mdc(mdc(properties.getMdc(), beanFactory));
		metrics.ifAvailable(builder::metrics);
		return builder.build();
	}

	private static boolean mdc(SpoeServerProperties.Mdc mdc, ConfigurableListableBeanFactory beanFactory) {
		PropertyRange.check(!mdc.isEnabled() || ClassUtils.isPresent("org.slf4j.MDC", beanFactory.getBeanClassLoader()),
				"mdc.enabled", true, "SLF4J is not on the class path");
		return mdc.isEnabled();
	}

	private static ConversionService conversionService(ConfigurableListableBeanFactory beanFactory) {
		ConversionService own = beanFactory.getConversionService();
		if (own != null && beanFactory.containsBean(ConfigurableApplicationContext.CONVERSION_SERVICE_BEAN_NAME)) {
			return own;
		}
		ApplicationConversionService conversionService = new ApplicationConversionService();
		ApplicationConversionService.addBeans(conversionService, beanFactory);
		return conversionService;
	}

	@Bean
	@ConditionalOnMissingBean
	SpoeServerLifecycle spoeServerLifecycle(SpoeServerFactory serverFactory, ObjectProvider<SpoeDispatcher> dispatcher,
			ApplicationEventPublisher eventPublisher) {
		return new SpoeServerLifecycle(serverFactory, dispatcher::getObject, eventPublisher);
	}

	@Bean
	@ConditionalOnMissingBean
	SpoeServerPortListener spoeServerPortListener(ConfigurableEnvironment environment) {
		return new SpoeServerPortListener(environment);
	}

}
