/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOrigin;

/**
 * A method that answers messages, with all that can be decided before a message comes.
 */
final class HandlerMethod {

	private final String description;

	private final HandlerBean bean;

	private final ArgumentResolver[] resolvers;

	private final ReturnKind returnKind;

	private final HandlerSettings settings;

	private final ExceptionHandlers exceptionHandlers;

	private final @Nullable HandlerInvoker invoker;

	private final boolean keepsMessage;

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
	 * @param settings where and when the method is called
	 * @param exceptionHandlers what answers messages when the method fails
	 * @param invoker what calls the method with what belongs before and after,
	 * {@code null} for nothing
	 */
	HandlerMethod(String description, HandlerBean bean, ArgumentResolver[] resolvers, ReturnKind returnKind,
			HandlerSettings settings, ExceptionHandlers exceptionHandlers, @Nullable HandlerInvoker invoker) {
		this.description = description;
		this.bean = bean;
		this.resolvers = resolvers;
		this.returnKind = returnKind;
		this.settings = settings;
		this.exceptionHandlers = exceptionHandlers;
		this.invoker = invoker;
		this.keepsMessage = (invoker != null && invoker.keepsMessage()) || keepsMessage(resolvers);
		this.inline = settings.onEventLoop() && returnKind == ReturnKind.VOID;
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

	ExceptionHandlers exceptionHandlers() {
		return this.exceptionHandlers;
	}

	/**
	 * Return what calls the method instead of a worker.
	 * @return the executor, or {@code null} for none of its own
	 */
	@Nullable Executor executor() {
		return this.settings.executor();
	}

	/**
	 * Return the time from the arrival of a NOTIFY within which the method has to be
	 * done.
	 * @return the time in nanoseconds, 0 for no limit
	 */
	long timeoutNanos() {
		return this.settings.timeoutNanos();
	}

	/**
	 * Return whether a message is acknowledged before the method is called.
	 * @return whether the method answers nothing
	 */
	boolean isInBackground() {
		return this.settings.inBackground();
	}

	/**
	 * Return whether the method is called on the event loop. It is not as long as its
	 * bean is still to be created, which may take its time.
	 * @return {@code false} if it is called on a worker, or on an executor of its own
	 */
	boolean isOnEventLoop() {
		return this.settings.onEventLoop() && isReady();
	}

	/**
	 * Return whether the method is done when it returns to the event loop.
	 * @return whether the exchange needs not be detached
	 */
	boolean isInline() {
		return this.inline && isReady();
	}

	/**
	 * Call the method for the current message of an exchange.
	 * @param exchange the exchange
	 * @param failure why the message has failed, {@code null} if it has not
	 * @return completes when the method is done, {@code null} if it is
	 * @throws Throwable what the method throws, or why it cannot be called
	 */
	@Nullable CompletionStage<?> invoke(SpoeExchange exchange, @Nullable Throwable failure) throws Throwable {
		SpoeMessage message = this.keepsMessage ? exchange.retainMessage() : exchange.getMessage();
		return invoke(message, exchange.getResponse(), exchange, failure);
	}

	/**
	 * Call the method.
	 * @param message the message, which stays valid
	 * @param response the response
	 * @param origin where the message comes from
	 * @return completes when the method is done, {@code null} if it is
	 * @throws Throwable what the method throws, or why it cannot be called
	 */
	@Nullable CompletionStage<?> invoke(SpoeMessage message, SpoeResponse response, SpoeOrigin origin) throws Throwable {
		return invoke(message, response, origin, null);
	}

	private @Nullable CompletionStage<?> invoke(SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) throws Throwable {
		return (this.invoker != null) ? this.invoker.invoke(this, message, response, origin, failure)
				: invokeDirectly(message, response, origin, failure);
	}

	/**
	 * Call the method with nothing before and after it.
	 * @param message the message
	 * @param response the response
	 * @param origin where the message comes from
	 * @param failure why the message has failed, {@code null} if it has not
	 * @return completes when the method is done, {@code null} if it is
	 * @throws Throwable what the method throws, or why it cannot be called
	 */
	@Nullable CompletionStage<?> invokeDirectly(SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) throws Throwable {
		Target target = this.target;
		if (target == null) {
			target = target(this.bean.get());
		}
		return this.returnKind.stage(target.call().call(target.bean(), message, response, origin, failure));
	}

	/**
	 * Return this method as it is called for a warm-up: nothing else takes part.
	 * @return the method with nothing before and after it
	 */
	HandlerMethod forWarmup() {
		return (this.invoker != null) ? new HandlerMethod(this.description, this.bean, this.resolvers, this.returnKind,
				this.settings, ExceptionHandlers.NONE, null) : this;
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
