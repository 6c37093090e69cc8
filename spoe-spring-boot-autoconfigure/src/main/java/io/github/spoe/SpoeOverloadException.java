/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import org.jspecify.annotations.Nullable;

/**
 * A handler method was not called, as all workers were busy and their queue was full, its
 * executor rejected it, or as many NOTIFY frames were in flight as may be.
 *
 * @since 0.1.0
 */
public class SpoeOverloadException extends SpoeException {

	/**
	 * Create a new exception.
	 * @param message the detail message
	 * @param cause the cause, if any
	 */
	public SpoeOverloadException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
