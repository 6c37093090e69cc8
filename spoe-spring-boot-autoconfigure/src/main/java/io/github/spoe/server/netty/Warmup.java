/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeWarmup;

/**
 * Has the code that answers HAProxy compiled before HAProxy is there: plays HAProxy for a
 * time, over a channel within the process, to the handler that real connections have.
 * Whatever goes wrong ends the warm-up and nothing else.
 * <p>
 * The channel has an event loop of its own, with a thread that is left behind if a
 * handler blocks it.
 */
final class Warmup {

	private static final Log logger = LogFactory.getLog(Warmup.class);

	/**
	 * How much longer than the time of the warm-up the start waits for its end.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	private final ConnectionSettings settings;

	private final Duration time;

	private final ByteBufAllocator allocator;

	/**
	 * Create a new warm-up.
	 * @param settings what the connections of the server share
	 * @param time how long it takes, 0 for no warm-up
	 */
	Warmup(ConnectionSettings settings, Duration time) {
		this(settings, time, ByteBufAllocator.DEFAULT);
	}

	Warmup(ConnectionSettings settings, Duration time, ByteBufAllocator allocator) {
		this.settings = settings;
		this.time = time;
		this.allocator = allocator;
	}

	/**
	 * Warm up, and return when the time is over.
	 */
	void run() {
		if (this.time.isZero()) {
			return;
		}
		try (SpoeWarmup warmup = this.settings.dispatcher().warmup()) {
			if (warmup != null && !warmup.getMessages().isEmpty()) {
				run(warmup, System.nanoTime() + this.time.toNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Throwable ex) {
			logger.debug("Warm-up has failed", ex);
		}
	}

	private void run(SpoeWarmup warmup, long end) throws InterruptedException {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("spoe-warmup", true),
				LocalIoHandler.newFactory());
		try {
			WarmupClient client = new WarmupClient(warmup.getMessages(), this.settings.maxFrameSize(), end);
			Channel channel = new Bootstrap().group(group)
				.channel(LocalChannel.class)
				.option(ChannelOption.ALLOCATOR, this.allocator)
				.handler(client)
				.connect(listen(group, warmup.getDispatcher()))
				.channel();
			channel.eventLoop().schedule(() -> channel.close(), end - System.nanoTime(), TimeUnit.NANOSECONDS);
			long patience = end - System.nanoTime() + PATIENCE.toNanos();
			if (!channel.closeFuture().await(patience, TimeUnit.NANOSECONDS)) {
				logger.debug("Warm-up goes without a handler that blocks its event loop");
			}
		}
		finally {
			warmup.close();
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private SocketAddress listen(EventLoopGroup group, SpoeDispatcher dispatcher) throws InterruptedException {
		ConnectionSettings quiet = this.settings.quiet(dispatcher);
		return new ServerBootstrap().group(group)
			.channel(LocalServerChannel.class)
			.childOption(ChannelOption.ALLOCATOR, this.allocator)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new SpoeConnectionHandler(quiet));
				}

			})
			.bind(LocalAddress.ANY)
			.sync()
			.channel()
			.localAddress();
	}

}
