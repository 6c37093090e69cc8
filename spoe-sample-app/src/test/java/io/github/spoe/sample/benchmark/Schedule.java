/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.time.Duration;

/**
 * When what happens, as values of {@link System#nanoTime()}.
 *
 * @param begin when to send the first frame
 * @param start the end of the warm-up: frames that are due from here on are measured
 * @param end when no further frame is due
 * @param giveUp until when to wait for ACKs
 */
record Schedule(long begin, long start, long end, long giveUp) {

	static Schedule of(long begin, Duration warmup, Duration duration, Duration drain) {
		long start = begin + warmup.toNanos();
		long end = start + duration.toNanos();
		return new Schedule(begin, start, end, end + drain.toNanos());
	}

	boolean isMeasured(long due) {
		return due - this.start >= 0 && due - this.end < 0;
	}

	boolean isSending(long now) {
		return now - this.end < 0;
	}

	boolean isOver(long now) {
		return now - this.giveUp >= 0;
	}

}
