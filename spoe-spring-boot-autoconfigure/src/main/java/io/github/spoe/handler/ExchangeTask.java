/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeException;
import io.github.spoe.server.SpoeExchange;

/**
 * Carries a detached exchange from message to message and from thread to thread: each
 * handler is called where it wants to run, when the one before is done.
 */
final class ExchangeTask implements Runnable {

	private static final Log logger = LogFactory.getLog(ExchangeTask.class);

	private final HandlerMethodDispatcher dispatcher;

	private final Executor workers;

	private final SpoeExchange exchange;

	/**
	 * The handler of the current message, {@code null} when no message is left.
	 */
	private @Nullable HandlerMethod handler;

	/**
	 * Where the task was handed over to.
	 */
	private Place next = Place.EVENT_LOOP;

	/**
	 * Create a new task.
	 * @param dispatcher the dispatcher
	 * @param workers what runs methods that may block
	 * @param exchange the exchange, detached
	 * @param handler the handler of its current message
	 */
	ExchangeTask(HandlerMethodDispatcher dispatcher, Executor workers, SpoeExchange exchange, HandlerMethod handler) {
		this.dispatcher = dispatcher;
		this.workers = workers;
		this.exchange = exchange;
		this.handler = handler;
	}

	/**
	 * Begin with the current message. Called on the event loop.
	 */
	void start() {
		run();
	}

	/**
	 * Go on with the current message where it wants to run.
	 */
	@Override
	public void run() {
		guard(() -> visitMessages(this.next));
	}

	// Whatever happens, HAProxy gets its ACK.
	private void guard(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			logger.error("A NOTIFY could not be handled to its end: " + ex.getClass().getName());
			this.exchange.complete();
		}
	}

	private void visitMessages(Place here) {
		HandlerMethod current = this.handler;
		while (current != null) {
			if (Place.of(current) != here) {
				if (handOver(current)) {
					return;
				}
			}
			else if (!invoke(current)) {
				return;
			}
			current = this.dispatcher.nextHandler(this.exchange);
			this.handler = current;
		}
		this.exchange.complete();
	}

	/**
	 * Let another thread go on with the current message.
	 * @param current the handler of the message
	 * @return {@code false} if no thread takes it
	 */
	private boolean handOver(HandlerMethod current) {
		this.next = Place.of(current);
		try {
			((this.next == Place.EVENT_LOOP) ? this.exchange.getEventLoop() : this.workers).execute(this);
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.dispatcher.failed(this.exchange, current, new SpoeException(
					(this.next == Place.WORKER) ? "All workers are busy" : "The event loop has ended", ex));
		}
		catch (Throwable ex) {
			this.dispatcher.failed(this.exchange, current, ex);
		}
		return false;
	}

	/**
	 * Call the handler of the current message.
	 * @param current the handler
	 * @return {@code false} if it is not done yet
	 */
	private boolean invoke(HandlerMethod current) {
		CompletableFuture<?> result;
		try {
			CompletionStage<?> stage = current.invoke(this.exchange);
			result = (stage != null) ? stage.toCompletableFuture() : null;
		}
		catch (Throwable ex) {
			result = CompletableFuture.failedFuture(ex);
		}
		if (result == null) {
			this.dispatcher.answered(this.exchange);
			return true;
		}
		if (!result.isDone()) {
			result.whenComplete((none, ex) -> guard(() -> resume(current, ex)));
			return false;
		}
		finish(current, result.handle((none, ex) -> ex).getNow(null));
		return true;
	}

	private void resume(HandlerMethod current, @Nullable Throwable ex) {
		finish(current, ex);
		this.handler = this.dispatcher.nextHandler(this.exchange);
		visitMessages(Place.ELSEWHERE);
	}

	private void finish(HandlerMethod current, @Nullable Throwable ex) {
		if (ex != null) {
			this.dispatcher.failed(this.exchange, current, ex);
		}
		else {
			this.dispatcher.answered(this.exchange);
		}
	}

	private enum Place {

		EVENT_LOOP, WORKER, ELSEWHERE;

		static Place of(HandlerMethod handler) {
			return handler.isOnEventLoop() ? EVENT_LOOP : WORKER;
		}

	}

}
