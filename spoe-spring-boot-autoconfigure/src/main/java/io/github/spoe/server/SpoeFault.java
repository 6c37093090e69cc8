/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * Something that a peer, or an answer, did and that is not as it should be.
 *
 * @since 0.1.0
 */
public enum SpoeFault {

	/**
	 * A connection came from an address that is not allowed.
	 */
	PEER_REFUSED,

	/**
	 * A connection was one more than are allowed.
	 */
	CONNECTION_REFUSED,

	/**
	 * A connection broke the protocol and was ended with a status.
	 */
	PROTOCOL_ERROR,

	/**
	 * A connection was ended as its peer was silent, or did not read, for too long.
	 */
	TIMEOUT,

	/**
	 * A NOTIFY had a payload that cannot be read, and was acknowledged without variables.
	 */
	MALFORMED_NOTIFY,

	/**
	 * The fragments of a NOTIFY were larger than is allowed together, and it was
	 * acknowledged without variables.
	 */
	NOTIFY_TOO_LARGE,

	/**
	 * A message had variables that did not fit in its ACK, which was sent without them.
	 */
	ACK_TOO_LARGE,

	/**
	 * A handler succeeded after its message had been answered without it, as its deadline
	 * had passed. What it did had no effect on the answer.
	 */
	LATE_RESULT

}
