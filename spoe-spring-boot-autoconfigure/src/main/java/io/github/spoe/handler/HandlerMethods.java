/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeMessageHandler;

/**
 * Finds the handler methods of all beans of an application.
 */
final class HandlerMethods {

	private static final Log logger = LogFactory.getLog(HandlerMethods.class);

	private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(SpoeMessageHandler.class,
			SpoeExceptionHandler.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final HandlerMethodFactory factory;

	private final ExceptionHandlerFinder exceptionHandlers;

	private List<ExceptionHandlerMethods> advices = List.of();

	private final Map<String, HandlerMethod> byMessage = new HashMap<>();

	private final Map<String, HandlerMethod> forWarmup = new LinkedHashMap<>();

	private HandlerMethods(ConfigurableListableBeanFactory beanFactory, HandlerMethodFactory factory) {
		this.beanFactory = beanFactory;
		this.factory = factory;
		this.exceptionHandlers = new ExceptionHandlerFinder(beanFactory, factory);
	}

	/**
	 * Find the handler methods.
	 * @param beanFactory the bean factory
	 * @param factory what creates handler methods
	 * @return the handler methods
	 * @throws FailureAnalyzedException if a handler method has a mistake
	 */
	static HandlerMethods find(ConfigurableListableBeanFactory beanFactory, HandlerMethodFactory factory) {
		HandlerMethods handlers = new HandlerMethods(beanFactory, factory);
		Map<String, Class<?>> candidates = handlers.candidates();
		handlers.addAdvices(candidates);
		candidates.forEach(handlers::addHandlers);
		return handlers;
	}

	/**
	 * Return the handler methods.
	 * @return the handler methods by the name of their message
	 */
	Map<String, HandlerMethod> byMessage() {
		return this.byMessage;
	}

	/**
	 * Return the handler methods that may be called for warm-up.
	 * @return the handler methods by the name of one of their messages
	 */
	Map<String, HandlerMethod> forWarmup() {
		return this.forWarmup;
	}

	// Beans whose classes may have methods that are looked for.
	private Map<String, Class<?>> candidates() {
		Map<String, Class<?>> candidates = new LinkedHashMap<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			// What a scoped proxy stands for is found through the proxy.
			Class<?> beanClass = !ScopedProxyUtils.isScopedTarget(beanName) ? beanClass(beanName) : null;
			if (beanClass != null && AnnotationUtils.isCandidateClass(beanClass, ANNOTATIONS)) {
				candidates.put(beanName, beanClass);
			}
		}
		return candidates;
	}

	private void addAdvices(Map<String, Class<?>> candidates) {
		Map<String, Class<?>> advices = new LinkedHashMap<>(candidates);
		advices.entrySet().removeIf((candidate) -> !isAdvice(candidate.getValue()));
		this.advices = this.exceptionHandlers.ofAdvices(advices);
	}

	private static boolean isAdvice(Class<?> beanClass) {
		return AnnotatedElementUtils.hasAnnotation(beanClass, SpoeAdvice.class);
	}

	private void addHandlers(String beanName, Class<?> beanClass) {
		Map<Method, SpoeMessageHandler> methods = methods(beanName, beanClass);
		if (methods == null) {
			return;
		}
		if (methods.isEmpty()) {
			checkExceptionHandlersAreUsed(beanName, beanClass);
			return;
		}
		List<ExceptionHandlerMethods> exceptionHandlers = new ArrayList<>();
		exceptionHandlers.add(this.exceptionHandlers.ofBean(beanName, beanClass));
		exceptionHandlers.addAll(this.advices);
		ExceptionHandlers nearestFirst = new ExceptionHandlers(exceptionHandlers);
		methods.forEach((method, annotation) -> addHandler(beanName, beanClass, method, annotation, nearestFirst));
	}

	private void checkExceptionHandlersAreUsed(String beanName, Class<?> beanClass) {
		if (isAdvice(beanClass)) {
			return;
		}
		this.exceptionHandlers.ofBean(beanName, beanClass)
			.byType()
			.values()
			.stream()
			.findFirst()
			.ifPresent((unused) -> {
				throw new FailureAnalyzedException(
						"The " + unused + " is never called: bean '" + beanName
								+ "' has no method with @SpoeMessageHandler that it could answer for.",
						"Annotate the class with @SpoeAdvice for it to answer for all handler methods.");
			});
	}

	private @Nullable Class<?> beanClass(String beanName) {
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
		if (type != null && ScopedObject.class.isAssignableFrom(type)) {
			return AutoProxyUtils.determineTargetClass(this.beanFactory, ScopedProxyUtils.getTargetBeanName(beanName));
		}
		return type;
	}

	private static @Nullable Map<Method, SpoeMessageHandler> methods(String beanName, Class<?> beanClass) {
		try {
			return MethodIntrospector.selectMethods(beanClass, HandlerMethods::annotation);
		}
		catch (Throwable ex) {
			// As Spring does for event listeners: a lazy bean may name classes that are
			// absent.
			logger.debug("Methods of bean '" + beanName + "' cannot be looked at", ex);
			return null;
		}
	}

	private static @Nullable SpoeMessageHandler annotation(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, SpoeMessageHandler.class);
	}

	private void addHandler(String beanName, Class<?> beanClass, Method method, SpoeMessageHandler annotation,
			ExceptionHandlers exceptionHandlers) {
		HandlerBean bean = new HandlerBean(this.beanFactory, beanName, method);
		HandlerMethod handler = this.factory.create(bean, beanClass, method, annotation, exceptionHandlers);
		if (annotation.value().length == 0) {
			throw new FailureAnalyzedException("@SpoeMessageHandler on " + handler + " names no message.",
					"Give the annotation the name of an 'spoe-message' section of HAProxy's configuration.");
		}
		for (String value : annotation.value()) {
			String message = messageName(value, handler);
			logger.debug("Message '" + message + "' is handled by " + handler + " of " + bean);
			HandlerMethod other = this.byMessage.putIfAbsent(message, handler);
			if (other != null && other != handler) {
				throw new FailureAnalyzedException(
						"The message '" + message + "' has two handlers: " + other + " of " + other.getBean() + " and "
								+ handler + " of " + handler.getBean() + ".",
						"Remove one of the methods, or give it another message.");
			}
			if (annotation.warmup() && !this.forWarmup.containsValue(handler)) {
				this.forWarmup.put(message, handler);
			}
		}
	}

	private String messageName(String value, HandlerMethod handler) {
		String name;
		try {
			name = this.beanFactory.resolveEmbeddedValue(value);
		}
		catch (IllegalArgumentException ex) {
			throw new FailureAnalyzedException(
					"The message name '" + value + "' of " + handler + " cannot be resolved: " + ex.getMessage() + ".",
					"Define the property, or give the placeholder a default as in '${name:default}'.", ex);
		}
		if (!StringUtils.hasText(name)) {
			throw new FailureAnalyzedException("The message name '" + value + "' of " + handler + " is empty.",
					"Give the annotation the name of an 'spoe-message' section of HAProxy's configuration.");
		}
		return name;
	}

}
