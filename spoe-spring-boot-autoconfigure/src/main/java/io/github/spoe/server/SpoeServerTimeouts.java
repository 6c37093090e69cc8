/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.time.Duration;

/**
 * How long a server waits for its peers before it ends a connection. 0 is for ever.
 *
 * @param hello how long for the first frame
 * @param partialFrame how long for the rest of a frame, or of a fragmented NOTIFY
 * @param write how long for a peer to read anything of what is written to it
 * @param idle how long for a frame while nothing is in flight. HAProxy knows better when
 * a connection is not needed any more, and loses the request that it sends just then.
 * @since 0.1.0
 */
public record SpoeServerTimeouts(Duration hello, Duration partialFrame, Duration write, Duration idle) {

	/**
	 * The timeouts of a server that is not told others.
	 */
	public static final SpoeServerTimeouts DEFAULT = new SpoeServerTimeouts(Duration.ofSeconds(5),
			Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO);

	/**
	 * Create new timeouts.
	 * @throws IllegalArgumentException if one is out of range
	 */
	public SpoeServerTimeouts {
		check("hello", hello);
		check("partialFrame", partialFrame);
		check("write", write);
		check("idle", idle);
	}

	private static void check(String name, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
		}
	}

}
