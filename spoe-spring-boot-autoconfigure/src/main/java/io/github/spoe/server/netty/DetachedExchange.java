/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeDeadline;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.NotifyIndex;

/**
 * {@link SpoeExchange} that outlives the read in which its NOTIFY came: over a copy of
 * the bytes, with a buffer of its own for the ACK, both on the heap, so that nothing has
 * to be released.
 */
final class DetachedExchange implements SpoeExchange {

	private static final VarHandle DEADLINE;

	static {
		try {
			DEADLINE = MethodHandles.lookup().findVarHandle(DetachedExchange.class, "deadline", SpoeDeadline.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final SpoeConnection connection;

	private final long streamId;

	private final long frameId;

	private final NotifyIndex index;

	private final long arrival;

	private final long deadlineArrival;

	/**
	 * Where {@link Deadlines} keep it.
	 */
	int place;

	/**
	 * The current deadline. Written by the thread that goes on with the exchange, read by
	 * the event loop.
	 */
	private @Nullable SpoeDeadline deadline;

	private List<Runnable> afterAck = List.of();

	private DetachedResponse response;

	/**
	 * Whether the current message is the one that it was detached for, in the read that
	 * brought it.
	 */
	private boolean first = true;

	private int message;

	private SpoeOutcome outcome;

	private long start;

	/**
	 * Create a new exchange.
	 * @param connection the connection
	 * @param streamId the stream of the NOTIFY
	 * @param frameId the frame of the NOTIFY
	 * @param index the payload of the NOTIFY
	 * @param message the number of the current message
	 * @param outcome how the messages before it ended
	 * @param arrival when the NOTIFY came, for those who measure
	 * @param deadlineArrival when the NOTIFY came, for its deadlines
	 * @param response the response
	 */
	DetachedExchange(SpoeConnection connection, long streamId, long frameId, NotifyIndex index, int message,
			SpoeOutcome outcome, long arrival, long deadlineArrival, DetachedResponse response) {
		this.connection = connection;
		this.streamId = streamId;
		this.frameId = frameId;
		this.index = index;
		this.message = message;
		this.outcome = outcome;
		this.arrival = arrival;
		this.deadlineArrival = deadlineArrival;
		this.response = response;
	}

	@Override
	public boolean next() {
		if (++this.message >= this.index.messageCount()) {
			return false;
		}
		this.response = this.response.next();
		this.first = false;
		return true;
	}

	@Override
	public String getMessageName() {
		return this.index.messageNameText(this.message);
	}

	@Override
	public SpoeMessage getMessage() {
		return new NotifyMessage(this.index, this.message);
	}

	@Override
	public SpoeMessage retainMessage() {
		return getMessage();
	}

	@Override
	public SpoeContext getContext() {
		return this.connection.context(this.streamId, this.frameId);
	}

	@Override
	public SpoeResponse getResponse() {
		return this.response;
	}

	@Override
	public void rollback() {
		this.response = this.response.rollback();
	}

	@Override
	public SpoeExchange detach() {
		return this;
	}

	@Override
	public boolean setDeadline(@Nullable SpoeDeadline deadline) {
		if (this.first) {
			// On the event loop.
			this.deadline = deadline;
		}
		else {
			// Before the timer is looked at, which the event loop may be about to stop.
			DEADLINE.setVolatile(this, deadline);
		}
		if (deadline == null) {
			return true;
		}
		Deadlines deadlines = this.connection.deadlines();
		long time = deadline(deadline);
		if (!this.first && deadlines.now() >= time) {
			return false;
		}
		deadlines.at(time);
		return true;
	}

	/**
	 * Return when the current deadline is.
	 * @return the time, the greatest for none
	 */
	long deadline() {
		return deadline((SpoeDeadline) DEADLINE.getVolatile(this));
	}

	private long deadline(@Nullable SpoeDeadline deadline) {
		return (deadline != null) ? this.deadlineArrival + deadline.getNanos() : Long.MAX_VALUE;
	}

	/**
	 * Tell the current deadline if it has passed.
	 * @param now the time
	 * @return {@code false} if it has not
	 */
	boolean passDeadline(long now) {
		SpoeDeadline deadline = (SpoeDeadline) DEADLINE.getVolatile(this);
		if (deadline == null || now < deadline(deadline)) {
			return false;
		}
		EventLoopActivity activity = this.connection.activity();
		activity.begin(this.index, this.message);
		deadline.passed();
		activity.end();
		return true;
	}

	@Override
	public void afterAck(Runnable task) {
		if (this.afterAck.isEmpty()) {
			this.afterAck = new ArrayList<>(1);
		}
		this.afterAck.add(task);
	}

	/**
	 * Return what is to be run once the ACK is written.
	 * @return the tasks
	 */
	List<Runnable> afterAck() {
		return this.afterAck;
	}

	@Override
	public Executor getEventLoop() {
		return this.connection::runHandlers;
	}

	@Override
	public void started() {
		if (this.connection.isOnEventLoop()) {
			this.connection.activity().begin(this.index, this.message);
		}
		this.start = this.connection.isTimed() ? System.nanoTime() : 0;
	}

	@Override
	public void finished(SpoeOutcome outcome, DurationRecorder recorder) {
		this.outcome = this.outcome.orWorse(outcome);
		if (recorder != DurationRecorder.NONE) {
			long nanos = (this.start != 0) ? System.nanoTime() - this.start : 0;
			recorder.record(1, nanos, nanos);
			this.start = 0;
		}
		if (this.response.refusedLength() > 0) {
			this.connection.faults()
				.ackTooLarge(this.index, this.message, outcome, this.response.refusedLength(),
						this.response.maxLength());
		}
		MessageLog log = this.connection.messageLog();
		if (log.isEnabled() && outcome == SpoeOutcome.SUCCESS) {
			log.answered(getMessage(), this.response.variables());
		}
	}

	SpoeOutcome outcome() {
		return this.outcome;
	}

	/**
	 * Return when the NOTIFY came.
	 * @return the time, as of {@link System#nanoTime()}
	 */
	long arrival() {
		return this.arrival;
	}

	@Override
	public void complete() {
		this.response.close();
		this.connection.acknowledge(this);
	}

	/**
	 * Return the ACK, once the exchange is completed.
	 * @return the whole frame
	 */
	ByteWriter ack() {
		return this.response.frame();
	}

}
