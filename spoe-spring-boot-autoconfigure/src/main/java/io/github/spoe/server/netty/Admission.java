/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;

import io.github.spoe.server.RateLimitedLog;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeMetrics;

/**
 * Lets connections in: those of peers that are allowed, and as many of them as may be
 * open. For any thread.
 */
final class Admission {

	/**
	 * How many connections that are refused may wait, to be told so and for their peers
	 * to close them: no other limit holds for them.
	 */
	static final int MAX_REFUSED = 100;

	/**
	 * Not Netty's {@code IpSubnetFilter}: of {@code 10.0.0.0/24} and {@code 10.0.0.0/8},
	 * in this order, it drops the wider one.
	 */
	private final List<AddressRange> allowedPeers;

	private final Limit open;

	private final Limit refused = new Limit(MAX_REFUSED);

	private final SpoeMetrics metrics;

	private final RateLimitedLog peerLog;

	private final RateLimitedLog limitLog;

	/**
	 * Create a new admission.
	 * @param allowedPeers where connections may come from, empty for everywhere
	 * @param settings what the connections share
	 */
	Admission(List<AddressRange> allowedPeers, ConnectionSettings settings) {
		this.allowedPeers = allowedPeers;
		this.open = new Limit(settings.limits().connections());
		this.metrics = settings.metrics();
		this.peerLog = new RateLimitedLog(settings.log());
		this.limitLog = new RateLimitedLog(settings.log());
	}

	/**
	 * Return whether the peer of a connection is allowed. Who may use a Unix domain
	 * socket is up to the file system.
	 * @param connection the connection
	 * @return {@code false} if it is to be closed
	 */
	boolean isAllowed(Channel connection) {
		if (this.allowedPeers.isEmpty() || !(connection instanceof SocketChannel socket)) {
			return true;
		}
		boolean allowed = socket.remoteAddress() != null
				&& this.allowedPeers.stream().anyMatch((range) -> range.contains(socket.remoteAddress().getAddress()));
		if (!allowed) {
			this.metrics.fault(SpoeFault.PEER_REFUSED);
			this.peerLog.warn(() -> "Connection from " + socket.remoteAddress()
					+ " is closed: its address is not one of 'spoe.server.allowed-peers'");
		}
		return allowed;
	}

	/**
	 * Count a connection until it is closed, if there may be one more.
	 * @param connection the connection
	 * @return {@code false} if it is to be refused
	 */
	boolean admit(Channel connection) {
		if (this.open.tryAcquire()) {
			connection.closeFuture().addListener((closed) -> this.open.release());
			return true;
		}
		this.metrics.fault(SpoeFault.CONNECTION_REFUSED);
		this.limitLog.warn(() -> "Connection from " + connection.remoteAddress()
				+ " is refused: as many are open as 'spoe.server.max-connections' allows, which is " + this.open.max());
		return false;
	}

	/**
	 * Count a connection that is refused until it is closed, if there may be one more.
	 * @param connection the connection
	 * @return {@code false} if it may not wait for anything
	 */
	boolean mayWait(Channel connection) {
		if (this.refused.tryAcquire()) {
			connection.closeFuture().addListener((closed) -> this.refused.release());
			return true;
		}
		return false;
	}

}
