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
 * The bean that has a handler method. A singleton is fetched once, when it is first
 * needed, so that a lazy one stays lazy; any other scope is asked for each message.
 */
final class HandlerBean {

	private final ConfigurableListableBeanFactory beanFactory;

	private final String name;

	private final Method method;

	private final boolean singleton;

	private volatile @Nullable Object instance;

	private volatile @Nullable Invocable invocable;

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
		return perhapsNotCreated ? null : get();
	}

	/**
	 * Return whether {@link #get()} is quick: only then may it be called on the event
	 * loop. What is created for each message is taken to be cheap.
	 * @return {@code false} for a singleton that was not fetched yet
	 */
	boolean isReady() {
		return this.instance != null || !this.singleton;
	}

	Object get() {
		Object bean = this.instance;
		if (bean == null) {
			bean = this.beanFactory.getBean(this.name);
			if (this.singleton) {
				this.instance = bean;
			}
		}
		return bean;
	}

	/**
	 * Return the method to call on an instance, which may be a proxy.
	 * @param bean the instance
	 * @return the method of the class of the instance
	 * @throws IllegalStateException if the proxy does not have the method
	 */
	Method invocable(Object bean) {
		Invocable known = this.invocable;
		if (known == null || known.beanClass() != bean.getClass()) {
			Method selected = AopUtils.selectInvocableMethod(this.method, bean.getClass());
			selected.setAccessible(true);
			known = new Invocable(bean.getClass(), selected);
			this.invocable = known;
		}
		return known.method();
	}

	@Override
	public String toString() {
		return "bean '" + this.name + "'";
	}

	/**
	 * A method that can be called on instances of a class.
	 *
	 * @param beanClass the class
	 * @param method the method
	 */
	private record Invocable(Class<?> beanClass, Method method) {

	}

}
