/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * The time within which a message has to be answered.
 *
 * @since 0.1.0
 * @see SpoeExchange#setDeadline(SpoeDeadline)
 */
public interface SpoeDeadline {

	/**
	 * Return the time from the arrival of the NOTIFY frame to the deadline.
	 * @return the time in nanoseconds
	 */
	long getNanos();

	/**
	 * Say that the time has passed. Called on the event loop, at least once unless the
	 * exchange got another deadline or was completed before, which may also have happened
	 * just now.
	 */
	void passed();

}
