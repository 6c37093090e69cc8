/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import io.netty.buffer.ByteBuf;

/**
 * Takes the ACKs that an agent sends.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AckHandler {

	/**
	 * Take an ACK.
	 * @param streamId the stream of the NOTIFY, unsigned
	 * @param frameId the frame in the stream, unsigned
	 * @param actions the actions as they came, for instance for
	 * {@link io.github.spoe.spop.Ack#readActions}; valid until this method returns
	 */
	void handle(long streamId, long frameId, ByteBuf actions);

}
