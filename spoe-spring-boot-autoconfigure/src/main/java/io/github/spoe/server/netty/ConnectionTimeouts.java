/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.EventExecutor;

import io.github.spoe.server.SpoeCloseReason.Cause;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.StatusCode;

/**
 * Ends a connection whose peer takes too long. Nothing here happens for each frame. For
 * the event loop only.
 */
final class ConnectionTimeouts {

	private final SpoeServerTimeouts timeouts;

	private final PeerFaults faults;

	private final ChannelHandlerContext context;

	private final SpoeConnection connection;

	private final Outbound outbound;

	private final PeerTimeout hello;

	private final PeerTimeout partialFrame;

	private final PeerTimeout write;

	private final PeerTimeout idle;

	private long writeProgress;

	ConnectionTimeouts(ConnectionSettings settings, ChannelHandlerContext context, SpoeConnection connection,
			Outbound outbound) {
		this.timeouts = settings.timeouts();
		this.faults = settings.faults();
		this.context = context;
		this.connection = connection;
		this.outbound = outbound;
		EventExecutor executor = context.executor();
		this.hello = new PeerTimeout(executor, this.timeouts.hello(), this::helloExpired);
		this.partialFrame = new PeerTimeout(executor, this.timeouts.partialFrame(), this::partialFrameExpired);
		this.write = new PeerTimeout(executor, this.timeouts.write(), this::writeExpired);
		this.idle = new PeerTimeout(executor, this.timeouts.idle(), this::idleExpired);
		this.hello.begin();
	}

	/**
	 * The HELLO is answered.
	 */
	void agreed() {
		this.hello.end();
		this.idle.begin();
	}

	/**
	 * What was read is answered, or handed over.
	 * @param whole whether something that the peer had to bring to its end is whole
	 * @param partial whether the peer has now begun something that it has to bring to its
	 * end
	 */
	void read(boolean whole, boolean partial) {
		if (whole) {
			this.partialFrame.end();
		}
		if (partial) {
			this.partialFrame.begin();
		}
	}

	/**
	 * The connection is read again, which it was not for a while.
	 */
	void readingResumed() {
		if (this.connection.hasPartial()) {
			this.partialFrame.end();
			this.partialFrame.begin();
		}
	}

	/**
	 * All that is answered is written, as far as the peer reads it.
	 */
	void flushed() {
		if (this.outbound.isPending()) {
			awaitWrite();
		}
		this.idle.extend();
	}

	/**
	 * The connection is at its end.
	 */
	void cancel() {
		this.hello.cancel();
		this.partialFrame.cancel();
		this.write.cancel();
		this.idle.cancel();
	}

	private void helloExpired() {
		this.faults.timeout();
		this.connection.timedOut("said no HELLO", this.timeouts.hello());
	}

	private void partialFrameExpired() {
		// Nor is it the peer's fault if it is not read.
		if (this.context.channel().config().isAutoRead()) {
			this.faults.timeout();
			this.connection.timedOut("left a frame unfinished", this.timeouts.partialFrame());
		}
	}

	private void awaitWrite() {
		if (!this.write.isWaiting()) {
			this.writeProgress = this.outbound.progress();
			this.write.begin();
		}
	}

	private void writeExpired() {
		if (!this.outbound.isPending()) {
			return;
		}
		if (this.outbound.progress() != this.writeProgress) {
			awaitWrite();
			return;
		}
		this.faults.writeTimeout(this.connection.peerAddress(), this.timeouts.write());
		// Nobody will take a last frame, nor what waits in the system's buffer.
		this.context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
		this.connection.close(Cause.RESET, StatusCode.TIMEOUT);
	}

	private void idleExpired() {
		if (this.connection.isIdle()) {
			this.connection.timedOut("was idle", this.timeouts.idle());
		}
		else {
			this.idle.begin();
		}
	}

}
