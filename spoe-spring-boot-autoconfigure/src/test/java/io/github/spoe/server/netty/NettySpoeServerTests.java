/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerCustomizer;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NettySpoeServer} and {@link NettySpoeServerFactory}, over sockets.
 */
@Timeout(20)
@ExtendWith(OutputCaptureExtension.class)
class NettySpoeServerTests {

	private static final int SMALL_BUFFER = 64 * 1024;

	private final NettySpoeServerFactory factory = new NettySpoeServerFactory();

	private final BlockingQueue<SpoeExchange> detached = new LinkedBlockingQueue<>();

	private final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();

	private SpoeServer server;

	NettySpoeServerTests() {
		this.factory.setPort(0);
		this.factory.setAddress(InetAddress.getLoopbackAddress());
		this.factory.setWorkerThreads(2);
		this.factory.setShutdownGracePeriod(Duration.ofSeconds(10));
		this.factory.setCustomizers(List.of(this::collectChannels));
	}

	@AfterEach
	void stopServer() throws Exception {
		if (this.server != null) {
			this.detached.forEach(SpoeExchange::complete);
			stop();
		}
	}

	@Test
	void serverIsBoundFromStartToStop() throws Exception {
		this.server = this.factory.createServer(SpoeExchange::complete);
		assertThat(this.server.address()).isNull();
		this.server.start();
		InetSocketAddress address = (InetSocketAddress) this.server.address();
		assertThat(address.getAddress().isLoopbackAddress()).isTrue();
		assertThat(address.getPort()).isPositive();
		this.server.start();
		assertThat(this.server.address()).isEqualTo(address);
		stop();
		assertThat(this.server.address()).isNull();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> SpopTestClient.connect(address.getPort()));
	}

	@Test
	void serverIsStartedAgain() throws Exception {
		start(SpoeExchange::complete);
		stop();
		this.server.start();
		try (SpopTestClient client = hello()) {
			assertThat(client.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
		}
	}

	@Test
	void serverThatIsNotStartedIsStopped() {
		this.server = this.factory.createServer(SpoeExchange::complete);
		assertThat(this.server.stop()).isCompleted();
	}

	@Test
	void portInUseIsExplained() throws Exception {
		Set<Thread> before = eventLoops();
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.factory.setPort(socket.getLocalPort());
			this.server = this.factory.createServer(SpoeExchange::complete);
			assertThatExceptionOfType(FailureAnalyzedException.class).isThrownBy(this.server::start)
				.satisfies((ex) -> assertThat(ex.analysis().getDescription()).contains(":" + socket.getLocalPort(),
						"in use"))
				.satisfies((ex) -> assertThat(ex.analysis().getAction()).contains("'spoe.server.port'"));
			assertThat(this.server.address()).isNull();
			await().until(() -> before.containsAll(eventLoops()));
		}
		this.server.start();
		try (SpopTestClient client = hello()) {
			client.ask("message");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void transportIsChosen(boolean preferNative, CapturedOutput output) throws Exception {
		this.factory.setPreferNative(preferNative);
		start(SpoeExchange::complete);
		try (SpopTestClient client = hello()) {
			assertThat(client.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
			boolean nio = !(preferNative && LoopResources.hasNativeSupport());
			assertThat(this.channels.take() instanceof NioSocketChannel).isEqualTo(nio);
			assertThat(output.toString().contains("(nio)")).isEqualTo(nio);
		}
	}

	@Test
	void customizersAreAppliedInTheirOrder() {
		List<Object> backlogs = new ArrayList<>();
		SpoeServerCustomizer first = (server) -> {
			backlogs.add(server.configuration().options().get(ChannelOption.SO_BACKLOG));
			return server.option(ChannelOption.SO_BACKLOG, 1);
		};
		SpoeServerCustomizer second = (server) -> {
			backlogs.add(server.configuration().options().get(ChannelOption.SO_BACKLOG));
			return server;
		};
		this.factory.setCustomizers(List.of(first, second));
		this.factory.createServer(SpoeExchange::complete);
		assertThat(backlogs).containsExactly(1024, 1);
	}

	@Test
	void connectionsAreServedByNonDaemonThreadsThatEndWithTheServer() throws Exception {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		start((exchange) -> {
			threads.add(Thread.currentThread());
			exchange.complete();
		});
		for (int i = 0; i < 5; i++) {
			try (SpopTestClient client = hello()) {
				client.ask("message");
			}
		}
		assertThat(threads).hasSize(2).allSatisfy((thread) -> {
			assertThat(thread.getName()).startsWith("spoe-");
			assertThat(thread.isDaemon()).isFalse();
		});
		stop();
		await().until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void agentHelloArrivesInOneRead(boolean preferNative) throws Exception {
		this.factory.setPreferNative(preferNative);
		start(SpoeExchange::complete);
		try (SpopTestClient client = SpopTestClient.connect(port())) {
			client.send(new HaproxyHello("2.0", 16380, Set.of("pipelining"), null, false)::write);
			assertThat(client.getSocket().getInputStream().read(new byte[100])).isEqualTo(82);
		}
	}

	@Test
	void connectionsAreServedSideBySide() throws Exception {
		start(SpoeExchange::complete);
		List<SpopTestClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 50; i++) {
				clients.add(SpopTestClient.connect(port()));
			}
			for (SpopTestClient client : clients) {
				client.send(new HaproxyHello("2.0", 16380, Set.of(), null, false)::write);
			}
			for (SpopTestClient client : clients) {
				client.readAgentHello();
				client.notify(clients.indexOf(client), 1, "message");
			}
			for (SpopTestClient client : clients) {
				assertThat(client.readAck().streamId()).isEqualTo(clients.indexOf(client));
			}
		}
		finally {
			for (SpopTestClient client : clients) {
				client.close();
			}
		}
	}

	@Test
	void notifysInFlightAreAnsweredInAnyOrder() throws Exception {
		start(this::detach);
		List<Long> streams = LongStream.range(0, 20).boxed().toList();
		try (SpopTestClient client = hello()) {
			client.send((out) -> streams.forEach((stream) -> new Notify(stream, 1, List.of()).write(out)));
			List<SpoeExchange> exchanges = new ArrayList<>();
			for (int i = 0; i < streams.size(); i++) {
				exchanges.add(this.detached.take());
			}
			Collections.shuffle(exchanges);
			exchanges.parallelStream().forEach(SpoeExchange::complete);
			List<Long> answered = new ArrayList<>();
			for (int i = 0; i < streams.size(); i++) {
				answered.add(client.readAck().streamId());
			}
			assertThat(answered).containsExactlyInAnyOrderElementsOf(streams);
		}
	}

	@Test
	void lateAnswerComesAfterOthers() throws Exception {
		start((exchange) -> {
			if (exchange.getContext().streamId() == 1) {
				detach(exchange);
			}
			else {
				exchange.complete();
			}
		});
		try (SpopTestClient client = hello()) {
			client.notify(1, 1, "slow");
			client.notify(3, 1, "fast");
			assertThat(client.readAck().streamId()).isEqualTo(3);
			this.detached.take().complete();
			assertThat(client.readAck().streamId()).isEqualTo(1);
		}
	}

	@Test
	void stopSaysGoodbyeToIdleConnections() throws Exception {
		start(SpoeExchange::complete);
		try (SpopTestClient client = hello(); SpopTestClient silent = SpopTestClient.connect(port())) {
			awaitConnections(2);
			CompletableFuture<Void> stopped = this.server.stop().toCompletableFuture();
			for (SpopTestClient each : List.of(client, silent)) {
				assertThat(each.readDisconnect()).isEqualTo(new Disconnect(StatusCode.NORMAL));
				assertThat(each.isClosedByPeer()).isTrue();
				each.close();
			}
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
		}
	}

	@Test
	void stopEndsConnectionsThatThePeerLeavesOpen() throws Exception {
		start(SpoeExchange::complete);
		try (SpopTestClient client = hello()) {
			stop();
			assertThat(client.readDisconnect()).isEqualTo(new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void stopWaitsForWhatIsInFlight() throws Exception {
		start(this::detach);
		int port = port();
		CompletableFuture<Void> stopped;
		try (SpopTestClient client = hello()) {
			client.notify(1, 1, "message");
			SpoeExchange exchange = this.detached.take();
			stopped = this.server.stop().toCompletableFuture();
			await().untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> SpopTestClient.connect(port).close()));
			client.notify(3, 1, "message");
			this.detached.take().complete();
			assertThat(client.readAck()).isEqualTo(new Ack(3, 1, List.of()));
			assertThat(stopped).isNotDone();
			exchange.complete();
			assertThat(client.readAck()).isEqualTo(new Ack(1, 1, List.of()));
			assertThat(client.readDisconnect()).isEqualTo(new Disconnect(StatusCode.NORMAL));
			assertThat(client.isClosedByPeer()).isTrue();
		}
		assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 100 })
	void stopEndsWithTheGracePeriod(long gracePeriod, CapturedOutput output) throws Exception {
		this.factory.setShutdownGracePeriod(Duration.ofMillis(gracePeriod));
		start(this::detach);
		try (SpopTestClient client = hello()) {
			client.notify(1, 1, "message");
			SpoeExchange exchange = this.detached.take();
			stop();
			assertThat(client.readDisconnect()).isEqualTo(new Disconnect(StatusCode.NORMAL));
			assertThat(client.isClosedByPeer()).isTrue();
			String warning = "closes connections that were not done within the grace period of " + gracePeriod
					+ " ms: 1";
			assertThat(output.toString().contains(warning)).isEqualTo(gracePeriod > 0);
			exchange.complete();
		}
	}

	@Test
	void stopEndsAConnectionThatIsNeverIdle() throws Exception {
		this.factory.setShutdownGracePeriod(Duration.ofSeconds(20));
		start((exchange) -> CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
			.execute(exchange.detach()::complete));
		try (SpopTestClient client = hello()) {
			for (int i = 0; i < 4; i++) {
				client.notify(i, 1, "message");
			}
			CompletableFuture<Void> stopped = this.server.stop().toCompletableFuture();
			while (client.readHeader().type() == FrameType.ACK) {
				client.notify(1, 1, "message");
			}
			assertThat(Disconnect.read(client.payload())).isEqualTo(new Disconnect(StatusCode.NORMAL));
			client.getSocket().close();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
		}
	}

	@Test
	void stopWithNothingConnectedWarnsOfNothing(CapturedOutput output) throws Exception {
		this.factory.setShutdownGracePeriod(Duration.ZERO);
		start(SpoeExchange::complete);
		stop();
		assertThat(output).contains("SPOE server stopped").doesNotContain("WARN", "ERROR");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void stopSendsWhatThePeerHasNotReadYet(boolean preferNative) throws Exception {
		this.factory.setPreferNative(preferNative);
		AtomicInteger dispatched = new AtomicInteger();
		startWithLargeAnswers(dispatched);
		CompletableFuture<Void> sender;
		try (SpopTestClient client = hello()) {
			sender = sendWithoutReading(client, 10_000);
			Channel channel = this.channels.take();
			await().until(() -> !channel.isWritable());
			this.server.stop();
			int acks = 0;
			FrameType type = readType(client);
			while (type == FrameType.ACK) {
				acks++;
				type = readType(client);
			}
			assertThat(type).isEqualTo(FrameType.AGENT_DISCONNECT);
			assertThat(acks).isPositive().isEqualTo(dispatched.get());
		}
		assertThat(sender.handle((none, ex) -> true)).succeedsWithin(Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void peerThatDoesNotReadIsNotRead(boolean preferNative) throws Exception {
		this.factory.setPreferNative(preferNative);
		int notifys = 10_000;
		AtomicInteger dispatched = new AtomicInteger();
		startWithLargeAnswers(dispatched);
		try (SpopTestClient client = hello()) {
			CompletableFuture<Void> sender = sendWithoutReading(client, notifys);
			Channel channel = this.channels.take();
			await().until(() -> !channel.isWritable());
			AtomicInteger last = new AtomicInteger(-1);
			await().pollInterval(Duration.ofMillis(200)).until(() -> last.getAndSet(dispatched.get()) == last.get());
			assertThat(dispatched).hasValueLessThan(notifys);
			for (int i = 0; i < notifys; i++) {
				assertThat(client.readAck().streamId()).isEqualTo(i);
			}
			assertThat(sender).succeedsWithin(Duration.ofSeconds(5));
		}
	}

	@Test
	void resetInFlightConcernsNobodyElse(CapturedOutput output) throws Exception {
		start(this::detach);
		String started = output.toString();
		try (SpopTestClient client = hello()) {
			Channel other = this.channels.take();
			SpopTestClient reset = hello();
			Channel channel = this.channels.take();
			reset.notify(1, 1, "message");
			SpoeExchange exchange = this.detached.take();
			reset.getSocket().setSoLinger(true, 0);
			reset.close();
			assertThat(channel.closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
			exchange.complete();
			client.notify(3, 1, "message");
			this.detached.take().complete();
			assertThat(client.readAck()).isEqualTo(new Ack(3, 1, List.of()));
			assertThat(other.isOpen()).isTrue();
		}
		assertThatNothingIsLogged(output, started);
	}

	@Test
	void httpRequestIsRefused(CapturedOutput output) throws Exception {
		start(SpoeExchange::complete);
		try (SpopTestClient client = hello(); SpopTestClient browser = SpopTestClient.connect(port())) {
			browser.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(browser.readDisconnect()).isEqualTo(new Disconnect(StatusCode.FRAME_TOO_BIG));
			assertThat(browser.isClosedByPeer()).isTrue();
			assertThat(client.ask("message")).isEqualTo(new Ack(1, 1, List.of()));
			assertThat(output).contains("looks like HTTP and not like SPOP");
		}
	}

	@Test
	void refusedConnectionIsHalfClosedFirst() throws Exception {
		start(SpoeExchange::complete);
		try (SpopTestClient client = SpopTestClient.connect(port())) {
			Channel channel = this.channels.take();
			CompletableFuture<Object> event = firstEvent(channel);
			client.send(new byte[] { 0, 0, 0, 0 });
			assertThat(client.readDisconnect()).isEqualTo(new Disconnect(StatusCode.INVALID_FRAME));
			assertThat(client.isClosedByPeer()).isTrue();
			assertThat(event).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(ChannelOutputShutdownEvent.INSTANCE);
			assertThat(channel.closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void checkThatOnlyConnectsIsSilent(boolean reset, CapturedOutput output) throws Exception {
		start(SpoeExchange::complete);
		String started = output.toString();
		SpopTestClient client = SpopTestClient.connect(port());
		Channel channel = this.channels.take();
		client.getSocket().setSoLinger(reset, 0);
		client.close();
		assertThat(channel.closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
		stop();
		assertThatNothingIsLogged(output, started);
	}

	private static void assertThatNothingIsLogged(CapturedOutput output, String before) {
		assertThat(output.toString().substring(before.length()).lines())
			.filteredOn((line) -> !line.contains("SPOE server stop"))
			.noneMatch((line) -> line.matches(".* (INFO|WARN|ERROR) .*"));
	}

	private void start(SpoeDispatcher dispatcher) {
		this.server = this.factory.createServer(dispatcher);
		this.server.start();
	}

	private void startWithLargeAnswers(AtomicInteger dispatched) {
		this.factory.setCustomizers(
				List.of(this::collectChannels, (server) -> server.childOption(ChannelOption.SO_SNDBUF, SMALL_BUFFER)));
		byte[] value = new byte[300];
		start((exchange) -> {
			dispatched.incrementAndGet();
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "value", value);
			exchange.complete();
		});
	}

	private void stop() throws Exception {
		this.server.stop().toCompletableFuture().get(5, TimeUnit.SECONDS);
	}

	private int port() {
		return ((InetSocketAddress) this.server.address()).getPort();
	}

	private SpopTestClient hello() throws IOException {
		return SpopTestClient.hello(port());
	}

	private static CompletableFuture<Object> firstEvent(Channel channel) throws Exception {
		CompletableFuture<Object> first = new CompletableFuture<>();
		ChannelHandler handler = new ChannelInboundHandlerAdapter() {

			@Override
			public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
				first.complete(event);
				super.userEventTriggered(context, event);
			}

		};
		channel.eventLoop().submit(() -> channel.pipeline().addFirst(handler)).sync();
		return first;
	}

	private static Set<Thread> eventLoops() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("spoe-"))
			.collect(Collectors.toSet());
	}

	private TcpServer collectChannels(TcpServer server) {
		return server.doOnConnection((connection) -> this.channels.add(connection.channel()));
	}

	private void awaitConnections(int count) {
		await().until(() -> this.channels.size() == count);
	}

	private void detach(SpoeExchange exchange) {
		this.detached.add(exchange.detach());
	}

	private static CompletableFuture<Void> sendWithoutReading(SpopTestClient client, int notifys) throws IOException {
		client.getSocket().setReceiveBufferSize(SMALL_BUFFER);
		Notify.Message message = SpopTestClient.message("message", "large", TypedData.of(new byte[300]));
		return CompletableFuture.runAsync(() -> {
			try {
				for (int stream = 0; stream < notifys; stream++) {
					client.send(new Notify(stream, 1, List.of(message))::write);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private static FrameType readType(SpopTestClient client) throws IOException {
		return client.readHeader().type();
	}

}
