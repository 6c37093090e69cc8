/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * How long is waited for one thing that a peer is to do. One task looks when the time is
 * over, and comes back for the rest of it if the wait has begun anew: a connection that
 * waits a little again and again has one task in the time of its timeout, and not one for
 * each wait. For the event loop only.
 */
final class PeerTimeout implements Runnable {

	private final EventExecutor executor;

	private final long nanos;

	private final Runnable expired;

	private boolean waiting;

	private long start;

	private @Nullable Future<?> check;

	private boolean cancelled;

	/**
	 * Create a new timeout.
	 * @param executor the event loop
	 * @param timeout how long is waited, 0 for ever
	 * @param expired what is run when a wait has taken that long, and so has ended
	 */
	PeerTimeout(EventExecutor executor, Duration timeout, Runnable expired) {
		this.executor = executor;
		this.nanos = TimeUnit.NANOSECONDS.convert(timeout);
		this.expired = expired;
	}

	/**
	 * Begin to wait, unless a wait has begun before.
	 */
	void begin() {
		if (this.waiting || this.nanos == 0 || this.cancelled) {
			return;
		}
		this.waiting = true;
		this.start = now();
		if (this.check == null) {
			schedule(this.nanos);
		}
	}

	boolean isWaiting() {
		return this.waiting;
	}

	/**
	 * Let the time of a wait, if there is one, begin anew.
	 */
	void extend() {
		if (this.waiting) {
			this.start = now();
		}
	}

	/**
	 * End the wait, if there is one.
	 */
	void end() {
		this.waiting = false;
	}

	/**
	 * Wait no more, ever.
	 */
	void cancel() {
		this.cancelled = true;
		this.waiting = false;
		if (this.check != null) {
			this.check.cancel(false);
			this.check = null;
		}
	}

	/**
	 * Look whether the time is over.
	 */
	@Override
	public void run() {
		this.check = null;
		if (!this.waiting) {
			return;
		}
		long rest = this.nanos - (now() - this.start);
		if (rest > 0) {
			schedule(rest);
			return;
		}
		this.waiting = false;
		this.expired.run();
	}

	private void schedule(long delay) {
		this.check = this.executor.schedule(this, delay, TimeUnit.NANOSECONDS);
	}

	private long now() {
		return this.executor.ticker().nanoTime();
	}

}
