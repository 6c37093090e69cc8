/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.spoe.server.SpoeCloseReason.Cause;
import io.github.spoe.spop.StatusCode;

/**
 * Brings what happens on a channel to its {@link SpoeConnection}. No message object is
 * passed on.
 */
final class SpoeConnectionHandler extends ChannelInboundHandlerAdapter {

	/**
	 * User event that asks a connection to end once nothing is in flight.
	 */
	static final Object DRAIN = new Object();

	/**
	 * User event that asks a connection to end at once.
	 */
	static final Object TERMINATE = new Object();

	/**
	 * User event that refuses a connection, as there are too many.
	 */
	static final Object REFUSE = new Object();

	private final ConnectionSettings settings;

	private @Nullable SpoeConnection connection;

	SpoeConnectionHandler(ConnectionSettings settings) {
		this.settings = settings;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.connection = new SpoeConnection(this.settings, context);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		try {
			connection().read((ByteBuf) message);
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		connection().drainAcks();
		context.fireChannelReadComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
		connection().writabilityChanged();
		super.channelWritabilityChanged(context);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
		if (event == DRAIN) {
			connection().drain();
		}
		else if (event == TERMINATE) {
			connection().terminate();
		}
		else if (event == REFUSE) {
			connection().refuse();
		}
		else {
			super.userEventTriggered(context, event);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		connection().abandon();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException || cause.getCause() instanceof IOException) {
			// From 3.1 on HAProxy ends its connections with a reset. A decoder of TLS
			// wraps
			// what it finds.
			this.settings.log()
				.debug("Connection from " + context.channel().remoteAddress() + " ended: " + cause.getMessage());
			connection().close(Cause.RESET, StatusCode.IO_ERROR);
		}
		else {
			this.settings.log().error("Connection from " + context.channel().remoteAddress() + " is closed", cause);
			connection().close(Cause.CLOSE, StatusCode.UNKNOWN_ERROR);
		}
	}

	private SpoeConnection connection() {
		Assert.state(this.connection != null, "The handler is added to a channel");
		return this.connection;
	}

}
