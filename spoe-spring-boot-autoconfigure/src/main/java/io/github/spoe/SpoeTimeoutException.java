/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

/**
 * A handler method was not done within its {@link SpoeMessageHandler#timeout() timeout},
 * counted from the arrival of the NOTIFY frame. It may not have been called at all.
 *
 * @since 0.1.0
 */
public class SpoeTimeoutException extends SpoeException {

	/**
	 * Create a new exception.
	 * @param message the detail message
	 */
	public SpoeTimeoutException(String message) {
		super(message, null);
	}

}
