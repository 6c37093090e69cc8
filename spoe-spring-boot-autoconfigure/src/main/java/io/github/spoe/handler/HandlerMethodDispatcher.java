/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.convert.ConversionService;

import io.github.spoe.SpoeAckTooLargeException;
import io.github.spoe.SpoeException;
import io.github.spoe.SpoeExecution;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.server.SpoeWarmup;

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

	private final @Nullable Supplier<SpoeWarmup> warmup;

	private final Executor workers;

	private final DurationRecorder unhandled;

	private final UnknownMessages unknownMessages = new UnknownMessages();

	/**
	 * Create a new dispatcher for the handler methods of all beans.
	 * @param beanFactory the bean factory
	 * @param conversionService what converts arguments to types that the wire does not
	 * have
	 * @param defaultExecution where methods run that do not say it
	 * @param workers what runs methods that may block
	 * @param metrics what messages are measured with
	 * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a handler
	 * method has a mistake
	 */
	public HandlerMethodDispatcher(ConfigurableListableBeanFactory beanFactory, ConversionService conversionService,
			SpoeExecution defaultExecution, Executor workers, SpoeMetrics metrics) {
		ArgumentResolvers resolvers = new ArgumentResolvers(conversionService, beanFactory::resolveEmbeddedValue);
		HandlerMethodFactory factory = new HandlerMethodFactory(resolvers, defaultExecution);
		HandlerMethods methods = HandlerMethods.find(beanFactory, factory);
		this.handlers = new HandlerTable(methods.byMessage(), metrics);
		this.warmup = () -> new HandlerWarmup(methods, factory, metrics.discarding());
		this.workers = workers;
		this.unhandled = metrics.message(null, SpoeOutcome.UNHANDLED, null);
		if (this.handlers.isEmpty()) {
			logger.warn("No bean has a method with @SpoeMessageHandler: "
					+ "all messages will be acknowledged without variables");
		}
	}

	/**
	 * Create a new dispatcher for a warm-up, which does as any other but logs nothing.
	 * @param handlers the messages
	 * @param workers what runs methods that may block
	 */
	HandlerMethodDispatcher(HandlerTable handlers, Executor workers) {
		this.handlers = handlers;
		this.workers = workers;
		this.unhandled = DurationRecorder.NONE;
		this.warmup = null;
	}

	@Override
	public @Nullable SpoeWarmup warmup() {
		return (this.warmup != null) ? this.warmup.get() : null;
	}

	// Not a class of its own: the JIT compiler would foresee that class for real
	// messages.
	boolean isQuiet() {
		return this.warmup == null;
	}

	@Override
	public void dispatch(SpoeExchange exchange) {
		HandledMessage message = next(exchange);
		while (message != null) {
			if (!message.handler().isInline()) {
				SpoeExchange detached = exchange.detach();
				if (detached != null) {
					new ExchangeTask(this, this.workers, detached, message).start();
					return;
				}
				rejected(exchange, message, "Too many messages are in flight", null);
			}
			else {
				try {
					exchange.started();
					message.handler().invoke(exchange);
					answered(exchange, message);
				}
				catch (Throwable ex) {
					failed(exchange, message, ex);
				}
			}
			message = next(exchange);
		}
		exchange.complete();
	}

	/**
	 * Go to the next message that has a handler.
	 * @param exchange the exchange
	 * @return the message, or {@code null} if none is left
	 */
	@Nullable HandledMessage next(SpoeExchange exchange) {
		while (exchange.next()) {
			String name = exchange.getMessageName();
			HandledMessage message = this.handlers.get(name);
			if (message != null) {
				return message;
			}
			exchange.finished(SpoeOutcome.UNHANDLED, this.unhandled);
			this.unknownMessages.add(name);
		}
		return null;
	}

	/**
	 * Say that the current message of an exchange is answered.
	 * @param exchange the exchange
	 * @param handled the message
	 */
	void answered(SpoeExchange exchange, HandledMessage handled) {
		exchange.finished(SpoeOutcome.SUCCESS, handled.success());
	}

	/**
	 * Say that the current message of an exchange has failed, and drop its variables.
	 * @param exchange the exchange
	 * @param message the message
	 * @param ex the failure
	 */
	void failed(SpoeExchange exchange, HandledMessage message, Throwable ex) {
		Throwable cause = (ex instanceof CompletionException) ? Objects.requireNonNullElse(ex.getCause(), ex) : ex;
		failed(exchange, message, (cause instanceof TimeoutException) ? SpoeOutcome.TIMEOUT : SpoeOutcome.ERROR, cause);
	}

	/**
	 * Say that the handler of the current message of an exchange is not called.
	 * @param exchange the exchange
	 * @param message the message
	 * @param reason the reason
	 * @param cause what has led to it, or {@code null}
	 */
	void rejected(SpoeExchange exchange, HandledMessage message, String reason, @Nullable Throwable cause) {
		failed(exchange, message, SpoeOutcome.REJECTED, new SpoeException(reason, cause));
	}

	private void failed(SpoeExchange exchange, HandledMessage message, SpoeOutcome outcome, Throwable cause) {
		exchange.rollback();
		exchange.finished(outcome, message.failure(outcome, cause));
		// The exchange has told of variables that did not fit.
		if (!isQuiet() && !(cause instanceof SpoeAckTooLargeException)) {
			message.failureLog().add(outcome, cause);
		}
	}

}
