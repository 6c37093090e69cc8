/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

import io.github.spoe.server.SpoeAgreement;
import io.github.spoe.server.SpoeCloseReason;
import io.github.spoe.server.SpoeCloseReason.Cause;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.StatusCode;

/**
 * What listeners are told of one connection. For the event loop only.
 */
final class ConnectionEvents {

	private final ConnectionListeners listeners;

	private final SocketAddress peer;

	private @Nullable SpoeCloseReason closeReason;

	/**
	 * The connection is open.
	 * @param listeners the listeners
	 * @param peer where it comes from
	 */
	ConnectionEvents(ConnectionListeners listeners, SocketAddress peer) {
		this.listeners = listeners;
		this.peer = peer;
		listeners.tell((listener) -> listener.connectionOpened(peer));
	}

	void agreed(AgentHello hello, @Nullable String engineId) {
		SpoeAgreement agreement = new SpoeAgreement(engineId, hello.version(), (int) hello.maxFrameSize(),
				hello.capabilities());
		this.listeners.tell((listener) -> listener.connectionAgreed(this.peer, agreement));
	}

	void healthCheckAnswered() {
		this.listeners.tell((listener) -> listener.healthCheckAnswered(this.peer));
	}

	/**
	 * The connection comes to its end. Only what is said first counts: the rest follows
	 * from it.
	 * @param cause how it does
	 * @param status the status
	 */
	void closing(Cause cause, StatusCode status) {
		if (this.closeReason == null) {
			this.closeReason = reason(cause, status);
		}
	}

	/**
	 * The connection is gone.
	 */
	void closed() {
		SpoeCloseReason reason = (this.closeReason != null) ? this.closeReason : reason(Cause.CLOSE, StatusCode.NORMAL);
		this.listeners.tell((listener) -> listener.connectionClosed(this.peer, reason));
	}

	private static SpoeCloseReason reason(Cause cause, StatusCode status) {
		return new SpoeCloseReason(cause, status.code(), status.text());
	}

}
