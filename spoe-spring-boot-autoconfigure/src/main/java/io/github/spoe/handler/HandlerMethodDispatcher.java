/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.convert.ConversionService;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeException;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;

/**
 * {@link SpoeDispatcher} that calls the methods annotated with
 * {@link io.github.spoe.SpoeMessageHandler @SpoeMessageHandler}.
 * <p>
 * As long as the messages of an exchange have handlers that are done when they return to
 * the event loop, nothing is copied or handed over. From the first other one on, an
 * {@link ExchangeTask} carries on.
 *
 * @since 0.1.0
 */
public class HandlerMethodDispatcher implements SpoeDispatcher {

	private static final Log logger = LogFactory.getLog(HandlerMethodDispatcher.class);

	private final HandlerTable handlers;

	private final Executor workers;

	private final UnknownMessages unknownMessages = new UnknownMessages();

	/**
	 * Create a new dispatcher for the handler methods of all beans.
	 * @param beanFactory the bean factory
	 * @param conversionService what converts arguments to types that the wire does not
	 * have
	 * @param defaultExecution where methods run that do not say it
	 * @param workers what runs methods that may block
	 * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a handler
	 * method has a mistake
	 */
	public HandlerMethodDispatcher(ConfigurableListableBeanFactory beanFactory, ConversionService conversionService,
			SpoeExecution defaultExecution, Executor workers) {
		ArgumentResolvers resolvers = new ArgumentResolvers(conversionService, beanFactory::resolveEmbeddedValue);
		this.handlers = HandlerMethods.find(beanFactory, new HandlerMethodFactory(resolvers, defaultExecution));
		this.workers = workers;
		if (this.handlers.isEmpty()) {
			logger.warn("No bean has a method with @SpoeMessageHandler: "
					+ "all messages will be acknowledged without variables");
		}
	}

	@Override
	public void dispatch(SpoeExchange exchange) {
		HandlerMethod handler = nextHandler(exchange);
		while (handler != null) {
			if (!handler.isInline()) {
				new ExchangeTask(this, this.workers, exchange.detach(), handler).start();
				return;
			}
			try {
				handler.invoke(exchange);
				answered(exchange);
			}
			catch (Throwable ex) {
				failed(exchange, handler, ex);
			}
			handler = nextHandler(exchange);
		}
		exchange.complete();
	}

	/**
	 * Go to the next message that has a handler.
	 * @param exchange the exchange
	 * @return the handler, or {@code null} if no message is left
	 */
	@Nullable HandlerMethod nextHandler(SpoeExchange exchange) {
		while (exchange.next()) {
			String name = exchange.getMessageName();
			HandlerMethod handler = this.handlers.get(name);
			if (handler != null) {
				return handler;
			}
			this.unknownMessages.add(name);
		}
		return null;
	}

	/**
	 * Say that the current message of an exchange is answered.
	 * @param exchange the exchange
	 */
	void answered(SpoeExchange exchange) {
		if (logger.isDebugEnabled()) {
			SpoeMessage message = exchange.getMessage();
			logger.debug("Message '" + LogText.of(message.getName()) + "' with arguments "
					+ message.getArguments().stream().map(SpoeArgument::getName).map(LogText::of).toList()
					+ " answered with variables " + exchange.variables());
		}
	}

	/**
	 * Say that the current message of an exchange has failed, and drop its variables.
	 * @param exchange the exchange
	 * @param handler the handler
	 * @param ex the failure
	 */
	void failed(SpoeExchange exchange, HandlerMethod handler, Throwable ex) {
		exchange.rollback();
		try {
			logFailure(exchange, handler, ex);
		}
		catch (Throwable unprintable) {
			logger.warn("Message is acknowledged without variables: " + handler + " failed with "
					+ ex.getClass().getName() + ", which cannot be printed");
		}
	}

	private static void logFailure(SpoeExchange exchange, HandlerMethod handler, Throwable ex) {
		Throwable cause = (ex instanceof CompletionException) ? Objects.requireNonNullElse(ex.getCause(), ex) : ex;
		String text = "Message '" + exchange.getMessage().getName() + "' is acknowledged without variables: " + handler
				+ " failed";
		if (cause instanceof SpoeException) {
			logger.warn(text + ": " + cause.getMessage());
		}
		else {
			logger.warn(text, cause);
		}
	}

}
