/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.spoe.SpoeAckTooLargeException;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

/**
 * A message, the method that handles it, and what is told how long that took.
 */
final class HandledMessage {

	private final String name;

	private final HandlerMethod handler;

	private final long timeoutNanos;

	private final boolean inBackground;

	private final SpoeMetrics metrics;

	private final DurationRecorder success;

	private final FailureLog failureLog;

	private final FailureLog exceptionHandlerLog;

	private final Map<Failure, DurationRecorder> failures = new ConcurrentHashMap<>();

	HandledMessage(String name, HandlerMethod handler, SpoeMetrics metrics) {
		this.name = name;
		this.handler = handler;
		this.timeoutNanos = handler.timeoutNanos();
		this.inBackground = handler.isInBackground();
		this.metrics = metrics;
		this.success = metrics.message(name, SpoeOutcome.SUCCESS, null);
		this.failureLog = new FailureLog(name, handler.toString(), handler.isInBackground());
		this.exceptionHandlerLog = new FailureLog(name, "an exception handler for " + handler, false);
	}

	/**
	 * Return the time from the arrival of a NOTIFY within which the message has to be
	 * answered.
	 * @return the time in nanoseconds, 0 for no limit
	 */
	long timeoutNanos() {
		return this.timeoutNanos;
	}

	/**
	 * Return whether the message is acknowledged before its handler is called.
	 * @return whether nothing is to be waited for
	 */
	boolean isInBackground() {
		return this.inBackground;
	}

	HandlerMethod handler() {
		return this.handler;
	}

	DurationRecorder success() {
		return this.success;
	}

	FailureLog failureLog() {
		return this.failureLog;
	}

	/**
	 * Let an exception handler answer a message that has failed.
	 * @param exchange the exchange, at that message, without its variables
	 * @param failure why it has failed
	 * @return {@code false} if there is none for such a failure, or it fails itself
	 */
	boolean answerFailure(SpoeExchange exchange, Throwable failure) {
		try {
			return this.handler.exceptionHandlers().answer(exchange, failure);
		}
		catch (Throwable ex) {
			exchange.rollback();
			if (!(ex instanceof SpoeAckTooLargeException)) {
				this.exceptionHandlerLog.add(SpoeOutcome.ERROR, ex);
			}
			return false;
		}
	}

	/**
	 * Return what is told how long a failure took.
	 * @param outcome how the message ended
	 * @param error why it failed
	 * @return the recorder
	 */
	DurationRecorder failure(SpoeOutcome outcome, Throwable error) {
		return this.failures.computeIfAbsent(new Failure(outcome, error.getClass()),
				(failure) -> this.metrics.message(this.name, outcome, error));
	}

	/**
	 * A kind of failure.
	 *
	 * @param outcome how the message ended
	 * @param error the class of why it failed
	 */
	private record Failure(SpoeOutcome outcome, Class<?> error) {

	}

}
