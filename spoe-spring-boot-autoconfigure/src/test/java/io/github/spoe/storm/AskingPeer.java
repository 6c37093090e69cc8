/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import io.netty.channel.ChannelHandlerContext;

import io.github.spoe.spop.Ack;
import io.github.spoe.storm.Tally.Event;

/**
 * A {@link Peer} as HAProxy is: says HELLO, asks once, and leaves when it is answered.
 */
final class AskingPeer extends Peer {

	private final String message;

	private final int number;

	private boolean asked;

	AskingPeer(Tally tally, String message, int number) {
		super(tally);
		this.message = message;
		this.number = number;
	}

	@Override
	void begin(ChannelHandlerContext context) {
		send(context, HELLO);
	}

	@Override
	void agreed(ChannelHandlerContext context) {
		this.asked = true;
		tally().add(Event.NOTIFIES);
		send(context, bytes(question(this.message, this.number)::write));
	}

	@Override
	void acknowledged(ChannelHandlerContext context, Ack ack) {
		tally().add((isAnswer(ack) && ack.streamId() == this.number) ? Event.ANSWERED : Event.WRONG);
		leave(context);
	}

	@Override
	int owed() {
		return this.asked ? 1 : 0;
	}

}
