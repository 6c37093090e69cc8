/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * How a message, or a NOTIFY with all its messages, ended. In the order of their weight:
 * a NOTIFY ends as the worst of its messages.
 *
 * @since 0.1.0
 */
public enum SpoeOutcome {

	/**
	 * The handler is done.
	 */
	SUCCESS,

	/**
	 * There is no handler.
	 */
	UNHANDLED,

	/**
	 * The handler was not called, as all workers were busy, too many NOTIFYs were in
	 * flight, or too many messages waited in the background.
	 */
	REJECTED,

	/**
	 * The handler was not done in time, or failed with a
	 * {@link java.util.concurrent.TimeoutException}.
	 */
	TIMEOUT,

	/**
	 * The handler failed, or could not be called with what was received.
	 */
	ERROR;

	/**
	 * Return the worse of two outcomes.
	 * @param other the other outcome
	 * @return the worse one
	 */
	public SpoeOutcome orWorse(SpoeOutcome other) {
		return (other.ordinal() > ordinal()) ? other : this;
	}

}
