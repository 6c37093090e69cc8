/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The bean that has a handler method. A singleton is to be fetched once, when it is first
 * needed, so that a lazy one stays lazy; any other scope is asked for each message.
 */
final class HandlerBean {

	private final ConfigurableListableBeanFactory beanFactory;

	private final String name;

	private final Method method;

	private final boolean singleton;

	/**
	 * Create a new handler bean.
	 * @param beanFactory the bean factory
	 * @param name the name of the bean
	 * @param method the method as declared by the class of the bean
	 */
	HandlerBean(ConfigurableListableBeanFactory beanFactory, String name, Method method) {
		this.beanFactory = beanFactory;
		this.name = name;
		this.method = method;
		this.singleton = beanFactory.isSingleton(name);
	}

	/**
	 * Return the singleton, or the scoped proxy, if to look at it creates nothing.
	 * @return the singleton, or {@code null}
	 */
	@Nullable Object getIfCreated() {
		if (!this.singleton || !this.beanFactory.containsSingleton(this.name)) {
			return null;
		}
		boolean perhapsNotCreated = this.beanFactory.isFactoryBean(this.name)
				&& !this.beanFactory.isTypeMatch(this.name, ScopedObject.class);
		if (perhapsNotCreated) {
			return null;
		}
		Object bean = get();
		// A bean method that returned null left a bean that equals null.
		return bean.equals(null) ? null : bean;
	}

	/**
	 * Return whether {@link #get()} returns the same bean each time.
	 * @return {@code false} if it may create one
	 */
	boolean isSingleton() {
		return this.singleton;
	}

	Object get() {
		return this.beanFactory.getBean(this.name);
	}

	/**
	 * Return the method to call on an instance, which may be a proxy.
	 * @param bean the instance
	 * @return the method of the class of the instance
	 * @throws IllegalStateException if the proxy does not have the method
	 */
	Method invocable(Object bean) {
		Method selected = AopUtils.selectInvocableMethod(this.method, bean.getClass());
		selected.setAccessible(true);
		return selected;
	}

	@Override
	public String toString() {
		return "bean '" + this.name + "'";
	}

}
