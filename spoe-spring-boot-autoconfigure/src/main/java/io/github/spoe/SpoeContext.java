/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Where a NOTIFY frame comes from. Immutable.
 *
 * @since 0.1.0
 */
public interface SpoeContext {

	/**
	 * Return the stream that the frame belongs to. It may be 0, and from HAProxy 3.1 on
	 * counts per connection: it does not tell that two frames are of one request.
	 * @return the stream id, unsigned
	 */
	long getStreamId();

	/**
	 * Return the number of the frame in its stream, always 1 from HAProxy 3.1 on.
	 * @return the frame id, unsigned
	 */
	long getFrameId();

	/**
	 * Return the id of the SPOE engine that sent the frame: one per thread up to HAProxy
	 * 3.0, one per process from 3.1 on.
	 * @return the id, or {@code null} if HAProxy did not send one
	 */
	@Nullable String getEngineId();

	/**
	 * Return the address of HAProxy's end of the connection.
	 * @return the address
	 */
	SocketAddress getPeerAddress();

}
