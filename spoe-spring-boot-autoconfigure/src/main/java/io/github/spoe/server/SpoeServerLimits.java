/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * What bounds the memory that peers can make a server use.
 *
 * @param connections the most connections, at least 1; one more is told
 * {@code AGENT-DISCONNECT} with status 13
 * @param inFlight the most NOTIFYs in flight on all connections, at least 1; what needs a
 * worker beyond them is rejected
 * @param inFlightPerConnection the most NOTIFYs in flight on one connection, at least 1;
 * it is not read when it has them
 * @param messageSize the most bytes that the fragments of one NOTIFY may have together
 * @param outboundSize how many bytes may wait to be written on a connection, at least 1;
 * it is not read when it has more
 * @since 0.1.0
 */
public record SpoeServerLimits(int connections, int inFlight, int inFlightPerConnection, int messageSize,
		int outboundSize) {

	/**
	 * The limits of a server that is not told others.
	 */
	public static final SpoeServerLimits DEFAULT = new SpoeServerLimits(10_000, 10_000, 256, 1024 * 1024, 64 * 1024);

	/**
	 * Create new limits.
	 * @throws IllegalArgumentException if one is out of range
	 */
	public SpoeServerLimits {
		check("connections", connections);
		check("inFlight", inFlight);
		check("inFlightPerConnection", inFlightPerConnection);
		check("messageSize", messageSize);
		check("outboundSize", outboundSize);
	}

	private static void check(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
		}
	}

}
