/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import org.jspecify.annotations.Nullable;

/**
 * An argument of a message is absent or has not the expected type. The text names the
 * argument and the types, never the value.
 *
 * @since 0.1.0
 */
public class SpoeArgumentException extends SpoeException {

	/**
	 * Create a new exception.
	 * @param message the detail message
	 * @param cause the cause, if any
	 */
	public SpoeArgumentException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
