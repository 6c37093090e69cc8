/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;
import reactor.netty.tcp.TcpServer;

import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerCustomizer;
import io.github.spoe.server.SpoeServerFactory;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerListener;
import io.github.spoe.server.SpoeServerTimeouts;

/**
 * {@link SpoeServerFactory} of servers on Reactor Netty.
 *
 * @since 0.1.0
 */
public class NettySpoeServerFactory implements SpoeServerFactory {

	/**
	 * HAProxy opens a connection for each request that finds none ready, all at once.
	 */
	private static final int BACKLOG = 1024;

	private int port = 9000;

	private @Nullable InetAddress address;

	private int maxFrameSize = 128 * 1024;

	private int varPrefixLength = VariableName.MIN_PREFIX_LENGTH;

	private boolean pipelining = true;

	private List<AddressRange> allowedPeers = List.of();

	private SpoeServerLimits limits = SpoeServerLimits.DEFAULT;

	private SpoeServerTimeouts timeouts = SpoeServerTimeouts.DEFAULT;

	private Duration warmup = Duration.ZERO;

	private Duration watchdogThreshold = Duration.ofMillis(100);

	private Duration shutdownGracePeriod = Duration.ofSeconds(20);

	private int workerThreads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private boolean preferNative = true;

	private List<SpoeServerCustomizer> customizers = List.of();

	private List<SpoeServerListener> listeners = List.of();

	private SpoeMetrics metrics = SpoeMetrics.NONE;

	/**
	 * Set the port to listen on.
	 * @param port the port, 0 for a free one
	 */
	public void setPort(int port) {
		this.port = port;
	}

	/**
	 * Set the address to listen on.
	 * @param address the address, or {@code null} for all
	 */
	public void setAddress(@Nullable InetAddress address) {
		this.address = address;
	}

	/**
	 * Set the greatest length of a frame. With each connection the smaller of it and of
	 * what HAProxy offers is agreed.
	 * @param maxFrameSize the length in bytes, at least 256 and at most 16 MiB
	 */
	public void setMaxFrameSize(int maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	/**
	 * Set the length of the prefix that HAProxy gives to variables, which it does not
	 * tell: of its {@code option var-prefix}, or else of the name of the SPOE agent. The
	 * longer it is, the shorter are the names that HAProxy accepts.
	 * @param varPrefixLength the number of characters, at least 1 and at most 56, which
	 * leaves one for a name in every scope
	 */
	public void setVarPrefixLength(int varPrefixLength) {
		this.varPrefixLength = varPrefixLength;
	}

	/**
	 * Set whether HAProxy may send further frames before the first is answered.
	 * @param pipelining whether to agree on pipelining
	 */
	public void setPipelining(boolean pipelining) {
		this.pipelining = pipelining;
	}

	/**
	 * Set where connections may come from. Others are closed before anything is read.
	 * @param allowedPeers the ranges of addresses, empty for all addresses
	 */
	public void setAllowedPeers(List<AddressRange> allowedPeers) {
		this.allowedPeers = List.copyOf(allowedPeers);
	}

	/**
	 * Set what bounds the memory that peers can make a server use.
	 * @param limits the limits
	 */
	public void setLimits(SpoeServerLimits limits) {
		this.limits = limits;
	}

	/**
	 * Set how long connections wait for their peers.
	 * @param timeouts the timeouts
	 */
	public void setTimeouts(SpoeServerTimeouts timeouts) {
		this.timeouts = timeouts;
	}

	/**
	 * Set how long a server that starts sends itself NOTIFYs, in its own process, before
	 * it listens, so that the first real ones do not wait for the JIT compiler.
	 * @param warmup the time, 0 for no warm-up
	 * @see SpoeDispatcher#warmup()
	 */
	public void setWarmup(Duration warmup) {
		this.warmup = warmup;
	}

	/**
	 * Set how long a handler may keep an event loop busy before a warning tells of it,
	 * once for each message.
	 * @param watchdogThreshold the time, at least 1 ms, or 0 for no warnings
	 */
	public void setWatchdogThreshold(Duration watchdogThreshold) {
		this.watchdogThreshold = watchdogThreshold;
	}

	/**
	 * Set how long a server that stops waits for what is in flight.
	 * @param shutdownGracePeriod the time, 0 to end all connections at once
	 */
	public void setShutdownGracePeriod(Duration shutdownGracePeriod) {
		this.shutdownGracePeriod = shutdownGracePeriod;
	}

	/**
	 * Set the number of event loops. Initially one for two processors: with few
	 * connections, more only share the same work.
	 * @param workerThreads the number of threads, at least 1
	 */
	public void setWorkerThreads(int workerThreads) {
		this.workerThreads = workerThreads;
	}

	/**
	 * Set whether to use the operating system's own transport (io_uring or epoll on
	 * Linux, kqueue on macOS) if it is on the class path.
	 * @param preferNative whether to prefer it to Java's NIO
	 */
	public void setPreferNative(boolean preferNative) {
		this.preferNative = preferNative;
	}

	/**
	 * Set what customizes the {@link TcpServer}.
	 * @param customizers the customizers in their order
	 */
	public void setCustomizers(List<SpoeServerCustomizer> customizers) {
		this.customizers = List.copyOf(customizers);
	}

	/**
	 * Set what follows the connections.
	 * @param listeners the listeners in their order
	 */
	public void setListeners(List<SpoeServerListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Set what servers are measured with.
	 * @param metrics the metrics
	 */
	public void setMetrics(SpoeMetrics metrics) {
		this.metrics = metrics;
	}

	@Override
	public SpoeServer createServer(SpoeDispatcher dispatcher) {
		ConnectionSettings settings = new ConnectionSettings(dispatcher, this.metrics, this.maxFrameSize,
				this.pipelining, this.limits, this.timeouts, this.varPrefixLength, this.listeners,
				this.watchdogThreshold);
		int threads = this.workerThreads;
		boolean nativeTransport = this.preferNative;
		return new NettySpoeServer(tcpServer(), () -> new EventLoops(threads, nativeTransport), settings,
				this.allowedPeers, this.warmup, this.shutdownGracePeriod);
	}

	// A read is received in a large buffer. Netty's default, the adaptive allocator, does
	// not keep such a buffer, and from JDK 25 on a new one is filled with zeros.
	private TcpServer tcpServer() {
		InetSocketAddress bindAddress = (this.address != null) ? new InetSocketAddress(this.address, this.port)
				: new InetSocketAddress(this.port);
		int outboundSize = this.limits.outboundSize();
		TcpServer server = TcpServer.create()
			.bindAddress(() -> bindAddress)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
					new WriteBufferWaterMark(Math.max(1, outboundSize / 2), outboundSize))
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.SO_KEEPALIVE, true);
		for (SpoeServerCustomizer customizer : this.customizers) {
			server = customizer.customize(server);
		}
		return server;
	}

}
