/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.github.spoe.spop.Disconnect;

/**
 * The agent said AGENT-DISCONNECT, broke the protocol, did not answer in time, or the
 * connection ended. The connection is of no further use.
 *
 * @since 0.1.0
 */
public class SpopClientException extends IOException {

	private final transient @Nullable Disconnect disconnect;

	SpopClientException(String message) {
		this(message, null);
	}

	SpopClientException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.disconnect = null;
	}

	SpopClientException(Disconnect disconnect) {
		super("agent disconnected with status " + Long.toUnsignedString(disconnect.statusCode()) + ": "
				+ disconnect.message());
		this.disconnect = disconnect;
	}

	/**
	 * Return what the agent said when it ended the connection.
	 * @return the disconnect, or {@code null} if the agent did not send one
	 */
	public @Nullable Disconnect getDisconnect() {
		return this.disconnect;
	}

}
