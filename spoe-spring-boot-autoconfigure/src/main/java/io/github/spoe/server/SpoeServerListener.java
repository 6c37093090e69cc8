/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.net.SocketAddress;

/**
 * Follows the connections of a server. Beans of this type are called in their order. That
 * the server itself has started or stopped is published as events of the application.
 * <p>
 * Called on the event loop of the connection, so on several threads at a time: methods
 * must not block, or all connections of that event loop wait. What they throw is logged
 * at {@code WARN}, at most five times in ten seconds, and changes nothing else.
 * <p>
 * A connection is first opened and at last closed, and in between either agreed on,
 * answered as a health check, or neither. One whose address is not allowed is not opened.
 * <p>
 * The address of a peer is an {@link java.net.InetSocketAddress}, unless the server
 * listens elsewhere than on a port.
 *
 * @since 0.1.0
 */
public interface SpoeServerListener {

	/**
	 * A connection was accepted. Nothing was read from it yet.
	 * @param peer where it comes from
	 */
	default void connectionOpened(SocketAddress peer) {
	}

	/**
	 * The HELLO of HAProxy was answered: NOTIFYs may follow.
	 * @param peer where the connection comes from
	 * @param agreement what holds for the connection
	 */
	default void connectionAgreed(SocketAddress peer, SpoeAgreement agreement) {
	}

	/**
	 * A health check was answered: HAProxy closes the connection.
	 * @param peer where the connection comes from
	 */
	default void healthCheckAnswered(SocketAddress peer) {
	}

	/**
	 * A connection is gone.
	 * @param peer where it came from
	 * @param reason why it was closed
	 */
	default void connectionClosed(SocketAddress peer, SpoeCloseReason reason) {
	}

}
