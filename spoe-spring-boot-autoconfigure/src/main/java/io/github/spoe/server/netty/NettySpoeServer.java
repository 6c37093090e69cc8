/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.Exceptions;
import reactor.netty.ChannelBindException;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerException;

/**
 * {@link SpoeServer} on Reactor Netty.
 */
final class NettySpoeServer implements SpoeServer {

	private static final Log logger = LogFactory.getLog(NettySpoeServer.class);

	/**
	 * A little more than a connection takes to close when its peer does not.
	 */
	private static final Duration TERMINATION_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * How long a connection that is refused waits to be told so. HAProxy up to 3.0 tries
	 * again at once, for as long as a request waits: 2000 times a second for one request.
	 */
	private static final long REFUSAL_MILLIS = 100;

	private final TcpServer tcpServer;

	private final Supplier<EventLoops> eventLoops;

	private final ConnectionSettings settings;

	private final Duration warmup;

	private final Duration gracePeriod;

	private final Admission admission;

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private volatile @Nullable Bound bound;

	private volatile boolean draining;

	NettySpoeServer(TcpServer tcpServer, Supplier<EventLoops> eventLoops, ConnectionSettings settings,
			List<AddressRange> allowedPeers, Duration warmup, Duration gracePeriod) {
		this.tcpServer = tcpServer;
		this.eventLoops = eventLoops;
		this.settings = settings;
		this.admission = new Admission(allowedPeers, settings);
		this.warmup = warmup;
		this.gracePeriod = gracePeriod;
	}

	@Override
	public void start() {
		if (this.bound != null) {
			return;
		}
		this.draining = false;
		new Warmup(this.settings, this.warmup).run();
		EventLoops loops = this.eventLoops.get();
		try {
			DisposableServer server = loops.run(this.tcpServer)
				.doOnConnection(this::initialize)
				.channelGroup(this.connections)
				.bindNow();
			this.bound = new Bound(server, loops, this.settings.watchdog().start());
			FileDescriptors.check(this.settings.limits().connections());
			logger.info("SPOE server started on " + text(server.address()) + " (" + transport(server.channel()) + ")");
		}
		catch (RuntimeException ex) {
			loops.dispose();
			throw startFailure(ex);
		}
		catch (Error ex) {
			// Such as native code that does not fit: the threads would keep the JVM
			// alive.
			loops.dispose();
			throw ex;
		}
	}

	private void initialize(Connection connection) {
		Channel channel = connection.channel();
		if (!this.admission.isAllowed(channel)) {
			channel.close();
			return;
		}
		connection.addHandlerLast(new SpoeConnectionHandler(this.settings));
		if (!this.admission.admit(channel)) {
			refuse(channel);
			return;
		}
		// Here, and nowhere else, Reactor Netty lets the channel read by itself.
		channel.config().setAutoRead(true);
		if (this.draining) {
			signal(channel, SpoeConnectionHandler.DRAIN);
		}
	}

	/**
	 * Say that there are too many connections, without asking for a HELLO: to wait for it
	 * would keep a file descriptor for those that send none.
	 * @param channel the connection
	 */
	private void refuse(Channel channel) {
		if (this.admission.mayWait(channel)) {
			channel.eventLoop()
				.schedule(() -> signal(channel, SpoeConnectionHandler.REFUSE), REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
		}
		else {
			signal(channel, SpoeConnectionHandler.REFUSE);
			channel.close();
		}
	}

	private static RuntimeException startFailure(RuntimeException ex) {
		if (ex instanceof ChannelBindException bindException) {
			return new FailureAnalyzedException(
					"The SPOE server could not be bound to " + bindException.localHost() + ":"
							+ bindException.localPort() + ": "
							+ NestedExceptionUtils.getMostSpecificCause(bindException).getMessage(),
					"Change 'spoe.server.port' or 'spoe.server.address', or stop the process that listens on the "
							+ "port.",
					ex);
		}
		return new SpoeServerException("The SPOE server could not be started", Exceptions.unwrap(ex));
	}

	private static String text(SocketAddress address) {
		return (address instanceof InetSocketAddress inetAddress) ? NetUtil.toSocketAddressString(inetAddress)
				: address.toString();
	}

	private static String transport(Channel channel) {
		return channel.getClass().getSimpleName().replace("ServerSocketChannel", "").toLowerCase(Locale.ROOT);
	}

	@Override
	public CompletionStage<Void> stop() {
		Bound stopped = this.bound;
		if (stopped == null) {
			return CompletableFuture.completedFuture(null);
		}
		this.bound = null;
		logger.info("SPOE server stops, and waits up to " + this.gracePeriod.toMillis() + " ms for frames in flight");
		CompletableFuture<Void> closed = new CompletableFuture<>();
		stopped.server().channel().close().addListener((done) -> closed.complete(null));
		return closed.thenCompose((none) -> drain())
			.thenCompose((none) -> stopped.loops().dispose())
			.whenComplete((none, ex) -> stopped.endWatch())
			.thenRun(() -> logger.info("SPOE server stopped"));
	}

	private CompletableFuture<Void> drain() {
		this.draining = true;
		this.connections.forEach((connection) -> signal(connection, SpoeConnectionHandler.DRAIN));
		return connectionsClosed(this.gracePeriod).exceptionallyCompose((timeout) -> terminate());
	}

	private CompletableFuture<Void> terminate() {
		if (!this.gracePeriod.isZero()) {
			logger.warn("SPOE server closes connections that were not done within the grace period of "
					+ this.gracePeriod.toMillis() + " ms: " + this.connections.size());
		}
		this.connections.forEach((connection) -> signal(connection, SpoeConnectionHandler.TERMINATE));
		return connectionsClosed(TERMINATION_TIMEOUT).exceptionally((timeout) -> null);
	}

	private CompletableFuture<Void> connectionsClosed(Duration timeout) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.connections.newCloseFuture().addListener((done) -> closed.complete(null));
		return closed.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static void signal(Channel connection, Object event) {
		connection.pipeline().fireUserEventTriggered(event);
	}

	@Override
	public @Nullable SocketAddress address() {
		Bound started = this.bound;
		return (started != null) ? started.server().address() : null;
	}

	/**
	 * A server that is bound, and the event loops that end with it.
	 *
	 * @param server the server
	 * @param loops the event loops
	 * @param watchdog the thread that looks at the event loops, if any
	 */
	private record Bound(DisposableServer server, EventLoops loops, @Nullable Thread watchdog) {

		void endWatch() {
			if (this.watchdog != null) {
				this.watchdog.interrupt();
			}
		}

	}

}
