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
	 * The current message, {@code null} when none is left.
	 */
	private @Nullable HandledMessage message;

	/**
	 * Where the task was handed over to.
	 */
	private Place next = Place.EVENT_LOOP;

	/**
	 * Create a new task.
	 * @param dispatcher the dispatcher
	 * @param workers what runs methods that may block
	 * @param exchange the exchange, detached
	 * @param message its current message
	 */
	ExchangeTask(HandlerMethodDispatcher dispatcher, Executor workers, SpoeExchange exchange, HandledMessage message) {
		this.dispatcher = dispatcher;
		this.workers = workers;
		this.exchange = exchange;
		this.message = message;
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
		try {
			visitMessages(this.next);
		}
		catch (Throwable ex) {
			complete(ex);
		}
	}

	// Whatever happens, HAProxy gets its ACK.
	private void complete(Throwable ex) {
		if (!this.dispatcher.isQuiet()) {
			logger.error("A NOTIFY could not be handled to its end: " + ex.getClass().getName());
		}
		this.exchange.complete();
	}

	private void visitMessages(Place here) {
		HandledMessage current = this.message;
		while (current != null) {
			if (Place.of(current) != here) {
				if (handOver(current)) {
					return;
				}
			}
			else if (!invoke(current)) {
				return;
			}
			current = this.dispatcher.next(this.exchange);
			this.message = current;
		}
		this.exchange.complete();
	}

	/**
	 * Let another thread go on with the current message.
	 * @param current the message
	 * @return {@code false} if no thread takes it
	 */
	private boolean handOver(HandledMessage current) {
		this.next = Place.of(current);
		try {
			((this.next == Place.EVENT_LOOP) ? this.exchange.getEventLoop() : this.workers).execute(this);
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.dispatcher.rejected(this.exchange, current,
					(this.next == Place.WORKER) ? "All workers are busy" : "The event loop has ended", ex);
		}
		catch (Throwable ex) {
			this.dispatcher.failed(this.exchange, current, ex);
		}
		return false;
	}

	/**
	 * Call the handler of the current message.
	 * @param current the message
	 * @return {@code false} if it is not done yet
	 */
	private boolean invoke(HandledMessage current) {
		CompletableFuture<?> result;
		try {
			this.exchange.started();
			CompletionStage<?> stage = current.handler().invoke(this.exchange);
			result = (stage != null) ? stage.toCompletableFuture() : null;
		}
		catch (Throwable ex) {
			result = CompletableFuture.failedFuture(ex);
		}
		if (result == null) {
			this.dispatcher.answered(this.exchange, current);
			return true;
		}
		if (!result.isDone()) {
			result.whenComplete((none, ex) -> resume(current, ex));
			return false;
		}
		finish(current, result.handle((none, ex) -> ex).getNow(null));
		return true;
	}

	private void resume(HandledMessage current, @Nullable Throwable failure) {
		try {
			finish(current, failure);
			this.message = this.dispatcher.next(this.exchange);
			visitMessages(Place.ELSEWHERE);
		}
		catch (Throwable ex) {
			complete(ex);
		}
	}

	private void finish(HandledMessage current, @Nullable Throwable ex) {
		if (ex != null) {
			this.dispatcher.failed(this.exchange, current, ex);
		}
		else {
			this.dispatcher.answered(this.exchange, current);
		}
	}

	private enum Place {

		EVENT_LOOP, WORKER, ELSEWHERE;

		static Place of(HandledMessage message) {
			return message.handler().isOnEventLoop() ? EVENT_LOOP : WORKER;
		}

	}

}
