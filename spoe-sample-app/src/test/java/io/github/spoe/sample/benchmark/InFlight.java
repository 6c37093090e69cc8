/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The frames in flight on a connection, by the ids of their streams, which count up. One
 * thread may add while another removes.
 */
final class InFlight {

	private static final long FREE = -1;

	private final AtomicLongArray ids;

	private final long[] due;

	private final int mask;

	private long added;

	private long removed;

	/**
	 * Create a new set for that many frames.
	 * @param capacity a power of two
	 */
	InFlight(int capacity) {
		this.ids = new AtomicLongArray(capacity);
		this.due = new long[capacity];
		this.mask = capacity - 1;
		for (int i = 0; i < capacity; i++) {
			this.ids.setPlain(i, FREE);
		}
	}

	/**
	 * Return whether there is room for the next frame.
	 */
	boolean hasRoom() {
		return this.ids.getAcquire((int) this.added & this.mask) == FREE;
	}

	/**
	 * Add the next frame.
	 * @param due when it was due to be sent
	 * @return the id of its stream
	 */
	long add(long due) {
		long id = this.added++;
		int slot = (int) id & this.mask;
		this.due[slot] = due;
		this.ids.setRelease(slot, id);
		return id;
	}

	boolean contains(long id) {
		return id >= 0 && this.ids.getAcquire((int) id & this.mask) == id;
	}

	/**
	 * Remove a frame that is contained.
	 * @return when it was due
	 */
	long remove(long id) {
		int slot = (int) id & this.mask;
		long result = this.due[slot];
		this.ids.setRelease(slot, FREE);
		this.removed++;
		return result;
	}

	/**
	 * Return the number of frames that were added. For the thread that adds.
	 */
	long added() {
		return this.added;
	}

	/**
	 * Return the number of frames. For a single thread, or once nothing is added any
	 * more.
	 */
	long size() {
		return this.added - this.removed;
	}

}
