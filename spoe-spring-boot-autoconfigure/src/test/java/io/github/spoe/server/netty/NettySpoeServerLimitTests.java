/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.netty.tcp.TcpServer;

import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for whom, and how many, a {@link NettySpoeServer} serves, over sockets.
 */
@Timeout(20)
@ExtendWith(OutputCaptureExtension.class)
class NettySpoeServerLimitTests {

	private final NettySpoeServerFactory factory = new NettySpoeServerFactory();

	private final FaultCounter metrics = new FaultCounter();

	private final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();

	private final BlockingQueue<SpoeExchange> detached = new LinkedBlockingQueue<>();

	private final AtomicInteger read = new AtomicInteger();

	private SpoeServer server;

	NettySpoeServerLimitTests() {
		this.factory.setPort(0);
		this.factory.setAddress(InetAddress.getLoopbackAddress());
		this.factory.setWorkerThreads(2);
		this.factory.setShutdownGracePeriod(Duration.ofSeconds(10));
		this.factory.setMetrics(this.metrics);
		this.factory.setCustomizers(List.of(this::observe));
	}

	@AfterEach
	void stopServer() throws Exception {
		CompletableFuture<Void> stopped = this.server.stop().toCompletableFuture();
		while (!stopped.isDone()) {
			// Frames that wait are in flight only when others are answered.
			SpoeExchange exchange = this.detached.poll(10, TimeUnit.MILLISECONDS);
			if (exchange != null) {
				exchange.complete();
			}
		}
		stopped.get();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void peerThatIsNotAllowedIsNotRead(boolean preferNative, CapturedOutput output) throws Exception {
		this.factory.setPreferNative(preferNative);
		this.factory.setAllowedPeers(ranges("192.0.2.0/24", "2001:db8::/32"));
		start(SpoeExchange::complete);
		int peers = 20;
		for (int i = 0; i < peers; i++) {
			try (SpopTestClient client = SpopTestClient.connect(port())) {
				sayHello(client);
				assertThatClosedWithoutAWord(client);
			}
		}
		assertThat(this.read).hasValue(0);
		assertThat(this.metrics.count(SpoeFault.PEER_REFUSED)).isEqualTo(peers);
		assertThat(output.toString().lines())
			.filteredOn((line) -> line.contains("its address is not one of 'spoe.server.allowed-peers'"))
			.hasSize(5)
			.allSatisfy((line) -> assertThat(line).contains("WARN", "Connection from /127.0.0.1:"));
		assertThat(output).doesNotContain("ERROR").doesNotContain("LEAK");
		assertThat(this.channels).allSatisfy((channel) -> assertThat(channel.isOpen()).isFalse());
	}

	@Test
	void peerThatIsAllowedIsServed() throws Exception {
		this.factory.setAllowedPeers(ranges("192.0.2.7", "127.0.0.0/24", "127.0.0.0/8", "::1"));
		start(SpoeExchange::complete);
		try (SpopTestClient client = SpopTestClient.hello(port())) {
			assertThat(client.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
		}
		assertThat(this.metrics.count(SpoeFault.PEER_REFUSED)).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void oneConnectionTooManyIsToldSoWithoutItsHello(boolean preferNative, CapturedOutput output) throws Exception {
		this.factory.setPreferNative(preferNative);
		start(SpoeExchange::complete, 2);
		try (SpopTestClient first = SpopTestClient.hello(port()); SpopTestClient silent = connect()) {
			Channel channel = this.channels.take();
			this.channels.take();
			for (int i = 0; i < 3; i++) {
				try (SpopTestClient refused = SpopTestClient.connect(port())) {
					assertThat(refused.readDisconnect()).isEqualTo(new Disconnect(StatusCode.RESOURCE_ERROR));
					sayHello(refused);
					assertThat(refused.isClosedByPeer()).isTrue();
				}
			}
			assertThat(this.metrics.count(SpoeFault.CONNECTION_REFUSED)).isEqualTo(3);
			assertThat(output)
				.contains("is refused: as many are open as 'spoe.server.max-connections' allows, which is 2");
			assertThat(first.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
			sayHello(silent);
			assertThat(silent.readAgentHello().version()).isEqualTo("2.0");
			first.getSocket().close();
			assertThat(channel.closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
			try (SpopTestClient next = helloOnceThereIsRoom()) {
				assertThat(next.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
			}
		}
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void startWarnsOfTooFewFileDescriptors(CapturedOutput output) {
		start(SpoeExchange::complete, Integer.MAX_VALUE);
		assertThat(output).contains("which is too few for 'spoe.server.max-connections=2147483647'");
	}

	@Test
	void startDoesNotWarnOfEnoughFileDescriptors(CapturedOutput output) {
		start(SpoeExchange::complete, 1);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void refusedConnectionsThatTheirPeersLeaveOpenAreFew() throws Exception {
		start(SpoeExchange::complete, 1);
		int refused = Admission.MAX_REFUSED + 50;
		List<SpopTestClient> clients = new ArrayList<>();
		try (SpopTestClient first = SpopTestClient.hello(port())) {
			for (int i = 0; i < refused; i++) {
				clients.add(SpopTestClient.connect(port()));
			}
			for (SpopTestClient client : clients) {
				assertThat(client.readDisconnect()).isEqualTo(new Disconnect(StatusCode.RESOURCE_ERROR));
			}
			assertThat(this.channels.stream().filter(Channel::isOpen).count())
				.isLessThanOrEqualTo(1 + Admission.MAX_REFUSED);
			assertThat(first.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
			await().until(() -> this.channels.stream().filter(Channel::isOpen).count() == 1);
			assertThat(this.metrics.count(SpoeFault.CONNECTION_REFUSED)).isEqualTo(refused);
		}
		finally {
			for (SpopTestClient client : clients) {
				client.close();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionsAreCountedHoweverTheyEnd(boolean preferNative) throws Exception {
		int max = 3;
		this.factory.setPreferNative(preferNative);
		start(SpoeExchange::complete, max);
		int port = port();
		CompletableFuture<?>[] peers = IntStream.range(0, 6).mapToObj((peer) -> CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 50; i++) {
				connectAndLeave(port, (peer + i) % 5);
			}
		}, (task) -> new Thread(task).start())).toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(peers).get(15, TimeUnit.SECONDS);
		await().until(() -> this.channels.stream().noneMatch(Channel::isOpen));
		List<SpopTestClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < max; i++) {
				clients.add(helloOnceThereIsRoom());
			}
			clients.add(SpopTestClient.connect(port));
			assertThat(clients.get(max).readDisconnect()).isEqualTo(new Disconnect(StatusCode.RESOURCE_ERROR));
		}
		finally {
			for (SpopTestClient client : clients) {
				client.close();
			}
		}
	}

	private static void connectAndLeave(int port, int how) {
		try (SpopTestClient client = SpopTestClient.connect(port)) {
			switch (how) {
				case 0 -> client.getSocket().setSoLinger(true, 0);
				case 1 -> client.send(new byte[] { 0, 0 });
				case 2 -> client.send(new byte[] { 0, 0, 0, 0 });
				case 3 -> sayHello(client);
				default -> {
				}
			}
		}
		catch (IOException ex) {
			// A refused connection may be closed before all is sent.
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionWithAsManyInFlightAsMayBeIsNotRead(boolean preferNative) throws Exception {
		this.factory.setPreferNative(preferNative);
		int max = 8;
		int notifys = 50_000;
		this.factory.setLimits(new SpoeServerLimits(10, 1000, max, 1000, 64 * 1024));
		start(this::detach);
		try (SpopTestClient client = SpopTestClient.hello(port())) {
			Channel channel = this.channels.take();
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(client, notifys));
			await().until(() -> this.detached.size() == max);
			await().until(() -> !channel.config().isAutoRead());
			awaitNothingIsRead();
			assertThat(this.detached).hasSize(max);
			assertThat(this.read.get()).isLessThan(3 * 64 * 1024);
			for (int i = 0; i < notifys; i++) {
				this.detached.take().complete();
				assertThat(this.detached.size()).isLessThanOrEqualTo(max);
				assertThat(client.readAck().streamId()).isEqualTo(i);
			}
			assertThat(sender).succeedsWithin(Duration.ofSeconds(5));
		}
	}

	// With epoll a read goes on to the end then, whatever it is told.
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionKeepsLittleWhenItsPeerHasClosedItsSide(boolean preferNative) throws Exception {
		this.factory.setPreferNative(preferNative);
		int notifys = 10_000;
		this.factory.setLimits(new SpoeServerLimits(10, 1000, 8, 1000, 64 * 1024));
		start(this::detach);
		try (SpopTestClient client = SpopTestClient.hello(port())) {
			Channel channel = this.channels.take();
			send(client, notifys);
			client.getSocket().shutdownOutput();
			int handled = 0;
			int mostKept = 0;
			while (channel.isOpen() && handled < notifys) {
				SpoeExchange exchange = this.detached.poll(10, TimeUnit.MILLISECONDS);
				if (exchange != null) {
					handled++;
					mostKept = Math.max(mostKept, this.read.get() - handled * 37);
					exchange.complete();
				}
			}
			assertThat(mostKept).isLessThan(4 * 64 * 1024);
		}
	}

	@Test
	void outboundLimitIsTheWaterMark() throws Exception {
		this.factory.setLimits(new SpoeServerLimits(1, 1, 1, 1, 5000));
		start(SpoeExchange::complete);
		try (SpopTestClient client = SpopTestClient.hello(port())) {
			assertThat(client.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
			WriteBufferWaterMark waterMark = this.channels.take().config().getWriteBufferWaterMark();
			assertThat(waterMark.low()).isEqualTo(2500);
			assertThat(waterMark.high()).isEqualTo(5000);
		}
	}

	private void start(SpoeDispatcher dispatcher, int maxConnections) {
		SpoeServerLimits limits = SpoeServerLimits.DEFAULT;
		this.factory.setLimits(new SpoeServerLimits(maxConnections, limits.inFlight(), limits.inFlightPerConnection(),
				limits.messageSize(), limits.outboundSize()));
		start(dispatcher);
	}

	private void start(SpoeDispatcher dispatcher) {
		this.server = this.factory.createServer(dispatcher);
		this.server.start();
	}

	private int port() {
		return ((InetSocketAddress) this.server.address()).getPort();
	}

	// A connection that the server has seen.
	private SpopTestClient connect() throws IOException {
		int before = this.channels.size();
		SpopTestClient client = SpopTestClient.connect(port());
		await().until(() -> this.channels.size() > before);
		return client;
	}

	// A place is free a little later than its connection is closed.
	private SpopTestClient helloOnceThereIsRoom() {
		return await().ignoreExceptions().until(() -> SpopTestClient.hello(port()), Objects::nonNull);
	}

	private static void sayHello(SpopTestClient client) throws IOException {
		client.send(new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false)::write);
	}

	private void awaitNothingIsRead() {
		AtomicInteger last = new AtomicInteger(-1);
		await().pollInterval(Duration.ofMillis(100)).until(() -> last.getAndSet(this.read.get()) == last.get());
	}

	private static void send(SpopTestClient client, int notifys) {
		try {
			for (int stream = 0; stream < notifys; stream++) {
				client.send(new Notify(stream, 1, List.of(SpopTestClient.message("a-message-of-some-length")))::write);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertThatClosedWithoutAWord(SpopTestClient client) throws IOException {
		try {
			assertThat(client.isClosedByPeer()).isTrue();
		}
		catch (SocketException ex) {
			// What was sent and not read makes it a reset.
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	private static List<AddressRange> ranges(String... ranges) {
		return Arrays.stream(ranges).map(AddressRange::of).toList();
	}

	private void detach(SpoeExchange exchange) {
		this.detached.add(exchange.detach());
	}

	private TcpServer observe(TcpServer server) {
		ChannelHandler counter = new ReadCounter();
		return server.doOnChannelInit((observer, channel, address) -> {
			this.channels.add(channel);
			channel.pipeline().addFirst(counter);
		});
	}

	@ChannelHandler.Sharable
	private final class ReadCounter extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
			NettySpoeServerLimitTests.this.read.addAndGet(((ByteBuf) message).readableBytes());
			super.channelRead(context, message);
		}

	}

}
