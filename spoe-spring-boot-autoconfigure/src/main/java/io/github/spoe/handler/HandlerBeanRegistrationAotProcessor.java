/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeMessageHandler;

/**
 * Finds the methods of a bean that handle messages or exceptions when an application is
 * processed ahead of time, for a native image to keep what they need of reflection.
 */
final class HandlerBeanRegistrationAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> beanClass = ClassUtils.getUserClass(registeredBean.getBeanClass());
		Set<Method> methods = MethodIntrospector
			.selectMethods(beanClass, (MetadataLookup<Boolean>) HandlerBeanRegistrationAotProcessor::handles)
			.keySet();
		if (methods.isEmpty()) {
			return null;
		}
		return (generationContext, beanRegistrationCode) -> {
			HandlerHints hints = new HandlerHints(generationContext.getRuntimeHints().reflection());
			methods.forEach((method) -> hints.register(method, beanClass));
		};
	}

	private static @Nullable Boolean handles(Method method) {
		boolean handles = AnnotatedElementUtils.hasAnnotation(method, SpoeMessageHandler.class)
				|| AnnotatedElementUtils.hasAnnotation(method, SpoeExceptionHandler.class);
		return handles ? true : null;
	}

}
