/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

/**
 * What is measured on a connection. Sums are gathered while the connection reads, and are
 * handed on once for all that one read brought. For the event loop only, except where a
 * method says otherwise.
 */
final class ConnectionMetrics {

	private final SpoeMetrics metrics;

	private final boolean timed;

	private final Stopwatch stopwatch = new Stopwatch();

	private final NotifyTimes notifyTimes;

	private boolean reading;

	private long readStart;

	private int received;

	private int sent;

	private int acknowledged;

	ConnectionMetrics(SpoeMetrics metrics) {
		this.metrics = metrics;
		this.notifyTimes = new NotifyTimes(metrics);
		this.timed = metrics.isTimed();
		metrics.activeConnections(1);
	}

	/**
	 * Bytes were read.
	 */
	void readStarted() {
		if (this.timed) {
			long now = System.nanoTime();
			if (!this.reading) {
				this.reading = true;
				this.readStart = now;
			}
			this.stopwatch.start(now);
		}
	}

	/**
	 * What was read before, and had to wait, is answered now.
	 */
	void readResumed() {
		if (this.timed) {
			this.reading = true;
			this.stopwatch.start(System.nanoTime());
		}
	}

	/**
	 * All that was read is answered, or handed over.
	 */
	void readFinished() {
		if (this.timed) {
			this.stopwatch.pause();
		}
	}

	void received() {
		this.received++;
	}

	void sent() {
		this.sent++;
	}

	/**
	 * A handler is called on the event loop.
	 */
	void messageStarted() {
		if (this.timed) {
			this.stopwatch.resume();
		}
	}

	/**
	 * A handler is done on the event loop.
	 * @param recorder what is told how long it took
	 */
	void messageFinished(DurationRecorder recorder) {
		if (this.timed) {
			this.stopwatch.lap(recorder);
		}
	}

	/**
	 * A NOTIFY is answered in the read that brought it.
	 * @param outcome how it ended
	 */
	void answered(SpoeOutcome outcome) {
		sent();
		if (this.timed) {
			this.notifyTimes.add(outcome, this.readStart);
		}
	}

	/**
	 * Return when the current NOTIFY came.
	 * @return the time, of no meaning if durations are not measured
	 */
	long arrival() {
		return this.readStart;
	}

	/**
	 * A NOTIFY will be answered later.
	 */
	void detached() {
		this.metrics.activeNotifies(1);
		if (this.timed) {
			this.stopwatch.pause();
		}
	}

	/**
	 * A NOTIFY is answered that was detached.
	 * @param outcome how it ended
	 * @param arrival when it came
	 */
	void acknowledged(SpoeOutcome outcome, long arrival) {
		sent();
		this.acknowledged++;
		if (this.timed) {
			this.notifyTimes.add(outcome, arrival);
		}
	}

	/**
	 * A NOTIFY that was detached is done, when it cannot be answered any more.
	 */
	void dropped() {
		this.acknowledged++;
	}

	/**
	 * All that was answered is written.
	 */
	void written() {
		if (this.reading || this.notifyTimes.isPending()) {
			long now = System.nanoTime();
			this.notifyTimes.written(now);
			this.reading = false;
		}
		if (this.received > 0 || this.sent > 0) {
			this.metrics.frames(this.received, this.sent);
			this.received = 0;
			this.sent = 0;
		}
		if (this.acknowledged > 0) {
			this.metrics.activeNotifies(-this.acknowledged);
			this.acknowledged = 0;
		}
	}

	/**
	 * The connection is gone.
	 * @param inFlight the number of detached NOTIFYs that will not be answered any more
	 */
	void closed(int inFlight) {
		this.acknowledged += inFlight;
		written();
		this.metrics.activeConnections(-1);
	}

	/**
	 * Return whether durations are measured. Called on any thread.
	 * @return {@code false} if no clock needs to be read
	 */
	boolean isTimed() {
		return this.timed;
	}

}
