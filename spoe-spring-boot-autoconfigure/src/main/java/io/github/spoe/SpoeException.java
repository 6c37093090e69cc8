/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import org.jspecify.annotations.Nullable;

/**
 * Base of the exceptions that this library throws.
 *
 * @since 0.1.0
 */
public class SpoeException extends RuntimeException {

	/**
	 * Create a new exception.
	 * @param message the detail message
	 * @param cause the cause, if any
	 */
	public SpoeException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
