/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

/**
 * A variable does not fit in the ACK. HAProxy takes ACKs of at most 16379 bytes, if its
 * {@code tune.bufsize} is not changed.
 *
 * @since 0.1.0
 * @see SpoeResponse
 */
public class SpoeAckTooLargeException extends IllegalStateException {

	/**
	 * Create a new exception.
	 * @param message the detail message
	 */
	public SpoeAckTooLargeException(String message) {
		super(message);
	}

}
