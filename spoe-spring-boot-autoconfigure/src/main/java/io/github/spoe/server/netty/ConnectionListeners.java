/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;

import io.github.spoe.server.RateLimitedLog;
import io.github.spoe.server.SpoeServerListener;

/**
 * The listeners of a server in their order, none of which can harm another or a
 * connection. For any thread.
 */
final class ConnectionListeners {

	private final List<SpoeServerListener> listeners;

	private final RateLimitedLog failures;

	ConnectionListeners(List<SpoeServerListener> listeners, Log log) {
		this.listeners = listeners;
		this.failures = new RateLimitedLog(log);
	}

	/**
	 * Tell all listeners.
	 * @param event what is told
	 */
	void tell(Consumer<SpoeServerListener> event) {
		for (SpoeServerListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				this.failures.warn(() -> "Listener " + listener.getClass().getName() + " failed", ex);
			}
		}
	}

}
