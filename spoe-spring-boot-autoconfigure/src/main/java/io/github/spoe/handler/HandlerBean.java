/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The bean that has a handler method. A singleton is fetched once, when it is first
 * needed, so that a lazy one stays lazy; any other scope is asked for each message.
 */
final class HandlerBean {

	private final ConfigurableListableBeanFactory beanFactory;

	private final String name;

	private final boolean singleton;

	private volatile @Nullable Object instance;

	private volatile @Nullable Invocable invocable;

	HandlerBean(ConfigurableListableBeanFactory beanFactory, String name) {
		this.beanFactory = beanFactory;
		this.name = name;
		this.singleton = beanFactory.isSingleton(name);
	}

	/**
	 * Return the singleton if there is one already, so that looking at it creates
	 * nothing.
	 * @return the singleton, or {@code null}
	 */
	@Nullable Object getIfCreated() {
		return this.singleton ? this.beanFactory.getSingleton(this.name) : null;
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
	 * @param method the method as declared by the class of the bean
	 * @param bean the instance
	 * @return the method of the class of the instance
	 * @throws IllegalStateException if the proxy does not have the method
	 */
	Method invocable(Method method, Object bean) {
		Invocable known = this.invocable;
		if (known == null || known.beanClass() != bean.getClass()) {
			Method selected = AopUtils.selectInvocableMethod(method, bean.getClass());
			selected.setAccessible(true);
			known = new Invocable(bean.getClass(), selected);
			this.invocable = known;
		}
		return known.method();
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
