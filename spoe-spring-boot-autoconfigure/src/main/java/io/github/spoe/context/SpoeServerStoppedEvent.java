/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.context;

import io.github.spoe.server.SpoeServer;

/**
 * An {@link SpoeServer} is stopped: no connection is left.
 *
 * @since 0.1.0
 */
public class SpoeServerStoppedEvent extends SpoeServerEvent {

	/**
	 * Create a new event.
	 * @param server the server
	 */
	public SpoeServerStoppedEvent(SpoeServer server) {
		super(server);
	}

}
