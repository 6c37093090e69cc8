/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;

/**
 * Keys that SLF4J's MDC has on the thread that calls a handler method, or a method with
 * {@link io.github.spoe.SpoeExceptionHandler}, if
 * {@link HandlerMethodDispatcher.Builder#mdc(boolean) the MDC is used}.
 *
 * @since 0.1.0
 */
public final class SpoeMdc {

	/**
	 * Key of the name of the message, cut after 100 characters and without control
	 * characters.
	 */
	public static final String MESSAGE = "spoe.message";

	/**
	 * Key of the stream that the NOTIFY belongs to, an unsigned decimal number.
	 */
	public static final String STREAM_ID = "spoe.stream.id";

	/**
	 * Key of the SPOE engine that sent the NOTIFY, cut as the name. Absent if HAProxy has
	 * not told of it.
	 */
	public static final String ENGINE_ID = "spoe.engine.id";

	/**
	 * All keys.
	 */
	public static final List<String> KEYS = List.of(MESSAGE, STREAM_ID, ENGINE_ID);

	private SpoeMdc() {
	}

}
