/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

import io.github.spoe.SpoeExecution;

/**
 * Creates {@link HandlerMethod}s, and finds the mistakes in them.
 */
final class HandlerMethodFactory {

	private static final ParameterNameDiscoverer parameterNames = new DefaultParameterNameDiscoverer();

	private final ArgumentResolvers argumentResolvers;

	private final SpoeExecution defaultExecution;

	/**
	 * Create a new factory.
	 * @param argumentResolvers what chooses the resolvers of parameters
	 * @param defaultExecution what {@link SpoeExecution#AUTO} stands for
	 */
	HandlerMethodFactory(ArgumentResolvers argumentResolvers, SpoeExecution defaultExecution) {
		this.argumentResolvers = argumentResolvers;
		this.defaultExecution = defaultExecution;
	}

	/**
	 * Create a handler method.
	 * @param bean the bean
	 * @param beanClass the class of the bean, not of a proxy
	 * @param method the method
	 * @param execution where the method wants to run
	 * @return the handler method
	 * @throws FailureAnalyzedException if the method cannot be a handler method
	 */
	HandlerMethod create(HandlerBean bean, Class<?> beanClass, Method method, SpoeExecution execution) {
		String description = describe(beanClass, method);
		checkCallable(bean, method, description);
		ReturnKind returnKind = ReturnKind.of(method, beanClass);
		if (returnKind == null) {
			throw new FailureAnalyzedException(
					"The return type " + method.getGenericReturnType().getTypeName() + " of " + description
							+ " is not supported.",
					"Return void, Mono<Void> or CompletionStage<Void>, and set variables through a parameter of type "
							+ "SpoeResponse.");
		}
		ArgumentResolver[] resolvers = Stream.of(new Signature(method, beanClass).getMethodParameters())
			.map((parameter) -> resolver(parameter, description))
			.toArray(ArgumentResolver[]::new);
		return new HandlerMethod(description, bean, resolvers, returnKind, onEventLoop(execution, returnKind));
	}

	private ArgumentResolver resolver(MethodParameter parameter, String description) {
		parameter.initParameterNameDiscovery(parameterNames);
		return this.argumentResolvers.forParameter(parameter, description);
	}

	private boolean onEventLoop(SpoeExecution execution, ReturnKind returnKind) {
		SpoeExecution effective = (execution != SpoeExecution.AUTO) ? execution : this.defaultExecution;
		return (effective != SpoeExecution.AUTO) ? effective == SpoeExecution.EVENT_LOOP
				: returnKind != ReturnKind.VOID;
	}

	private static void checkCallable(HandlerBean bean, Method method, String description) {
		Object instance = bean.getIfCreated();
		if (instance == null) {
			return;
		}
		try {
			bean.invocable(instance);
		}
		catch (IllegalStateException ex) {
			throw AopUtils.isCglibProxy(instance)
					? new FailureAnalyzedException(
							"The " + bean + " is a proxy, and " + description
									+ " is private: a proxy cannot pass calls on to it.",
							"Make the method package-private, protected or public.", ex)
					: new FailureAnalyzedException(
							"The " + bean + " is a proxy that does not have " + description + ".",
							"Declare the method in an interface of the bean, or proxy the class with "
									+ "'spring.aop.proxy-target-class=true'.",
							ex);
		}
		if (AopUtils.isCglibProxy(instance) && Modifier.isFinal(method.getModifiers())) {
			throw new FailureAnalyzedException(
					"The " + bean + " is a proxy, and " + description
							+ " is final: it would run on the proxy, which has no state.",
					"Make the method not final.");
		}
	}

	private static String describe(Class<?> beanClass, Method method) {
		return "method '" + ClassUtils.getQualifiedMethodName(method, ClassUtils.getUserClass(beanClass))
				+ Stream.of(method.getParameterTypes())
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", ", "(", ")"))
				+ "'";
	}

	/**
	 * The parameters of a method, with annotations of the interface methods it implements
	 * and type variables as the class of the bean has them.
	 */
	private static final class Signature extends AnnotatedMethod {

		private final Class<?> beanClass;

		Signature(Method method, Class<?> beanClass) {
			super(method);
			this.beanClass = beanClass;
		}

		@Override
		protected Class<?> getContainingClass() {
			return this.beanClass;
		}

	}

}
