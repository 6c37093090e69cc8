/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

import io.github.spoe.SpoeExecution;

/**
 * {@link ConfigurationProperties Properties} of the SPOE server.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("spoe.server")
public class SpoeServerProperties {

	/**
	 * Whether to start the SPOE server.
	 */
	private boolean enabled = true;

	/**
	 * Port on which the SPOE server should listen. Use '0' to bind to a free port.
	 */
	private int port = 9000;

	/**
	 * Network address to which the SPOE server should bind. All addresses by default.
	 */
	private @Nullable InetAddress address;

	/**
	 * Addresses and CIDR ranges that connections may come from. All addresses by default.
	 */
	private List<String> allowedPeers = new ArrayList<>();

	/**
	 * Maximum size of a frame, from 256B to 16MB. With each connection, the smaller of
	 * this and of what HAProxy offers is used.
	 */
	private DataSize maxFrameSize = DataSize.ofKilobytes(128);

	/**
	 * Maximum size of what HAProxy up to 3.0 sends in several frames, as it does not fit
	 * in one, from 256B to 16MB. More is acknowledged without variables.
	 */
	private DataSize maxMessageSize = DataSize.ofMegabytes(1);

	/**
	 * Maximum number of connections. One more is told that there are too many.
	 */
	private int maxConnections = 10_000;

	/**
	 * Maximum number of frames that wait for a worker or an asynchronous handler. One
	 * more is answered at once, without its handler.
	 */
	private int maxInFlight = 10_000;

	/**
	 * Maximum number of frames of one connection that wait for a worker or an
	 * asynchronous handler. The connection is not read until one of them is answered.
	 */
	private int maxInFlightPerConnection = 256;

	/**
	 * Maximum size, at least 256B, of the answers that wait on one connection for HAProxy
	 * to read them. The connection is not read until there are less.
	 */
	private DataSize maxOutboundSize = DataSize.ofKilobytes(64);

	/**
	 * Number of characters, from 1 to 56, of the prefix that HAProxy gives to variables:
	 * of its 'option var-prefix', or of the name of the SPOE agent if it has none. Names
	 * of variables that would be too long with it are refused.
	 */
	private int varPrefixLength = 1;

	/**
	 * Whether HAProxy may send further frames before the first is answered.
	 */
	private boolean pipelining = true;

	/**
	 * Time to spend on warm-up before the port is bound. Use '0' for none.
	 */
	private Duration warmup = Duration.ZERO;

	private final Timeout timeout = new Timeout();

	private final Handler handler = new Handler();

	private final Worker worker = new Worker();

	private final Background background = new Background();

	private final Mdc mdc = new Mdc();

	private final Watchdog watchdog = new Watchdog();

	private final Shutdown shutdown = new Shutdown();

	private final Netty netty = new Netty();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getPort() {
		return this.port;
	}

	public void setPort(int port) {
		this.port = port;
	}

	public @Nullable InetAddress getAddress() {
		return this.address;
	}

	public void setAddress(@Nullable InetAddress address) {
		this.address = address;
	}

	public List<String> getAllowedPeers() {
		return this.allowedPeers;
	}

	public void setAllowedPeers(List<String> allowedPeers) {
		this.allowedPeers = allowedPeers;
	}

	public DataSize getMaxFrameSize() {
		return this.maxFrameSize;
	}

	public void setMaxFrameSize(DataSize maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	public int getVarPrefixLength() {
		return this.varPrefixLength;
	}

	public void setVarPrefixLength(int varPrefixLength) {
		this.varPrefixLength = varPrefixLength;
	}

	public boolean isPipelining() {
		return this.pipelining;
	}

	public void setPipelining(boolean pipelining) {
		this.pipelining = pipelining;
	}

	public Duration getWarmup() {
		return this.warmup;
	}

	public void setWarmup(Duration warmup) {
		this.warmup = warmup;
	}

	public DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public int getMaxInFlight() {
		return this.maxInFlight;
	}

	public void setMaxInFlight(int maxInFlight) {
		this.maxInFlight = maxInFlight;
	}

	public int getMaxInFlightPerConnection() {
		return this.maxInFlightPerConnection;
	}

	public void setMaxInFlightPerConnection(int maxInFlightPerConnection) {
		this.maxInFlightPerConnection = maxInFlightPerConnection;
	}

	public DataSize getMaxOutboundSize() {
		return this.maxOutboundSize;
	}

	public void setMaxOutboundSize(DataSize maxOutboundSize) {
		this.maxOutboundSize = maxOutboundSize;
	}

	public Timeout getTimeout() {
		return this.timeout;
	}

	public Handler getHandler() {
		return this.handler;
	}

	public Worker getWorker() {
		return this.worker;
	}

	public Background getBackground() {
		return this.background;
	}

	public Mdc getMdc() {
		return this.mdc;
	}

	public Watchdog getWatchdog() {
		return this.watchdog;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public Netty getNetty() {
		return this.netty;
	}

	/**
	 * Properties of timeouts.
	 */
	public static class Timeout {

		/**
		 * Time to wait for the first frame of a connection. Use '0' for no limit.
		 */
		private Duration hello = Duration.ofSeconds(5);

		/**
		 * Time to wait for the rest of a frame, or of a fragmented message. Use '0' for
		 * no limit.
		 */
		private Duration partialFrame = Duration.ofSeconds(10);

		/**
		 * Time to wait for a peer that does not read its answers. Use '0' for no limit.
		 */
		private Duration write = Duration.ofSeconds(10);

		/**
		 * Time to wait for a frame on a connection with nothing in flight. Use '0' for no
		 * limit, as HAProxy closes connections that it does not need.
		 */
		private Duration idle = Duration.ZERO;

		public Duration getHello() {
			return this.hello;
		}

		public void setHello(Duration hello) {
			this.hello = hello;
		}

		public Duration getPartialFrame() {
			return this.partialFrame;
		}

		public void setPartialFrame(Duration partialFrame) {
			this.partialFrame = partialFrame;
		}

		public Duration getWrite() {
			return this.write;
		}

		public void setWrite(Duration write) {
			this.write = write;
		}

		public Duration getIdle() {
			return this.idle;
		}

		public void setIdle(Duration idle) {
			this.idle = idle;
		}

	}

	/**
	 * Properties of handler methods.
	 */
	public static class Handler {

		/**
		 * Where handler methods run whose annotation does not say. By default, methods
		 * that return void run on a worker and asynchronous ones start on the event loop.
		 */
		private SpoeExecution execution = SpoeExecution.AUTO;

		/**
		 * Time from the arrival of a NOTIFY frame within which handler methods have to be
		 * done whose annotation does not say another. Must be below 'timeout processing'
		 * of HAProxy, which else gives up first. Use '0' for no limit.
		 */
		private Duration timeout = Duration.ofSeconds(1);

		public SpoeExecution getExecution() {
			return this.execution;
		}

		public void setExecution(SpoeExecution execution) {
			this.execution = execution;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Properties of the workers, which run handler methods that may block.
	 */
	public static class Worker {

		/**
		 * Maximum number of threads. Has no effect on virtual threads.
		 */
		private int maxThreads = 64;

		/**
		 * Maximum number of virtual threads, which are used if
		 * 'spring.threads.virtual.enabled' is set.
		 */
		private int maxVirtualThreads = 10_000;

		/**
		 * Maximum number of messages that wait for a thread. One more is answered at once
		 * by the exception handler for overload.
		 */
		private int queueCapacity = 10_000;

		/**
		 * Time that a thread waits for a message before it ends. Use '0' for no limit.
		 * Has no effect on virtual threads.
		 */
		private Duration keepAlive = Duration.ofSeconds(60);

		public int getMaxThreads() {
			return this.maxThreads;
		}

		public void setMaxThreads(int maxThreads) {
			this.maxThreads = maxThreads;
		}

		public int getMaxVirtualThreads() {
			return this.maxVirtualThreads;
		}

		public void setMaxVirtualThreads(int maxVirtualThreads) {
			this.maxVirtualThreads = maxVirtualThreads;
		}

		public int getQueueCapacity() {
			return this.queueCapacity;
		}

		public void setQueueCapacity(int queueCapacity) {
			this.queueCapacity = queueCapacity;
		}

		public Duration getKeepAlive() {
			return this.keepAlive;
		}

		public void setKeepAlive(Duration keepAlive) {
			this.keepAlive = keepAlive;
		}

	}

	/**
	 * Properties of handler methods whose messages are acknowledged before they are
	 * called.
	 */
	public static class Background {

		/**
		 * Maximum number of threads, virtual ones if 'spring.threads.virtual.enabled' is
		 * set.
		 */
		private int maxThreads = 8;

		/**
		 * Maximum number of messages that wait for a thread. One more is dropped.
		 */
		private int queueCapacity = 1000;

		public int getMaxThreads() {
			return this.maxThreads;
		}

		public void setMaxThreads(int maxThreads) {
			this.maxThreads = maxThreads;
		}

		public int getQueueCapacity() {
			return this.queueCapacity;
		}

		public void setQueueCapacity(int queueCapacity) {
			this.queueCapacity = queueCapacity;
		}

	}

	/**
	 * Properties of SLF4J's MDC.
	 */
	public static class Mdc {

		/**
		 * Whether the MDC has the keys 'spoe.message', 'spoe.stream.id' and
		 * 'spoe.engine.id' while a handler method is called.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Properties of the watchdog.
	 */
	public static class Watchdog {

		/**
		 * Time that a handler may keep an event loop busy before a warning tells of it.
		 * Use '0' for no warnings.
		 */
		private Duration threshold = Duration.ofMillis(100);

		public Duration getThreshold() {
			return this.threshold;
		}

		public void setThreshold(Duration threshold) {
			this.threshold = threshold;
		}

	}

	/**
	 * Properties of the shutdown.
	 */
	public static class Shutdown {

		/**
		 * Maximum time to wait for frames in flight when the server stops. Use '0' to
		 * close all connections at once. Must be less than
		 * 'spring.lifecycle.timeout-per-shutdown-phase' to take effect.
		 */
		private Duration gracePeriod = Duration.ofSeconds(20);

		public Duration getGracePeriod() {
			return this.gracePeriod;
		}

		public void setGracePeriod(Duration gracePeriod) {
			this.gracePeriod = gracePeriod;
		}

	}

	/**
	 * Properties of Netty.
	 */
	public static class Netty {

		/**
		 * Number of event loop threads. By default, half the number of processors.
		 */
		private @Nullable Integer workerThreads;

		/**
		 * Whether to prefer a native transport, such as io_uring or epoll, to NIO if one
		 * is on the class path.
		 */
		private boolean preferNative = true;

		public @Nullable Integer getWorkerThreads() {
			return this.workerThreads;
		}

		public void setWorkerThreads(@Nullable Integer workerThreads) {
			this.workerThreads = workerThreads;
		}

		public boolean isPreferNative() {
			return this.preferNative;
		}

		public void setPreferNative(boolean preferNative) {
			this.preferNative = preferNative;
		}

	}

}
