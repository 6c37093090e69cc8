/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Where a NOTIFY frame comes from.
 *
 * @param streamId the stream that the frame belongs to, unsigned. It may be 0, and from
 * HAProxy 3.1 on counts per connection: it does not tell that two frames are of one
 * request
 * @param frameId the number of the frame in its stream, unsigned; always 1 from HAProxy
 * 3.1 on
 * @param engineId the SPOE engine that sent the frame, if HAProxy told: one per thread up
 * to HAProxy 3.0, one per process from 3.1 on
 * @param peerAddress the address of HAProxy's end of the connection
 * @since 0.1.0
 */
public record SpoeContext(long streamId, long frameId, @Nullable String engineId, SocketAddress peerAddress) {

}
