/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Load on a connection that runs on threads of its own.
 */
abstract class Loop {

	private final LoadConnection connection;

	private final AtomicReference<IOException> failure = new AtomicReference<>();

	Loop(LoadConnection connection) {
		this.connection = connection;
	}

	LoadConnection connection() {
		return this.connection;
	}

	/**
	 * Start the threads.
	 */
	abstract void start();

	/**
	 * Wait for the threads to end.
	 */
	abstract void join(long millis) throws InterruptedException;

	/**
	 * Return the number of frames that were due and not answered.
	 */
	abstract long lost();

	Thread thread(String name, Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// In the end the connection is closed on whoever still waits for it.
				if (!this.connection.schedule().isOver(System.nanoTime())) {
					this.failure.compareAndSet(null, ex);
				}
			}
		}, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return why the connection ended before its time, or {@code null}.
	 */
	IOException failure() {
		return this.failure.get();
	}

	/**
	 * What a thread does.
	 */
	interface Work {

		void run() throws IOException;

	}

}
