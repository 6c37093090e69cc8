/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import io.github.spoe.storm.Tally.Event;

/**
 * Connects {@link Peer}s to an agent, on an event loop of their own and with buffers that
 * are none of the agent's. When it is closed nothing is left of it.
 */
final class Swarm implements AutoCloseable {

	private static final int MAX_LENGTH = 1024 * 1024;

	private static final int RECEIVE_BUFFER = 16 * 1024;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final int maxOpen;

	private final Semaphore open;

	private final Tally tally;

	private final Bootstrap bootstrap;

	Swarm(Tally tally, int port, int maxOpen) {
		this.maxOpen = maxOpen;
		this.open = new Semaphore(maxOpen);
		this.tally = tally;
		this.bootstrap = new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false, true))
			.option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
			.option(ChannelOption.TCP_NODELAY, true)
			.remoteAddress(InetAddress.getLoopbackAddress(), port);
	}

	/**
	 * Connect a peer, as soon as not too many are open.
	 */
	void connect(Peer peer) throws InterruptedException {
		this.open.acquire();
		this.bootstrap.clone().handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.closeFuture().addListener((closed) -> Swarm.this.open.release());
				channel.pipeline()
					.addLast(new LengthFieldBasedFrameDecoder(MAX_LENGTH, 0, Integer.BYTES, 0, Integer.BYTES), peer);
			}

		}).connect().addListener((connected) -> {
			if (!connected.isSuccess()) {
				this.tally.add(Event.NOT_CONNECTED);
			}
		});
	}

	int open() {
		return this.maxOpen - this.open.availablePermits();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
	}

	/**
	 * The times at which to do something again and again. Times that were missed are made
	 * up for.
	 */
	static final class Pace {

		private final long start = System.nanoTime();

		private final double interval;

		private int count;

		Pace(int perSecond) {
			this.interval = (double) Duration.ofSeconds(1).toNanos() / perSecond;
		}

		void awaitNext() {
			long due = this.start + (long) (this.interval * this.count++);
			for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
				LockSupport.parkNanos(rest);
			}
		}

		/**
		 * Return how many times a second it was done.
		 */
		long reached() {
			return this.count * Duration.ofSeconds(1).toNanos() / Math.max(1, System.nanoTime() - this.start);
		}

	}

}
