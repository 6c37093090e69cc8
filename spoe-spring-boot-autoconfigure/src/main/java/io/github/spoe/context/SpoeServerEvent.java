/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.context;

import org.springframework.context.ApplicationEvent;

import io.github.spoe.server.SpoeServer;

/**
 * Something has happened to an {@link SpoeServer}.
 *
 * @since 0.1.0
 */
public abstract class SpoeServerEvent extends ApplicationEvent {

	/**
	 * Create a new event.
	 * @param server the server
	 */
	protected SpoeServerEvent(SpoeServer server) {
		super(server);
	}

	/**
	 * Return the server.
	 * @return the server
	 */
	public SpoeServer getServer() {
		return (SpoeServer) getSource();
	}

}
