/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.LogText;
import io.github.spoe.server.SpoeDeadline;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.spop.ByteReader;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameEncoder;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.NotifyIndex;

/**
 * {@link SpoeExchange} on the event loop, over the bytes that were received: one for a
 * connection, used for one NOTIFY after the other. The ACK is written to the connection's
 * outbound buffer.
 */
final class InlineExchange implements SpoeExchange {

	private final SpoeConnection connection;

	private final ConnectionMetrics metrics;

	private final MessageLog log;

	private final NotifyIndex index;

	private final EventLoopActivity activity;

	private long streamId;

	private long frameId;

	private int message;

	private SpoeOutcome outcome = SpoeOutcome.SUCCESS;

	private @Nullable AckResponse response;

	/**
	 * Whether somebody has the response, and may hold it.
	 */
	private boolean responseGiven;

	/**
	 * What messages that are held are views of: one copy, however many they are.
	 */
	private @Nullable NotifyIndex retained;

	private final List<Runnable> afterAck = new ArrayList<>(0);

	InlineExchange(SpoeConnection connection, ConnectionMetrics metrics, MessageLog log, EventLoopScratch scratch) {
		this.connection = connection;
		this.metrics = metrics;
		this.log = log;
		this.index = scratch.index();
		this.activity = scratch.activity();
	}

	/**
	 * Begin the exchange of a NOTIFY.
	 * @param notify the frame of the NOTIFY
	 * @param out where the ACK is written to
	 * @param limits what bounds the ACK
	 */
	void begin(FrameReader notify, ByteWriter out, AckLimits limits) {
		this.streamId = notify.streamId();
		this.frameId = notify.frameId();
		this.message = -1;
		this.outcome = SpoeOutcome.SUCCESS;
		this.responseGiven = false;
		this.response = new AckResponse(out, limits, FrameEncoder.beginAnswer(out, FrameType.ACK, notify));
	}

	/**
	 * Check the payload, before any message is visited.
	 * @param payload the payload
	 * @throws io.github.spoe.spop.SpopException if the payload is malformed
	 */
	void index(ByteReader payload) {
		this.index.read(payload);
	}

	/**
	 * Return where a payload is malformed.
	 * @return the number of the message, from 1, and the name of the first one
	 */
	String faultyMessage() {
		String name = this.index.firstMessageName();
		return "message " + (this.index.messageCount() + 1)
				+ ((name != null) ? " ('" + LogText.of(name) + "' is the first)" : "");
	}

	// Whether the ACK is still to be sent from here.
	boolean isOpen() {
		return this.response != null;
	}

	@Override
	public boolean next() {
		if (++this.message >= this.index.messageCount()) {
			return false;
		}
		if (this.message > 0) {
			response().mark();
		}
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
		return new NotifyMessage(retained(), this.message);
	}

	private NotifyIndex retained() {
		NotifyIndex retained = this.retained;
		if (retained == null) {
			retained = this.index.copy();
			this.retained = retained;
		}
		return retained;
	}

	@Override
	public SpoeContext getContext() {
		return this.connection.context(this.streamId, this.frameId);
	}

	@Override
	public SpoeResponse getResponse() {
		this.responseGiven = true;
		return response();
	}

	private AckResponse response() {
		Assert.state(this.response != null, "The exchange is completed or detached");
		return this.response;
	}

	@Override
	public void rollback() {
		response().rollback();
	}

	@Override
	public @Nullable SpoeExchange detach() {
		AckResponse response = response();
		if (!this.connection.mayDetach()) {
			return null;
		}
		try {
			ByteWriter ack = response.copyFrame();
			AckResponse continued = this.responseGiven ? new AckResponse(response) : response;
			Deadlines deadlines = this.connection.deadlines();
			DetachedExchange detached = new DetachedExchange(this.connection, this.streamId, this.frameId, retained(),
					this.message, this.outcome, this.metrics.arrival(), deadlines.arrival(),
					new DetachedResponse(continued));
			if (!this.afterAck.isEmpty()) {
				this.afterAck.forEach(detached::afterAck);
			}
			deadlines.add(detached);
			// Nothing fails from here on, and this exchange is given up.
			handOver(response, continued, ack);
			return detached;
		}
		catch (Throwable ex) {
			// There may be no memory for a copy: this exchange is still to be answered.
			this.connection.notDetached();
			throw ex;
		}
	}

	private void handOver(AckResponse response, AckResponse continued, ByteWriter ack) {
		continued.moveTo(ack);
		if (continued != response) {
			response.abandon();
		}
		this.response = null;
		this.retained = null;
		this.afterAck.clear();
		this.connection.detached();
	}

	@Override
	public boolean setDeadline(@Nullable SpoeDeadline deadline) {
		throw new IllegalStateException("The exchange is not detached");
	}

	@Override
	public void afterAck(Runnable task) {
		this.afterAck.add(task);
	}

	@Override
	public Executor getEventLoop() {
		return this.connection::runHandlers;
	}

	@Override
	public void started() {
		this.activity.begin(this.index, this.message);
		this.metrics.messageStarted();
	}

	@Override
	public void finished(SpoeOutcome outcome, DurationRecorder recorder) {
		this.outcome = this.outcome.orWorse(outcome);
		this.metrics.messageFinished(recorder);
		AckResponse response = this.response;
		if (response != null && response.refusedLength() > 0) {
			this.connection.faults()
				.ackTooLarge(this.index, this.message, outcome, response.refusedLength(), response.maxLength());
		}
		if (this.log.isEnabled() && outcome == SpoeOutcome.SUCCESS) {
			this.log.answered(getMessage(), response().variables());
		}
	}

	@Override
	public void complete() {
		if (!this.afterAck.isEmpty()) {
			this.afterAck.forEach(this.connection::afterAck);
			this.afterAck.clear();
		}
		response().close();
		this.response = null;
		this.retained = null;
		this.metrics.answered(this.outcome);
	}

}
