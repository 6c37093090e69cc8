/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The detached exchanges of a connection, and their deadlines. One timer serves them all.
 * It is not stopped when what it waits for is answered, and looks anew when it fires: an
 * exchange that is answered in time costs neither a timer nor, but for the first of a
 * read, a look at the clock. For the event loop only, except where a method says
 * otherwise.
 */
final class Deadlines {

	private static final long NEVER = Long.MAX_VALUE;

	private static final int MIN_CAPACITY = 16;

	private final EventExecutor executor;

	/**
	 * What the clock showed first, so that times do not overflow.
	 */
	private final long start;

	/**
	 * Each at its {@link DetachedExchange#place}.
	 */
	private @Nullable DetachedExchange[] exchanges = new DetachedExchange[MIN_CAPACITY];

	/**
	 * How many places have been used.
	 */
	private int used;

	/**
	 * Places that were used and are free again.
	 */
	private int[] free = new int[MIN_CAPACITY];

	private int freeCount;

	/**
	 * When the frames of the current read came, -1 if nobody has asked yet.
	 */
	private long arrival = -1;

	/**
	 * When the timer fires. Read by any thread.
	 */
	private volatile long timer = NEVER;

	private @Nullable Future<?> scheduled;

	/**
	 * Create new deadlines.
	 * @param executor the event loop
	 */
	Deadlines(EventExecutor executor) {
		this.executor = executor;
		this.start = executor.ticker().nanoTime();
	}

	/**
	 * Say that the frames that follow have just come.
	 */
	void readStarted() {
		this.arrival = -1;
	}

	/**
	 * Return when the current frame came.
	 * @return the time, as of {@link #now()}
	 */
	long arrival() {
		if (this.arrival < 0) {
			this.arrival = now();
		}
		return this.arrival;
	}

	/**
	 * Return the time. Called on any thread.
	 * @return nanoseconds since the first look at the clock
	 */
	long now() {
		return this.executor.ticker().nanoTime() - this.start;
	}

	/**
	 * Add an exchange.
	 * @param exchange the exchange
	 */
	void add(DetachedExchange exchange) {
		exchange.place = (this.freeCount > 0) ? this.free[--this.freeCount] : newPlace();
		this.exchanges[exchange.place] = exchange;
	}

	private int newPlace() {
		if (this.used == this.exchanges.length) {
			// Both or none: there may be no memory.
			int[] free = Arrays.copyOf(this.free, this.used * 2);
			this.exchanges = Arrays.copyOf(this.exchanges, this.used * 2);
			this.free = free;
		}
		return this.used++;
	}

	/**
	 * Remove an exchange, which is answered.
	 * @param exchange the exchange
	 */
	void remove(DetachedExchange exchange) {
		this.exchanges[exchange.place] = null;
		this.free[this.freeCount++] = exchange.place;
	}

	/**
	 * Look at the exchanges at a time, unless the event loop has ended: then nobody waits
	 * for answers any more. Called on any thread.
	 * @param time the time, as of {@link #now()}
	 */
	void at(long time) {
		if (time >= this.timer) {
			return;
		}
		if (this.executor.inEventLoop()) {
			schedule(time);
			return;
		}
		try {
			this.executor.execute(() -> schedule(time));
		}
		catch (RejectedExecutionException ex) {
			// As said.
		}
	}

	// An earlier timer takes the place of a later one.
	private void schedule(long time) {
		if (time < this.timer) {
			if (this.scheduled != null) {
				this.scheduled.cancel(false);
			}
			this.timer = time;
			this.scheduled = this.executor.schedule(this::fired, time - now(), TimeUnit.NANOSECONDS);
		}
	}

	private void fired() {
		this.scheduled = null;
		this.timer = NEVER;
		long now = now();
		long next = NEVER;
		for (int i = 0; i < this.used; i++) {
			DetachedExchange exchange = this.exchanges[i];
			if (exchange != null && !exchange.passDeadline(now)) {
				next = Math.min(next, exchange.deadline());
			}
		}
		if (next != NEVER) {
			schedule(next);
		}
	}

}
