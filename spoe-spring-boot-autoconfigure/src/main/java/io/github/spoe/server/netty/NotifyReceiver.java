/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import org.apache.commons.logging.Log;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.spop.ByteReader;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.SpopException;

/**
 * Answers the NOTIFYs of a connection, whole or in fragments, or hands them to those who
 * do it later. Whatever is wrong with one, it is acknowledged. For the event loop only.
 */
final class NotifyReceiver {

	private final SpoeConnection connection;

	private final SpoeDispatcher dispatcher;

	private final PeerFaults faults;

	private final Log logger;

	private final AckPacer pacer;

	private final InlineExchange exchange;

	private final EventLoopActivity activity;

	private final Fragments fragments;

	private final int maxSize;

	private AckLimits ackLimits;

	/**
	 * Create a new receiver.
	 * @param connection the connection
	 * @param settings what all connections share
	 * @param pacer what looks at the ACKs
	 * @param exchange what the messages are dispatched with
	 */
	NotifyReceiver(SpoeConnection connection, ConnectionSettings settings, AckPacer pacer, InlineExchange exchange) {
		this.connection = connection;
		this.dispatcher = settings.dispatcher();
		this.faults = settings.faults();
		this.logger = settings.log();
		this.pacer = pacer;
		this.exchange = exchange;
		this.activity = connection.activity();
		this.maxSize = settings.limits().messageSize();
		this.fragments = new Fragments(this.maxSize);
		this.ackLimits = new AckLimits(0, settings.varPrefixLength());
	}

	/**
	 * Take what was agreed.
	 * @param maxAckLength the greatest length of an ACK
	 */
	void agreed(int maxAckLength) {
		this.ackLimits = new AckLimits(maxAckLength, this.ackLimits.varPrefixLength());
	}

	/**
	 * Take a frame.
	 * @param frame a NOTIFY, or a fragment of one
	 * @param out what the ACK is appended to, unless it is left to others
	 * @throws SpopException if it is a fragment that does not belong here
	 */
	void receive(FrameReader frame, ByteWriter out) {
		if (frame.type() == FrameType.NOTIFY && frame.isFin() && !this.fragments.isIncomplete()) {
			answer(frame, frame.payload(), out);
		}
		else if (this.fragments.add(frame)) {
			answerFragments(frame, out);
		}
	}

	private void answerFragments(FrameReader last, ByteWriter out) {
		ByteReader payload = this.fragments.take();
		if (payload != null) {
			answer(last, payload, out);
			return;
		}
		// The connection and what else is on it can go on. An ACK with ABORT before the
		// last fragment nearly always comes too late, and where it comes in time HAProxy
		// 2.6 miscounts what waits on its connections.
		this.faults.notifyTooLarge(this.connection.peerAddress(), this.maxSize);
		this.exchange.begin(last, out, this.ackLimits);
		answerWithoutVariables();
	}

	private void answer(FrameReader frame, ByteReader payload, ByteWriter out) {
		int start = out.size();
		this.exchange.begin(frame, out, this.ackLimits);
		try {
			this.exchange.index(payload);
		}
		catch (SpopException ex) {
			this.faults.malformedNotify(this.connection.peerAddress(), this.exchange::faultyMessage, ex);
			answerWithoutVariables();
			return;
		}
		try {
			this.dispatcher.dispatch(this.exchange);
		}
		catch (Throwable ex) {
			this.logger.error("NOTIFY from " + this.connection.peerAddress() + " was not dispatched", ex);
			this.exchange.finished(SpoeOutcome.ERROR, DurationRecorder.NONE);
		}
		this.activity.end();
		if (this.exchange.isOpen()) {
			this.exchange.complete();
		}
		this.pacer.answered(out.size() - start);
	}

	private void answerWithoutVariables() {
		this.exchange.finished(SpoeOutcome.ERROR, DurationRecorder.NONE);
		this.exchange.complete();
	}

	/**
	 * Return whether only a part of a NOTIFY has come.
	 * @return whether fragments are missing
	 */
	boolean isIncomplete() {
		return this.fragments.isIncomplete();
	}

	/**
	 * Return whether the frames since this was asked are more than fragments of a NOTIFY
	 * that had begun before.
	 * @return {@code false} if all of them continue it, and it is still not whole
	 */
	boolean advanced() {
		return this.fragments.advanced();
	}

	/**
	 * Throw away what has come in part.
	 */
	void clear() {
		this.fragments.clear();
	}

}
