/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.spoe.server.SpoeExchange;

/**
 * A method that answers messages, with all that can be decided before a message comes.
 */
final class HandlerMethod {

	private final String description;

	private final HandlerBean bean;

	private final ArgumentResolver[] resolvers;

	private final ReturnKind returnKind;

	private final boolean onEventLoop;

	private final boolean inline;

	/**
	 * By the class of the bean, of which a scope or a factory may make several.
	 */
	private final Map<Class<?>, HandlerCall> calls = new ConcurrentHashMap<>();

	/**
	 * What is called for each message, of a singleton that has been fetched. Written by
	 * any thread without a lock: what it holds is immutable.
	 */
	private @Nullable Target target;

	/**
	 * Create a new handler method.
	 * @param description the method, for a reader
	 * @param bean the bean that has the method
	 * @param resolvers what resolves the arguments, one for each parameter
	 * @param returnKind the kind of result
	 * @param onEventLoop whether the method is called on the event loop, else on a worker
	 */
	HandlerMethod(String description, HandlerBean bean, ArgumentResolver[] resolvers, ReturnKind returnKind,
			boolean onEventLoop) {
		this.description = description;
		this.bean = bean;
		this.resolvers = resolvers;
		this.returnKind = returnKind;
		this.onEventLoop = onEventLoop;
		this.inline = onEventLoop && returnKind == ReturnKind.VOID && !keepsMessage(resolvers);
		Object created = bean.getIfCreated();
		if (created != null) {
			// Now, and not when the first message waits for it.
			target(created);
		}
	}

	private static boolean keepsMessage(ArgumentResolver[] resolvers) {
		for (ArgumentResolver resolver : resolvers) {
			if (resolver.keepsMessage()) {
				return true;
			}
		}
		return false;
	}

	HandlerBean getBean() {
		return this.bean;
	}

	/**
	 * Return whether the method is called on the event loop. It is not as long as its
	 * bean is still to be created, which may take its time.
	 * @return {@code false} if it is called on a worker
	 */
	boolean isOnEventLoop() {
		return this.onEventLoop && isReady();
	}

	/**
	 * Return whether the method is done, and nothing of the exchange is held, when it
	 * returns to the event loop.
	 * @return whether the exchange needs not be detached
	 */
	boolean isInline() {
		return this.inline && isReady();
	}

	/**
	 * Call the method for the current message of an exchange.
	 * @param exchange the exchange
	 * @return completes when the method is done, {@code null} if it is
	 * @throws Throwable what the method throws, or why it cannot be called
	 */
	@Nullable CompletionStage<?> invoke(SpoeExchange exchange) throws Throwable {
		Target target = this.target;
		if (target == null) {
			target = target(this.bean.get());
		}
		return this.returnKind
			.stage(target.call().call(target.bean(), exchange.getMessage(), exchange.getResponse(), exchange, null));
	}

	/**
	 * Make up a message.
	 * @return the arguments by their names, or {@code null} if one cannot be made up
	 */
	@Nullable Map<String, Object> makeUpArguments() {
		Map<String, Object> arguments = new LinkedHashMap<>();
		for (ArgumentResolver resolver : this.resolvers) {
			if (!resolver.makeUp(arguments)) {
				return null;
			}
		}
		return arguments;
	}

	// What is created for each message is taken to be cheap.
	private boolean isReady() {
		return this.target != null || !this.bean.isSingleton();
	}

	private Target target(Object bean) {
		HandlerCall call = this.calls.computeIfAbsent(bean.getClass(),
				(beanClass) -> HandlerCalls.of(this.bean.invocable(bean), this.resolvers));
		Target target = new Target(bean, call);
		if (this.bean.isSingleton()) {
			this.target = target;
		}
		return target;
	}

	@Override
	public String toString() {
		return this.description;
	}

	/**
	 * A bean and what calls it.
	 *
	 * @param bean the bean
	 * @param call calls it
	 */
	private record Target(Object bean, HandlerCall call) {

	}

}
