/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;

/**
 * As many frames in flight as a window takes: a frame is due as soon as there is room.
 */
final class ClosedLoop extends Loop {

	// One write takes a fourth of the window, or load and agent would take turns.
	private static final int WRITES_OF_A_WINDOW = 4;

	private final int window;

	private final int burst;

	private final Thread thread;

	ClosedLoop(LoadConnection connection, int window) {
		super(connection);
		this.window = window;
		this.burst = Math.max(1, window / WRITES_OF_A_WINDOW);
		this.thread = thread("load", this::run);
	}

	@Override
	void start() {
		this.thread.start();
	}

	private void run() throws IOException {
		Schedule schedule = connection().schedule();
		InFlight inFlight = connection().inFlight();
		while (true) {
			long now = System.nanoTime();
			if (schedule.isOver(now) || (!schedule.isSending(now) && inFlight.size() == 0)) {
				return;
			}
			while (schedule.isSending(now) && send(now)) {
				now = System.nanoTime();
			}
			connection().receive();
		}
	}

	private boolean send(long now) throws IOException {
		InFlight inFlight = connection().inFlight();
		for (int i = 0; i < this.burst && inFlight.size() < this.window && connection().canAppend(); i++) {
			connection().append(now);
		}
		return connection().flush();
	}

	@Override
	void join(long millis) throws InterruptedException {
		this.thread.join(Math.max(1, millis));
	}

	@Override
	long lost() {
		return connection().inFlight().size();
	}

}
