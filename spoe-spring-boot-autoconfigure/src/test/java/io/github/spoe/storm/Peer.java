/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;

import io.github.spoe.client.SpopTestClient;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;
import io.github.spoe.storm.Tally.Event;

/**
 * One connection to the agent. Gets frames, without their length.
 */
abstract class Peer extends SimpleChannelInboundHandler<ByteBuf> {

	static final byte[] HELLO = bytes(
			new HaproxyHello("2.0", 16380, Set.of("pipelining"), "00000000-0000-4000-8000-000000000000", false)::write);

	private final Tally tally;

	private boolean left;

	Peer(Tally tally) {
		this.tally = tally;
	}

	/**
	 * The connection is open.
	 */
	abstract void begin(ChannelHandlerContext context);

	/**
	 * The HELLO is answered.
	 */
	void agreed(ChannelHandlerContext context) {
	}

	void acknowledged(ChannelHandlerContext context, Ack ack) {
	}

	/**
	 * Return how many NOTIFYs the peer waits for that the agent owes it.
	 */
	int owed() {
		return 0;
	}

	Tally tally() {
		return this.tally;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.tally.add(Event.CONNECTED);
		begin(context);
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
		FrameHeader header = FrameHeader.read(frame);
		if (header.type() == FrameType.AGENT_HELLO) {
			this.tally.add(Event.HELLO_ANSWERED);
			agreed(context);
		}
		else if (header.type() == FrameType.ACK) {
			acknowledged(context, Ack.read(header, frame));
		}
		else if (header.type() == FrameType.AGENT_DISCONNECT) {
			this.tally.add(Event.DISCONNECTED);
			context.close();
		}
		else {
			this.tally.add(Event.WRONG);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (!this.left) {
			this.tally.add(Event.LOST, owed());
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

	/**
	 * Expect nothing more of the agent.
	 */
	final void setLeft() {
		if (!this.left) {
			this.left = true;
			this.tally.add(Event.LEFT);
		}
	}

	final void leave(ChannelHandlerContext context) {
		setLeft();
		context.close();
	}

	final void leaveWithReset(ChannelHandlerContext context) {
		context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
		leave(context);
	}

	static void send(ChannelHandlerContext context, byte[] bytes) {
		context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
	}

	static byte[] bytes(Consumer<ByteWriter> source) {
		ByteWriter out = new ByteWriter(256);
		source.accept(out);
		return out.toByteArray(0);
	}

	/**
	 * Return a NOTIFY that asks for the number behind that of its stream.
	 */
	static Notify question(String message, long streamId) {
		return new Notify(streamId, 1,
				List.of(SpopTestClient.message(message, StormAgent.NUMBER, TypedData.of(streamId))));
	}

	static boolean isAnswer(Ack ack) {
		return ack.actions().size() == 1 && ack.actions().get(0).name().equals(StormAgent.NUMBER)
				&& TypedData.of(ack.streamId() + 1).equals(ack.actions().get(0).value());
	}

}
