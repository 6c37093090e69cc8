/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

/**
 * What was received breaks the protocol. Carries the status that ends the connection. Has
 * no stack trace: it tells of the peer, and a hostile one must not make it costly.
 *
 * @since 0.1.0
 */
public class SpopException extends RuntimeException {

	private final StatusCode status;

	/**
	 * Create a new exception.
	 * @param status the status for the peer
	 * @param message what is wrong; of what was received, sizes and types but no content
	 */
	public SpopException(StatusCode status, String message) {
		super(message, null, false, false);
		this.status = status;
	}

	/**
	 * Return the status for the peer.
	 * @return the status
	 */
	public StatusCode getStatus() {
		return this.status;
	}

	static SpopException invalid(String message) {
		return new SpopException(StatusCode.INVALID_FRAME, message);
	}

}
