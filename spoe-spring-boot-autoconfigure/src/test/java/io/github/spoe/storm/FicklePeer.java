/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.util.BitSet;
import java.util.Random;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.storm.Tally.Event;

/**
 * A {@link Peer} that sends bursts of NOTIFYs, each when the one before is answered, and
 * leaves somewhere in the last, in one of the ways that there are.
 */
final class FicklePeer extends Peer {

	private static final int MAX_BURST = 64;

	private static final String[] MESSAGES = { StormAgent.INLINE, StormAgent.WORKER, StormAgent.LATER };

	private final Random random;

	private final BitSet unanswered = new BitSet();

	private int toSend;

	private int nextStream = 1;

	/**
	 * After how many ACKs to leave, or -1 for never.
	 */
	private int patience = -1;

	FicklePeer(Tally tally, Random random, int toSend) {
		super(tally);
		this.random = random;
		this.toSend = toSend;
	}

	@Override
	void begin(ChannelHandlerContext context) {
		send(context, HELLO);
	}

	@Override
	void agreed(ChannelHandlerContext context) {
		sendBurst(context);
	}

	private void sendBurst(ChannelHandlerContext context) {
		int size = Math.min(this.toSend, 1 + this.random.nextInt(MAX_BURST));
		this.toSend -= size;
		if (this.toSend == 0) {
			this.patience = this.random.nextInt(size + 1);
		}
		ByteWriter out = new ByteWriter(64 * size);
		for (int i = 0; i < size; i++) {
			question(MESSAGES[this.random.nextInt(MESSAGES.length)], this.nextStream).write(out);
			this.unanswered.set(this.nextStream++);
		}
		tally().add(Event.NOTIFIES, size);
		send(context, out.toByteArray(0));
		if (this.patience == 0) {
			leaveSomehow(context);
		}
	}

	@Override
	void acknowledged(ChannelHandlerContext context, Ack ack) {
		int stream = (int) ack.streamId();
		tally().add((isAnswer(ack) && this.unanswered.get(stream)) ? Event.ANSWERED : Event.WRONG);
		this.unanswered.clear(stream);
		if (this.patience > 0 && --this.patience == 0) {
			leaveSomehow(context);
		}
		else if (this.toSend > 0 && this.unanswered.isEmpty()) {
			sendBurst(context);
		}
	}

	private void leaveSomehow(ChannelHandlerContext context) {
		switch (this.random.nextInt(4)) {
			case 0 -> leave(context);
			case 1 -> leaveWithReset(context);
			case 2 -> {
				setLeft();
				send(context,
						bytes((out) -> new Disconnect(StatusCode.NORMAL).write(out, FrameType.HAPROXY_DISCONNECT)));
			}
			default -> {
				setLeft();
				((DuplexChannel) context.channel()).shutdownOutput();
			}
		}
	}

	@Override
	int owed() {
		return this.unanswered.cardinality();
	}

}
