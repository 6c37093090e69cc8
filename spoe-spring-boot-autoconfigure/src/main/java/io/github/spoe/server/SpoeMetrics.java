/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import org.jspecify.annotations.Nullable;

/**
 * What a server and the handlers are measured with. Recorders are asked for once, and
 * kept.
 *
 * @since 0.1.0
 */
public interface SpoeMetrics {

	/**
	 * Measures nothing.
	 */
	SpoeMetrics NONE = new NoMetrics();

	/**
	 * Return metrics for which the clock is read as for these, and which keep nothing:
	 * code that is warmed up with them is not compiled anew when these are used.
	 * @return metrics for a warm-up
	 */
	default SpoeMetrics discarding() {
		return isTimed() ? new DiscardingMetrics() : NONE;
	}

	/**
	 * Return whether any duration is recorded. Otherwise no clock is read.
	 * @return whether any recorder that was asked for is not
	 * {@link DurationRecorder#NONE}
	 */
	boolean isTimed();

	/**
	 * Return what records how long NOTIFYs took: from the read that brought one to the
	 * write of its ACK.
	 * @param outcome how they ended
	 * @return the recorder
	 */
	DurationRecorder notify(SpoeOutcome outcome);

	/**
	 * Return what records how long messages took: the handler, and what binds its
	 * arguments.
	 * @param message the name of the message, or {@code null} if it has no handler
	 * @param outcome how they ended
	 * @param error why they failed, if they did
	 * @return the recorder
	 */
	DurationRecorder message(@Nullable String message, SpoeOutcome outcome, @Nullable Throwable error);

	/**
	 * Count frames.
	 * @param received how many were received
	 * @param sent how many were sent
	 */
	void frames(int received, int sent);

	/**
	 * Count a fault.
	 * @param fault what happened
	 */
	void fault(SpoeFault fault);

	/**
	 * Count NOTIFYs that are not answered yet.
	 * @param change how many more there are, or fewer if negative
	 */
	void activeNotifies(int change);

	/**
	 * Count connections that are open.
	 * @param change how many more there are, or fewer if negative
	 */
	void activeConnections(int change);

}
