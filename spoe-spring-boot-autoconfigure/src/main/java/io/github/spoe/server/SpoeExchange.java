/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;

/**
 * A NOTIFY frame and the ACK that answers it. The messages are visited one by one, in the
 * order of the wire, and share one response.
 * <p>
 * An exchange is a view of bytes that belong to the event loop: it, and its messages,
 * must not be used once the dispatcher has returned. A {@link #detach() detached} one is
 * a copy, which may go to other threads, one after the other, and whose messages stay
 * valid.
 *
 * @since 0.1.0
 */
public interface SpoeExchange extends SpoeOrigin {

	/**
	 * Go to the next message, initially the first.
	 * @return whether there is one
	 */
	boolean next();

	/**
	 * Return the name of the current message.
	 * @return the name
	 */
	String getMessageName();

	/**
	 * Return the current message.
	 * @return the message
	 */
	SpoeMessage getMessage();

	/**
	 * Return the current message as one that stays valid for as long as it is held.
	 * @return the message, a copy if need be
	 */
	SpoeMessage retainMessage();

	/**
	 * Return the response of the current message. That of a detached exchange takes
	 * variables until the exchange goes to the next message or is rolled back, which
	 * makes another one.
	 * @return the response
	 */
	SpoeResponse getResponse();

	/**
	 * Drop the variables that were set for the current message.
	 */
	void rollback();

	/**
	 * Return this exchange, at its current message, as one that outlives the call of the
	 * dispatcher. From then on only the returned one may be used.
	 * @return the detached exchange, or {@code null} if as many are in flight as may be,
	 * and this one has to be completed without
	 */
	@Nullable SpoeExchange detach();

	/**
	 * Bound the time of the current message. Only for a detached exchange.
	 * @param deadline the deadline, which replaces that of the message before, or
	 * {@code null} for none
	 * @return {@code false} if the time has passed already, of which the deadline may be
	 * told, at the same time, or not
	 */
	boolean setDeadline(@Nullable SpoeDeadline deadline);

	/**
	 * Have a task run once the ACK is written, or will never be. It is run on the event
	 * loop, which must not be blocked.
	 * @param task the task
	 */
	void afterAck(Runnable task);

	/**
	 * Return what runs tasks on the event loop of the connection.
	 * @return the executor
	 */
	Executor getEventLoop();

	/**
	 * Say that the handler of the current message is about to be called.
	 */
	void started();

	/**
	 * Say that the current message has come to its end. A success is logged at
	 * {@code DEBUG}, variables that did not fit at {@code ERROR}. Any other failure is
	 * for the dispatcher to log.
	 * @param outcome how it ended
	 * @param recorder what is told how long it took
	 */
	void finished(SpoeOutcome outcome, DurationRecorder recorder);

	/**
	 * Send the ACK. The response takes no variable from then on.
	 */
	void complete();

}
