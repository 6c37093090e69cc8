/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.spoe.server.SpoeExchange;

/**
 * Carries a detached exchange from message to message and from thread to thread: each
 * handler is called where it wants to run, when the one before is done or its deadline
 * has passed.
 */
final class ExchangeTask {

	/**
	 * Stands for a thread that nothing was handed over to.
	 */
	static final Executor ELSEWHERE = (task) -> {
		throw new IllegalStateException("Nothing runs here");
	};

	private static final Log logger = LogFactory.getLog(ExchangeTask.class);

	private final HandlerMethodDispatcher dispatcher;

	private final SpoeExchange exchange;

	/**
	 * Create a new task.
	 * @param dispatcher the dispatcher
	 * @param exchange the exchange, detached
	 */
	ExchangeTask(HandlerMethodDispatcher dispatcher, SpoeExchange exchange) {
		this.dispatcher = dispatcher;
		this.exchange = exchange;
	}

	/**
	 * Begin with the current message. Called on the event loop.
	 * @param message the message
	 */
	void start(HandledMessage message) {
		visit(message, null);
	}

	/**
	 * Go on with the next message.
	 * @param here where the calling thread belongs to, {@code null} for the event loop
	 */
	void proceed(@Nullable Executor here) {
		HandledMessage next;
		try {
			next = this.dispatcher.next(this.exchange);
		}
		catch (Throwable ex) {
			abort(ex);
			return;
		}
		visit(next, here);
	}

	private void visit(@Nullable HandledMessage message, @Nullable Executor here) {
		try {
			HandledMessage current = message;
			while (current != null) {
				if (!isAnswered(current, here)) {
					return;
				}
				current = this.dispatcher.next(this.exchange);
			}
			this.exchange.complete();
		}
		catch (Throwable ex) {
			abort(ex);
		}
	}

	/**
	 * Let the handler of a message run where it wants to.
	 * @param current the message
	 * @param here where this thread belongs to
	 * @return {@code false} if others go on with the exchange
	 */
	private boolean isAnswered(HandledMessage current, @Nullable Executor here) {
		Executor place = this.dispatcher.place(current);
		Turn turn = new Turn(this, this.exchange, current, place);
		if (!this.exchange.setDeadline((current.handler().timeoutNanos() > 0) ? turn : null)) {
			this.dispatcher.timedOut(this.exchange, current);
			return true;
		}
		return (place == here) ? turn.call() : !handOver(turn, place);
	}

	/**
	 * Let another thread call the handler.
	 * @param turn the turn of the message
	 * @param place where to
	 * @return {@code false} if no thread takes it
	 */
	private boolean handOver(Turn turn, @Nullable Executor place) {
		try {
			((place != null) ? place : this.exchange.getEventLoop()).execute(turn);
			return true;
		}
		catch (Throwable ex) {
			if (!turn.takeBack()) {
				return true;
			}
			if (ex instanceof RejectedExecutionException) {
				this.dispatcher.rejected(this.exchange, turn.handled(),
						(place != null) ? "All workers are busy" : "The event loop has ended", ex);
			}
			else {
				this.dispatcher.failed(this.exchange, turn.handled(), ex);
			}
			return false;
		}
	}

	/**
	 * Say that the handler of the current message is done. Called by whoever goes on with
	 * the exchange.
	 * @param current the message
	 * @param failure why it failed, {@code null} if it did not
	 */
	void finish(HandledMessage current, @Nullable Throwable failure) {
		try {
			if (failure != null) {
				this.dispatcher.failed(this.exchange, current, failure);
			}
			else {
				this.dispatcher.answered(this.exchange, current);
			}
		}
		catch (Throwable ex) {
			log(ex);
		}
	}

	/**
	 * Answer the current message as one whose deadline has passed, and go on. Called on
	 * the event loop.
	 * @param current the message
	 */
	void timedOut(HandledMessage current) {
		try {
			this.dispatcher.timedOut(this.exchange, current);
		}
		catch (Throwable ex) {
			log(ex);
		}
		proceed(null);
	}

	/**
	 * Say that a handler came to its end after its deadline.
	 */
	void late() {
		this.dispatcher.late();
	}

	// Whatever happens, HAProxy gets its ACK.
	private void abort(Throwable ex) {
		log(ex);
		this.exchange.complete();
	}

	private void log(Throwable ex) {
		if (!this.dispatcher.isQuiet()) {
			logger.error("A NOTIFY could not be handled to its end: " + ex.getClass().getName());
		}
	}

}
