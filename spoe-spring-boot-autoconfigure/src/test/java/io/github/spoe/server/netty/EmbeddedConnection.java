/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.HaproxyHello;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection to a {@link SpoeConnectionHandler} without a network. All its buffers are
 * counted, and to close it asserts that all are released.
 */
final class EmbeddedConnection implements AutoCloseable {

	static final int MAX_FRAME_SIZE = 16384;

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	private final Outlet outlet = new Outlet();

	private final Wire channel = new Wire();

	EmbeddedConnection(SpoeDispatcher dispatcher) {
		this(dispatcher, SpoeMetrics.NONE);
	}

	EmbeddedConnection(SpoeDispatcher dispatcher, SpoeMetrics metrics) {
		this(new ConnectionSettings(dispatcher, metrics, MAX_FRAME_SIZE, true));
	}

	EmbeddedConnection(ConnectionSettings settings) {
		this.channel.config().setAllocator(this.allocator);
		this.channel.pipeline().addLast(this.outlet, new SpoeConnectionHandler(settings));
		try {
			this.channel.register();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Agree on pipelining and frames of an offered size.
	 */
	EmbeddedConnection hello(int maxFrameSize) {
		receive(new HaproxyHello("2.0", maxFrameSize, Set.of("pipelining"), "engine", false)::write);
		assertThat(sent()).singleElement().isInstanceOf(AgentHello.class);
		flushes();
		return this;
	}

	EmbeddedConnection hello() {
		return hello(16380);
	}

	/**
	 * Receive frames in one read.
	 */
	@SafeVarargs
	final void receive(Consumer<ByteWriter>... frames) {
		receive(bytes(frames));
	}

	/**
	 * Receive bytes in one read.
	 */
	void receive(byte[] bytes) {
		receivePart(bytes);
		endRead();
	}

	/**
	 * Receive bytes in a read that is not complete yet.
	 */
	void receivePart(byte[] bytes) {
		this.channel.writeOneInbound(this.allocator.buffer(bytes.length).writeBytes(bytes));
	}

	void endRead() {
		this.channel.flushInbound();
	}

	@SafeVarargs
	static byte[] bytes(Consumer<ByteWriter>... frames) {
		ByteWriter out = new ByteWriter(256);
		for (Consumer<ByteWriter> frame : frames) {
			frame.accept(out);
		}
		return out.toByteArray(0);
	}

	/**
	 * Take what was sent: each an {@link AgentHello}, {@link Ack} or {@link Disconnect}.
	 */
	List<Object> sent() {
		ByteBuf bytes = Unpooled.wrappedBuffer(sentBytes());
		List<Object> frames = new ArrayList<>();
		while (bytes.isReadable()) {
			ByteBuf frame = bytes.readSlice(bytes.readInt());
			FrameHeader header = FrameHeader.read(frame);
			assertThat(header.flags()).isEqualTo(FrameHeader.FIN);
			frames.add(read(header, frame));
		}
		return frames;
	}

	private static Object read(FrameHeader header, ByteBuf frame) {
		return switch (header.type()) {
			case AGENT_HELLO -> AgentHello.read(frame);
			case ACK -> Ack.read(header, frame);
			case AGENT_DISCONNECT -> Disconnect.read(frame);
			default -> throw new AssertionError(header);
		};
	}

	byte[] sentBytes() {
		ByteBuf bytes = Unpooled.buffer();
		for (ByteBuf sent = this.channel.readOutbound(); sent != null; sent = this.channel.readOutbound()) {
			bytes.writeBytes(sent);
			sent.release();
		}
		return ByteBufUtil.getBytes(bytes);
	}

	/**
	 * Return how many buffers were sent that are not taken yet.
	 */
	int sentBuffers() {
		return this.channel.outboundMessages().size();
	}

	/**
	 * Return how many times was flushed since the last call.
	 */
	int flushes() {
		int flushes = this.outlet.flushes;
		this.outlet.flushes = 0;
		return flushes;
	}

	/**
	 * Return how many times the channel was told to read since the last call.
	 */
	int reads() {
		int reads = this.outlet.reads;
		this.outlet.reads = 0;
		return reads;
	}

	/**
	 * Let the peer read nothing, until {@link #unblock()}.
	 */
	void block() {
		this.channel.blocked = true;
	}

	void unblock() {
		this.channel.blocked = false;
		this.channel.flush();
	}

	/**
	 * Let the peer read a few bytes, and throw them away, while it is blocked.
	 */
	void readBlocked(int bytes) {
		this.channel.unsafe().outboundBuffer().removeBytes(bytes);
	}

	void runTasks() {
		this.channel.runPendingTasks();
	}

	void advanceTime(long millis) {
		this.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
	}

	void drain() {
		this.channel.pipeline().fireUserEventTriggered(SpoeConnectionHandler.DRAIN);
		runTasks();
	}

	boolean isOpen() {
		return this.channel.isOpen();
	}

	EmbeddedChannel channel() {
		return this.channel;
	}

	@Override
	public void close() {
		this.channel.finishAndReleaseAll();
		assertThat(this.allocator.metric().usedHeapMemory()).as("bytes not released").isZero();
		assertThat(this.allocator.metric().usedDirectMemory()).as("bytes not released").isZero();
	}

	private static final class Outlet extends ChannelOutboundHandlerAdapter {

		private int flushes;

		private int reads;

		// Before the connection has its first timer.
		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			((EmbeddedChannel) context.channel()).freezeTime();
		}

		@Override
		public void flush(ChannelHandlerContext context) {
			this.flushes++;
			context.flush();
		}

		@Override
		public void read(ChannelHandlerContext context) {
			this.reads++;
			context.read();
		}

	}

	private static final class Wire extends EmbeddedChannel {

		private boolean blocked;

		Wire() {
			super(false, false);
		}

		@Override
		protected void doWrite(ChannelOutboundBuffer in) throws Exception {
			if (!this.blocked) {
				super.doWrite(in);
			}
		}

	}

}
