/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.Order;

import io.github.spoe.SpoeExceptionHandler;

/**
 * Finds the methods with {@link SpoeExceptionHandler @SpoeExceptionHandler} of beans.
 */
final class ExceptionHandlerFinder {

	private final ConfigurableListableBeanFactory beanFactory;

	private final HandlerMethodFactory factory;

	/**
	 * Create a new finder.
	 * @param beanFactory the bean factory
	 * @param factory what creates handler methods
	 */
	ExceptionHandlerFinder(ConfigurableListableBeanFactory beanFactory, HandlerMethodFactory factory) {
		this.beanFactory = beanFactory;
		this.factory = factory;
	}

	/**
	 * Find the methods of advices.
	 * @param advices the beans, by their names
	 * @return the methods, in the order of the advices
	 * @throws FailureAnalyzedException if a method has a mistake
	 */
	List<ExceptionHandlerMethods> ofAdvices(Map<String, Class<?>> advices) {
		return advices.entrySet()
			.stream()
			.sorted(Comparator.comparingInt((advice) -> order(advice.getKey(), advice.getValue())))
			.map((advice) -> ofBean(advice.getKey(), advice.getValue()))
			.toList();
	}

	private int order(String beanName, Class<?> beanClass) {
		if (Ordered.class.isAssignableFrom(beanClass)) {
			return this.beanFactory.getBean(beanName, Ordered.class).getOrder();
		}
		Order order = this.beanFactory.findAnnotationOnBean(beanName, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Find the methods of a bean.
	 * @param beanName the name of the bean
	 * @param beanClass the class of the bean, not of a proxy
	 * @return the methods
	 * @throws FailureAnalyzedException if a method has a mistake
	 */
	ExceptionHandlerMethods ofBean(String beanName, Class<?> beanClass) {
		Map<Class<?>, HandlerMethod> byType = new HashMap<>();
		methods(beanClass).forEach((method) -> add(byType, beanName, beanClass, method));
		return new ExceptionHandlerMethods(byType);
	}

	private static Set<Method> methods(Class<?> beanClass) {
		if (!AnnotationUtils.isCandidateClass(beanClass, SpoeExceptionHandler.class)) {
			return Set.of();
		}
		return MethodIntrospector.selectMethods(beanClass,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, SpoeExceptionHandler.class));
	}

	private void add(Map<Class<?>, HandlerMethod> byType, String beanName, Class<?> beanClass, Method method) {
		HandlerMethod handler = this.factory.createExceptionHandler(new HandlerBean(this.beanFactory, beanName, method),
				beanClass, method);
		for (Class<?> type : types(beanClass, method, handler)) {
			HandlerMethod other = byType.putIfAbsent(type, handler);
			if (other != null && other != handler) {
				throw new FailureAnalyzedException(
						type.getName() + " has two exception handlers in one bean: " + other + " and " + handler + ".",
						"Remove one of the methods, or give it another type of exception.");
			}
		}
	}

	private static List<Class<?>> types(Class<?> beanClass, Method method, HandlerMethod handler) {
		SpoeExceptionHandler annotation = AnnotatedElementUtils.findMergedAnnotation(method,
				SpoeExceptionHandler.class);
		List<Class<?>> declared = (annotation != null) ? List.of(annotation.value()) : List.of();
		List<Class<?>> taken = new ArrayList<>();
		// A type variable is what the class of the bean says.
		IntStream.range(0, method.getParameterCount())
			.mapToObj((i) -> ResolvableType.forMethodParameter(method, i, beanClass).toClass())
			.filter(Throwable.class::isAssignableFrom)
			.forEach(taken::add);
		if (declared.isEmpty() && taken.size() == 1) {
			return taken;
		}
		if (declared.isEmpty()) {
			throw new FailureAnalyzedException("@SpoeExceptionHandler on " + handler + " names no type of exception.",
					"Give the annotation the types of exceptions, or the method one parameter of such a type.");
		}
		Class<?> narrower = narrower(declared, taken);
		if (narrower != null) {
			throw new FailureAnalyzedException(
					"The " + handler + " takes a " + narrower.getName()
							+ ", which not all exceptions are that its @SpoeExceptionHandler names.",
					"Use a type for the parameter that all of them have.");
		}
		return declared;
	}

	private static @Nullable Class<?> narrower(List<Class<?>> declared, List<Class<?>> taken) {
		return taken.stream()
			.filter((parameter) -> !declared.stream().allMatch(parameter::isAssignableFrom))
			.findFirst()
			.orElse(null);
	}

}
