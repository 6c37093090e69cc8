/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import io.github.spoe.server.SpoeCloseReason;
import io.github.spoe.server.SpoeServerListener;

/**
 * Example of what follows connections.
 */
// tag::listener[]
@Component
class Peers implements SpoeServerListener {

	private final Set<SocketAddress> connected = ConcurrentHashMap.newKeySet();

	@Override
	public void connectionOpened(SocketAddress peer) {
		this.connected.add(peer);
	}

	@Override
	public void connectionClosed(SocketAddress peer, SpoeCloseReason reason) {
		this.connected.remove(peer);
	}

}
// end::listener[]
