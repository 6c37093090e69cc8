/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import io.netty.channel.ChannelHandlerContext;

import io.github.spoe.spop.Ack;
import io.github.spoe.storm.Tally.Event;

/**
 * A {@link Peer} that sends some bytes and then stays, until it is sent away or an ACK
 * comes. One that does not read stays until it is reset.
 */
final class SpeakingPeer extends Peer {

	private final byte[] bytes;

	private final boolean reading;

	SpeakingPeer(Tally tally, byte[] bytes, boolean reading) {
		super(tally);
		this.bytes = bytes;
		this.reading = reading;
	}

	@Override
	void begin(ChannelHandlerContext context) {
		context.channel().config().setAutoRead(this.reading);
		send(context, this.bytes);
	}

	@Override
	void acknowledged(ChannelHandlerContext context, Ack ack) {
		tally().add(ack.actions().isEmpty() ? Event.ANSWERED_WITHOUT_VARIABLES : Event.WRONG);
		leave(context);
	}

}
