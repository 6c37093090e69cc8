/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import org.HdrHistogram.Histogram;

import io.github.spoe.client.AckHandler;
import io.github.spoe.client.SpopClient;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;

/**
 * A connection that sends questions, checks the answers and takes the time. One thread
 * may send while another receives.
 */
final class LoadConnection implements AckHandler {

	/**
	 * Most bytes of one write: the size of HAProxy's buffers.
	 */
	static final int MAX_WRITE = 16 * 1024;

	private static final Duration POLL = Duration.ofMillis(100);

	private static final long HIGHEST = TimeUnit.HOURS.toNanos(2);

	private final SpopClient client;

	private final Questions questions;

	private final InFlight inFlight;

	private final Schedule schedule;

	private final Histogram latency = new Histogram(TimeUnit.MICROSECONDS.toNanos(1), HIGHEST, 3);

	private final ByteWriter batch = new ByteWriter(2 * MAX_WRITE);

	private long now;

	private boolean late;

	private long last;

	private long errors;

	private String firstError;

	LoadConnection(SpopClient client, Questions questions, InFlight inFlight, Schedule schedule) {
		this.client = client;
		this.questions = questions;
		this.inFlight = inFlight;
		this.schedule = schedule;
		this.last = schedule.end();
	}

	/**
	 * Append a frame to the next write.
	 * @param due when the frame is due
	 */
	void append(long due) {
		this.questions.write(this.batch, this.inFlight.add(due));
	}

	boolean canAppend() {
		return this.batch.size() < MAX_WRITE && this.inFlight.hasRoom();
	}

	/**
	 * Send what was appended.
	 * @return whether there was anything
	 */
	boolean flush() throws IOException {
		if (this.batch.size() == 0) {
			return false;
		}
		this.client.send(this.batch);
		this.batch.truncate(0);
		return true;
	}

	void receive() throws IOException {
		this.late = true;
		this.client.receive(this, POLL);
	}

	@Override
	public void handle(long streamId, long frameId, ByteBuf actions) {
		if (this.late) {
			this.now = System.nanoTime();
			this.late = false;
		}
		if (!this.inFlight.contains(streamId) || frameId != Questions.frameId(streamId)) {
			error("ACK of stream " + Long.toUnsignedString(streamId) + ", frame " + Long.toUnsignedString(frameId)
					+ ", which is not in flight");
			return;
		}
		long due = this.inFlight.remove(streamId);
		if (!this.questions.isAnswer(streamId, actions)) {
			error("ACK with " + Ack.readActions(actions) + " (expected: ip_score " + Questions.score(streamId)
					+ " of the session)");
		}
		else if (this.schedule.isMeasured(due)) {
			this.latency.recordValue(Math.min(this.now - due, HIGHEST));
			this.last = this.now;
		}
	}

	private void error(String text) {
		this.errors++;
		if (this.firstError == null) {
			this.firstError = text;
		}
	}

	InFlight inFlight() {
		return this.inFlight;
	}

	Schedule schedule() {
		return this.schedule;
	}

	Histogram latency() {
		return this.latency;
	}

	/**
	 * Return when the last ACK that was measured came.
	 */
	long last() {
		return this.last;
	}

	long errors() {
		return this.errors;
	}

	String firstError() {
		return this.firstError;
	}

	void close() throws IOException {
		this.client.close();
	}

}
