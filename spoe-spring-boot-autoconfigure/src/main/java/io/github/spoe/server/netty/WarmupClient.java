/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import io.github.spoe.server.SpoeWarmup;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

/**
 * Plays HAProxy: sends NOTIFYs for as long as the connection is open. Each message goes
 * its own pace, the next when it is answered, so that one that never is holds up no
 * other.
 */
final class WarmupClient extends ChannelInboundHandlerAdapter {

	/**
	 * As HAProxy has it by default.
	 */
	private static final int MAX_FRAME_SIZE = 16380;

	/**
	 * HAProxy has at most 20 frames in flight on a connection.
	 */
	private static final int BATCH_SIZE = 16;

	private final int maxFrameSize;

	private final long end;

	private final List<Stream> streams = new ArrayList<>();

	/**
	 * Create a new client.
	 * @param messages the messages to send
	 * @param maxFrameSize the greatest length of a frame that the agent takes
	 * @param end when to close the connection, as of {@link System#nanoTime()}
	 */
	WarmupClient(List<SpoeWarmup.Message> messages, int maxFrameSize, long end) {
		this.end = end;
		this.maxFrameSize = Math.min(maxFrameSize, MAX_FRAME_SIZE);
		for (SpoeWarmup.Message message : messages) {
			Stream stream = new Stream(this.streams.size() + 1, message);
			if (stream.single.length - Integer.BYTES <= this.maxFrameSize) {
				this.streams.add(stream);
			}
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		ByteWriter out = new ByteWriter(128);
		new HaproxyHello("2.0", this.maxFrameSize, Set.of("pipelining"), null, false).write(out);
		send(context, out.toByteArray(0));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf frames = (ByteBuf) message;
		try {
			// The agent writes whole frames.
			while (frames.isReadable()) {
				ByteBuf frame = frames.readSlice(frames.readInt());
				read(context, FrameHeader.read(frame));
			}
		}
		finally {
			frames.release();
		}
	}

	private void read(ChannelHandlerContext context, FrameHeader header) {
		if (header.type() == FrameType.AGENT_HELLO) {
			this.streams.forEach((stream) -> sendNext(context, stream));
		}
		else if (header.type() == FrameType.ACK) {
			Stream stream = this.streams.get((int) header.streamId() - 1);
			stream.inFlight--;
			if (stream.inFlight == 0) {
				context.executor().execute(() -> sendNext(context, stream));
			}
		}
	}

	private void sendNext(ChannelHandlerContext context, Stream stream) {
		// An event loop that is never idle looks at what is scheduled once in a second.
		if (isOver()) {
			context.close();
		}
		else if (context.channel().isActive()) {
			send(context, stream.next());
		}
	}

	private boolean isOver() {
		return System.nanoTime() - this.end >= 0;
	}

	// From a buffer as a socket has it.
	private static void send(ChannelHandlerContext context, byte[] frames) {
		context.writeAndFlush(context.alloc().directBuffer(frames.length).writeBytes(frames), context.voidPromise());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

	/**
	 * The NOTIFYs of one message, single ones and batches in turn.
	 */
	private static final class Stream {

		private final byte[] single;

		private final byte[] batch;

		private boolean batchIsNext;

		private int inFlight;

		Stream(int id, SpoeWarmup.Message message) {
			Notify.Message notified = new Notify.Message(message.name(),
					message.arguments()
						.entrySet()
						.stream()
						.map((argument) -> new Notify.Argument(argument.getKey(), typedData(argument.getValue())))
						.toList());
			ByteWriter out = new ByteWriter(1024);
			new Notify(id, 1, List.of(notified)).write(out);
			this.single = out.toByteArray(0);
			for (int frame = 2; frame <= BATCH_SIZE; frame++) {
				new Notify(id, frame, List.of(notified)).write(out);
			}
			this.batch = out.toByteArray(0);
		}

		byte[] next() {
			boolean batched = this.batchIsNext;
			this.batchIsNext = !batched;
			this.inFlight = batched ? BATCH_SIZE : 1;
			return batched ? this.batch : this.single;
		}

		private static TypedData typedData(Object value) {
			if (value instanceof Boolean bool) {
				return TypedData.of((boolean) bool);
			}
			if (value instanceof Long integer) {
				return TypedData.of((long) integer);
			}
			if (value instanceof InetAddress address) {
				return TypedData.of(address);
			}
			if (value instanceof byte[] bytes) {
				return TypedData.of(bytes);
			}
			return TypedData.of((String) value);
		}

	}

}
