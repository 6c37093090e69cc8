/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Warnings of one kind that peers can cause as often as they like. Some are logged in
 * each interval, the others are counted, and the next that is logged says how many were
 * left out. For any thread.
 *
 * @since 0.1.0
 */
public final class RateLimitedLog {

	private static final int BURST = 5;

	private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

	private final Log log;

	private final LongSupplier nanoTime;

	private long intervalStart;

	private int logged;

	private long leftOut;

	/**
	 * Create a new log.
	 * @param log where to log to
	 */
	public RateLimitedLog(Log log) {
		this(log, System::nanoTime);
	}

	RateLimitedLog(Log log, LongSupplier nanoTime) {
		this.log = log;
		this.nanoTime = nanoTime;
	}

	/**
	 * Log a warning, or count it.
	 * @param text the text, asked for only if it is logged
	 */
	public void warn(Supplier<String> text) {
		warn(text, null);
	}

	/**
	 * Log a warning, or count it.
	 * @param text the text, asked for only if it is logged
	 * @param cause what is logged with it, by its class alone if it cannot be printed, or
	 * {@code null}
	 */
	public void warn(Supplier<String> text, @Nullable Throwable cause) {
		if (!this.log.isWarnEnabled()) {
			return;
		}
		long before = admit();
		if (before >= 0) {
			warn(text.get(), cause, leftOut(before));
		}
	}

	private void warn(String text, @Nullable Throwable cause, String leftOut) {
		try {
			this.log.warn(text + leftOut, cause);
		}
		catch (Throwable unprintable) {
			if (cause == null) {
				throw unprintable;
			}
			this.log.warn(text + " with " + cause.getClass().getName() + ", which cannot be printed" + leftOut);
		}
	}

	/**
	 * Log an error, or count it.
	 * @param text the text, asked for only if it is logged
	 */
	public void error(Supplier<String> text) {
		if (!this.log.isErrorEnabled()) {
			return;
		}
		long before = admit();
		if (before >= 0) {
			this.log.error(text.get() + leftOut(before));
		}
	}

	private static String leftOut(long before) {
		return (before > 0) ? " (" + before + " more like this were not logged)" : "";
	}

	/**
	 * Take one of what may be logged in this interval.
	 * @return how many were left out before, or -1 if this is to be left out
	 */
	private synchronized long admit() {
		long now = this.nanoTime.getAsLong();
		if (this.logged == 0 || now - this.intervalStart >= INTERVAL_NANOS) {
			this.intervalStart = now;
			this.logged = 0;
		}
		if (this.logged >= BURST) {
			this.leftOut++;
			return -1;
		}
		this.logged++;
		long before = this.leftOut;
		this.leftOut = 0;
		return before;
	}

}
