/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what there may be so many of at a time. For any thread, and exact: one is never
 * refused while there is room.
 */
final class Limit {

	private final int max;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Create a new limit.
	 * @param max how many there may be
	 */
	Limit(int max) {
		this.max = max;
	}

	/**
	 * Count one more, if there may be.
	 * @return {@code false} if there are as many as may be
	 */
	boolean tryAcquire() {
		int count = this.count.get();
		while (count < this.max) {
			int before = this.count.compareAndExchange(count, count + 1);
			if (before == count) {
				return true;
			}
			count = before;
		}
		return false;
	}

	/**
	 * Count one less.
	 */
	void release() {
		this.count.decrementAndGet();
	}

	int count() {
		return this.count.get();
	}

	int max() {
		return this.max;
	}

}
