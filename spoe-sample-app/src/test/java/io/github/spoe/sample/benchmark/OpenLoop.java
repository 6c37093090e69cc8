/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Frames that are due at a fixed rate, however slow the agent is. A frame that is sent
 * late, because the agent keeps the connection waiting, has waited since it was due.
 */
final class OpenLoop extends Loop {

	private static final long RETRY = TimeUnit.MICROSECONDS.toNanos(50);

	private final double period;

	private final double offset;

	private final Thread sender;

	private final Thread receiver;

	private volatile boolean sent;

	/**
	 * Create a new loop.
	 * @param period time between two frames in nanoseconds
	 * @param offset time before the first frame in nanoseconds
	 */
	OpenLoop(LoadConnection connection, double period, double offset) {
		super(connection);
		this.period = period;
		this.offset = offset;
		this.sender = thread("load-send", this::send);
		this.receiver = thread("load-receive", this::receive);
	}

	@Override
	void start() {
		this.receiver.start();
		this.sender.start();
	}

	private void send() throws IOException {
		try {
			Schedule schedule = connection().schedule();
			long due = due(0);
			while (schedule.isSending(due)) {
				long now = System.nanoTime();
				if (schedule.isOver(now)) {
					return;
				}
				while (due - now <= 0 && schedule.isSending(due) && connection().canAppend()) {
					connection().append(due);
					due = due(connection().inFlight().added());
				}
				if (!connection().flush()) {
					LockSupport.parkNanos((due - now > 0) ? due - now : RETRY);
				}
			}
		}
		finally {
			this.sent = true;
		}
	}

	private long due(long frame) {
		return connection().schedule().begin() + Math.round(this.offset + frame * this.period);
	}

	private void receive() throws IOException {
		while (!this.sent || connection().inFlight().size() > 0) {
			if (connection().schedule().isOver(System.nanoTime())) {
				return;
			}
			connection().receive();
		}
	}

	@Override
	void join(long millis) throws InterruptedException {
		this.sender.join(Math.max(1, millis));
		this.receiver.join(Math.max(1, millis));
	}

	@Override
	long lost() {
		Schedule schedule = connection().schedule();
		long frames = (long) Math.ceil((schedule.end() - schedule.begin() - this.offset) / this.period);
		return Math.max(frames - connection().inFlight().added(), 0) + connection().inFlight().size();
	}

}
