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
 * Carries detached exchanges from message to message and from thread to thread: each
 * handler is called where it wants to run, when the one before is done or its deadline
 * has passed.
 */
final class ExchangeRunner {

	/**
	 * Stands for a thread that nothing was handed over to.
	 */
	static final Executor ELSEWHERE = (task) -> {
		throw new IllegalStateException("Nothing runs here");
	};

	private static final Log logger = LogFactory.getLog(ExchangeRunner.class);

	private final HandlerMethodDispatcher dispatcher;

	/**
	 * Create a new runner.
	 * @param dispatcher the dispatcher
	 */
	ExchangeRunner(HandlerMethodDispatcher dispatcher) {
		this.dispatcher = dispatcher;
	}

	/**
	 * Begin with the current message of an exchange. Called on the event loop.
	 * @param exchange the exchange, detached
	 * @param message the message
	 */
	void start(SpoeExchange exchange, HandledMessage message) {
		visit(exchange, message, null);
	}

	/**
	 * Go on with the next message of an exchange.
	 * @param exchange the exchange
	 * @param here where the calling thread belongs to, {@code null} for the event loop
	 */
	void proceed(SpoeExchange exchange, @Nullable Executor here) {
		HandledMessage next;
		try {
			next = this.dispatcher.next(exchange);
		}
		catch (Throwable ex) {
			abort(exchange, ex);
			return;
		}
		visit(exchange, next, here);
	}

	private void visit(SpoeExchange exchange, @Nullable HandledMessage message, @Nullable Executor here) {
		try {
			HandledMessage current = message;
			while (current != null) {
				if (!handle(exchange, current, here)) {
					return;
				}
				current = this.dispatcher.next(exchange);
			}
			exchange.complete();
		}
		catch (Throwable ex) {
			abort(exchange, ex);
		}
	}

	/**
	 * Let the handler of a message run where it wants to.
	 * @param exchange the exchange
	 * @param current the message
	 * @param here where this thread belongs to
	 * @return {@code false} if others go on with the exchange
	 */
	private boolean handle(SpoeExchange exchange, HandledMessage current, @Nullable Executor here) {
		Executor place = this.dispatcher.place(current);
		Turn turn = new Turn(this, exchange, current, place);
		if (!exchange.setDeadline((current.timeoutNanos() > 0) ? turn : null)) {
			// The event loop may have seen it at the same time.
			if (!turn.takeBack()) {
				return false;
			}
			this.dispatcher.timedOut(exchange, current);
			return true;
		}
		return (place == here) ? turn.call() : !handOver(exchange, turn, place);
	}

	/**
	 * Let another thread call the handler.
	 * @param exchange the exchange
	 * @param turn the turn of the message
	 * @param place where to
	 * @return {@code false} if no thread takes it
	 */
	private boolean handOver(SpoeExchange exchange, Turn turn, @Nullable Executor place) {
		try {
			((place != null) ? place : exchange.getEventLoop()).execute(task(exchange, turn));
			return true;
		}
		catch (Throwable ex) {
			if (!turn.takeBack()) {
				return true;
			}
			if (ex instanceof RejectedExecutionException) {
				this.dispatcher.rejected(exchange, turn.handled(), rejection(turn.handled(), place), ex);
			}
			else {
				this.dispatcher.failed(exchange, turn.handled(), ex);
			}
			return false;
		}
	}

	private static String rejection(HandledMessage message, @Nullable Executor place) {
		if (place == null) {
			return "The event loop has ended";
		}
		return (place == message.handler().executor()) ? "Its executor takes no more" : "All workers are busy";
	}

	// What gives the context of this thread to the other may fail there.
	private Runnable task(SpoeExchange exchange, Turn turn) {
		Runnable task = this.dispatcher.decorate(turn);
		return (task == turn) ? turn : () -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				if (!turn.takeBack()) {
					throw ex;
				}
				finish(exchange, turn.handled(), ex);
				proceed(exchange, turn.place());
			}
		};
	}

	/**
	 * Say that the handler of the current message is done. Called by whoever goes on with
	 * the exchange.
	 * @param exchange the exchange
	 * @param current the message
	 * @param failure why it failed, {@code null} if it did not
	 */
	void finish(SpoeExchange exchange, HandledMessage current, @Nullable Throwable failure) {
		try {
			if (failure != null) {
				this.dispatcher.failed(exchange, current, failure);
			}
			else {
				this.dispatcher.answered(exchange, current);
			}
		}
		catch (Throwable ex) {
			log(ex);
		}
	}

	/**
	 * Answer the current message as one whose deadline has passed, and go on. Called on
	 * the event loop.
	 * @param exchange the exchange
	 * @param current the message
	 */
	void timedOut(SpoeExchange exchange, HandledMessage current) {
		try {
			this.dispatcher.timedOut(exchange, current);
		}
		catch (Throwable ex) {
			log(ex);
		}
		proceed(exchange, null);
	}

	/**
	 * Say that a handler came to its end after its deadline.
	 */
	void late() {
		this.dispatcher.late();
	}

	// Whatever happens, HAProxy gets its ACK.
	private void abort(SpoeExchange exchange, Throwable ex) {
		log(ex);
		exchange.complete();
	}

	private void log(Throwable ex) {
		if (!this.dispatcher.isQuiet()) {
			logger.error("A NOTIFY could not be handled to its end: " + ex.getClass().getName());
		}
	}

}
