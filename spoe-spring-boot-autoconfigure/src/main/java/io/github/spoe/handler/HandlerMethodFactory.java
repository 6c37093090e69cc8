/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;

/**
 * Creates {@link HandlerMethod}s, and finds the mistakes in them.
 */
final class HandlerMethodFactory {

	private static final ParameterNameDiscoverer parameterNames = new DefaultParameterNameDiscoverer();

	private final ArgumentResolvers argumentResolvers;

	private final HandlerSettingsReader settings;

	private final @Nullable HandlerInvoker invoker;

	private final @Nullable HandlerInvoker exceptionHandlerInvoker;

	/**
	 * Create a new factory.
	 * @param argumentResolvers what chooses the resolvers of parameters
	 * @param settings what reads the annotations of methods
	 * @param invoker what calls each handler method, {@code null} for nothing before and
	 * after it
	 * @param exceptionHandlerInvoker what calls each exception handler
	 */
	HandlerMethodFactory(ArgumentResolvers argumentResolvers, HandlerSettingsReader settings,
			@Nullable HandlerInvoker invoker, @Nullable HandlerInvoker exceptionHandlerInvoker) {
		this.argumentResolvers = argumentResolvers;
		this.settings = settings;
		this.invoker = invoker;
		this.exceptionHandlerInvoker = exceptionHandlerInvoker;
	}

	/**
	 * Create a method that handles messages.
	 * @param bean the bean
	 * @param beanClass the class of the bean, not of a proxy
	 * @param method the method
	 * @param annotation the annotation of the method
	 * @param exceptionHandlers what answers messages when the method fails
	 * @return the handler method
	 * @throws FailureAnalyzedException if the method cannot be a handler method
	 */
	HandlerMethod create(HandlerBean bean, Class<?> beanClass, Method method, SpoeMessageHandler annotation,
			ExceptionHandlers exceptionHandlers) {
		String description = describe(beanClass, method);
		if (AnnotatedElementUtils.hasAnnotation(method, SpoeExceptionHandler.class)) {
			throw new FailureAnalyzedException(
					"The " + description + " has both @SpoeMessageHandler and @SpoeExceptionHandler.",
					"Remove one of the annotations, or make two methods of it.");
		}
		checkCallable(bean, method, description);
		KotlinMethod.check(method, description);
		ReturnKind returnKind = ReturnKind.of(method, beanClass);
		if (returnKind == null) {
			throw new FailureAnalyzedException(
					"The return type " + method.getGenericReturnType().getTypeName() + " of " + description
							+ " is not supported.",
					"Return void, Mono<Void> or CompletionStage<Void>, and set variables through a parameter of type "
							+ "SpoeResponse.");
		}
		HandlerSettings settings = this.settings.read(annotation, returnKind, description);
		if (settings.inBackground() && List.of(method.getParameterTypes()).contains(SpoeResponse.class)) {
			throw new FailureAnalyzedException(
					"The " + description
							+ " takes a SpoeResponse, and its message is acknowledged before it is called.",
					"Remove the parameter, or 'acknowledge = BEFORE'.");
		}
		return new HandlerMethod(description, bean, resolvers(beanClass, method, description), returnKind, settings,
				exceptionHandlers, this.invoker);
	}

	/**
	 * Create a method that answers messages whose handler methods have failed.
	 * @param bean the bean
	 * @param beanClass the class of the bean, not of a proxy
	 * @param method the method
	 * @return the handler method
	 * @throws FailureAnalyzedException if the method cannot be a handler method
	 */
	HandlerMethod createExceptionHandler(HandlerBean bean, Class<?> beanClass, Method method) {
		String description = describe(beanClass, method);
		checkCallable(bean, method, description);
		KotlinMethod.check(method, description);
		if (KotlinMethod.isSuspend(method)) {
			throw new FailureAnalyzedException(
					"The " + description + " is a suspend function, which an exception handler cannot be.",
					"Remove 'suspend'.");
		}
		if (method.getReturnType() != void.class) {
			throw new FailureAnalyzedException(
					"The return type " + method.getGenericReturnType().getTypeName() + " of " + description
							+ " is not supported.",
					"Return void, and set variables through a parameter of type SpoeResponse.");
		}
		return new HandlerMethod(description, bean, resolvers(beanClass, method, description), ReturnKind.VOID,
				HandlerSettings.EVENT_LOOP, ExceptionHandlers.NONE, this.exceptionHandlerInvoker);
	}

	/**
	 * Create a handler method for a warm-up.
	 * @param bean the bean
	 * @param method the method
	 * @param settings where the method is called
	 * @return the handler method
	 */
	HandlerMethod createForWarmup(HandlerBean bean, Method method, HandlerSettings settings) {
		Class<?> beanClass = method.getDeclaringClass();
		String description = describe(beanClass, method);
		return new HandlerMethod(description, bean, resolvers(beanClass, method, description), ReturnKind.VOID,
				settings, ExceptionHandlers.NONE, null);
	}

	private ArgumentResolver[] resolvers(Class<?> beanClass, Method method, String description) {
		return Stream.of(new Signature(method, beanClass).getMethodParameters())
			.limit(KotlinMethod.getParameterCount(method))
			.map((parameter) -> resolver(parameter, description))
			.toArray(ArgumentResolver[]::new);
	}

	private ArgumentResolver resolver(MethodParameter parameter, String description) {
		if (Throwable.class.isAssignableFrom(parameter.getParameterType()) && isExceptionHandler(parameter)) {
			return (message, response, origin, failure) -> failure;
		}
		parameter.initParameterNameDiscovery(parameterNames);
		return this.argumentResolvers.forParameter(parameter, description);
	}

	private static boolean isExceptionHandler(MethodParameter parameter) {
		return parameter.getMethodAnnotation(SpoeExceptionHandler.class) != null;
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

	static String describe(Class<?> beanClass, Method method) {
		return "method '" + ClassUtils.getQualifiedMethodName(method, ClassUtils.getUserClass(beanClass))
				+ Stream.of(method.getParameterTypes())
					.limit(KotlinMethod.getParameterCount(method))
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
