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

	private final long requiredSize;

	private final int remainingSize;

	/**
	 * Create a new exception.
	 * @param variable the name of the variable
	 * @param requiredSize how many bytes the variable takes, with its scope and name
	 * @param remainingSize how many bytes the ACK had left for it
	 */
	public SpoeAckTooLargeException(String variable, long requiredSize, int remainingSize) {
		super("Variable '" + variable + "' does not fit in the ACK: it takes " + requiredSize + " bytes (expected: <= "
				+ remainingSize + ")");
		this.requiredSize = requiredSize;
		this.remainingSize = remainingSize;
	}

	/**
	 * Return what the variable takes.
	 * @return the number of bytes, with scope and name
	 */
	public long getRequiredSize() {
		return this.requiredSize;
	}

	/**
	 * Return what the ACK had left for the variable: less than the
	 * {@linkplain #getRequiredSize() required size}. It still has it for others.
	 * @return the number of bytes, 0 or more
	 */
	public int getRemainingSize() {
		return this.remainingSize;
	}

}
