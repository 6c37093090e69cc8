/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What the annotation of a handler method says, with what the application says for
 * methods that do not.
 *
 * @param onEventLoop whether the method is called on the event loop
 * @param executor what calls the method, {@code null} for the event loop or a worker
 * @param timeoutNanos the time from the arrival of a NOTIFY within which the method has
 * to be done, in nanoseconds, 0 for no limit
 * @param inBackground whether the method is called after the message is acknowledged
 */
record HandlerSettings(boolean onEventLoop, @Nullable Executor executor, long timeoutNanos, boolean inBackground) {

	/**
	 * On the event loop, for as long as it takes.
	 */
	static final HandlerSettings EVENT_LOOP = new HandlerSettings(true, null, 0, false);

	/**
	 * On a worker, within a time as it is usual.
	 */
	static final HandlerSettings WORKER = new HandlerSettings(false, null, TimeUnit.SECONDS.toNanos(1), false);

}
