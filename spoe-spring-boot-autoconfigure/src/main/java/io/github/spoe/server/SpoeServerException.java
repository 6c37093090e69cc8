/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeException;

/**
 * A server cannot be started or stopped.
 *
 * @since 0.1.0
 */
public class SpoeServerException extends SpoeException {

	/**
	 * Create a new exception.
	 * @param message the detail message
	 * @param cause the cause, if any
	 */
	public SpoeServerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
