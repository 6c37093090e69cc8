/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what {@link NettySpoeServer} does, over sockets, to peers that are slow or
 * rude.
 */
@Timeout(20)
class NettySpoeServerFaultTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofMinutes(1);

	private final NettySpoeServerFactory factory = new NettySpoeServerFactory();

	private final AtomicInteger connections = new AtomicInteger();

	private LogRecorder log;

	private SpoeServer server;

	NettySpoeServerFaultTests() {
		this.factory.setPort(0);
		this.factory.setAddress(InetAddress.getLoopbackAddress());
		this.factory.setShutdownGracePeriod(Duration.ZERO);
		this.factory.setWorkerThreads(1);
	}

	@AfterEach
	void stop() throws Exception {
		this.log.close();
		this.server.stop().toCompletableFuture().get(5, TimeUnit.SECONDS);
	}

	@Test
	void peerThatSaysNothingIsToldSo() throws Exception {
		start(SpoeExchange::complete, new SpoeServerTimeouts(SHORT, LONG, LONG, LONG));
		try (SpopTestClient client = SpopTestClient.connect(port()); SpopTestClient other = hello()) {
			assertTimedOut(client);
			assertThat(other.ask("message").actions()).isEmpty();
		}
		assertThat(this.log.everything()).isEmpty();
	}

	@Test
	void peerThatLeavesAFrameUnfinishedIsToldSo() throws Exception {
		start(SpoeExchange::complete, new SpoeServerTimeouts(LONG, SHORT, LONG, LONG));
		try (SpopTestClient client = hello()) {
			client.send(new byte[] { 0, 0, 0, 7, 3 });
			assertTimedOut(client);
		}
		assertThat(this.log.everything()).isEmpty();
	}

	@Test
	void idlePeerIsToldSo() throws Exception {
		start(SpoeExchange::complete, new SpoeServerTimeouts(LONG, LONG, LONG, SHORT));
		try (SpopTestClient client = hello()) {
			assertThat(client.ask("message").actions()).isEmpty();
			assertTimedOut(client);
		}
		assertThat(this.log.everything()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void peerThatReadsNothingIsReset(boolean preferNative) throws Exception {
		this.factory.setPreferNative(preferNative);
		byte[] value = new byte[10_000];
		start((exchange) -> {
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "value", value);
			exchange.complete();
		}, new SpoeServerTimeouts(LONG, LONG, SHORT, Duration.ZERO));
		try (SpopTestClient client = hello()) {
			client.getSocket().setReceiveBufferSize(4096);
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendUntilReset(client));
			assertThat(sender).succeedsWithin(Duration.ofSeconds(10));
			await().untilAsserted(() -> assertThat(this.connections).hasValue(0));
			assertThat(this.log.warning().getFormattedMessage())
				.endsWith(" is reset: nothing that was written to it was read for 200 ms");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "hello", "half", "notify", "unread" })
	void peerThatGoesAwayIsNoNews(String when) throws Exception {
		start(this::answerLate, SpoeServerTimeouts.DEFAULT);
		for (boolean reset : new boolean[] { false, true }) {
			SpopTestClient client = SpopTestClient.connect(port());
			await().untilAsserted(() -> assertThat(this.connections).hasValue(1));
			if (!when.equals("connect")) {
				client.send(new HaproxyHello("2.0", 16380, Set.of("pipelining"), null, false)::write);
				client.readAgentHello();
			}
			switch (when) {
				case "half" -> client.send(new byte[] { 0, 0, 0, 7, 3 });
				case "notify" -> client.notify(1, 1, "message");
				case "unread" -> send(client, 100);
			}
			client.getSocket().setSoLinger(reset, 0);
			client.close();
			await().untilAsserted(() -> assertThat(this.connections).hasValue(0));
		}
		assertThat(this.log.everything()).isEmpty();
	}

	@Test
	void browserIsOneLine() throws Exception {
		start(SpoeExchange::complete, SpoeServerTimeouts.DEFAULT);
		try (SpopTestClient browser = SpopTestClient.connect(port())) {
			browser.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(browser.readDisconnect()).isEqualTo(new Disconnect(StatusCode.FRAME_TOO_BIG));
		}
		await().untilAsserted(() -> assertThat(this.connections).hasValue(0));
		assertThat(this.log.warning().getFormattedMessage()).contains("looks like HTTP");
	}

	private void answerLate(SpoeExchange exchange) {
		SpoeExchange detached = exchange.detach();
		CompletableFuture.runAsync(detached::complete, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
	}

	private void start(SpoeDispatcher dispatcher, SpoeServerTimeouts timeouts) {
		this.factory.setTimeouts(timeouts);
		this.factory.setCustomizers(
				List.of((server) -> server.childOption(ChannelOption.SO_SNDBUF, 4096).doOnConnection((connection) -> {
					this.connections.incrementAndGet();
					connection.channel().closeFuture().addListener((closed) -> this.connections.decrementAndGet());
				})));
		this.server = this.factory.createServer(dispatcher);
		this.server.start();
		this.log = LogRecorder.open("ROOT", Level.INFO);
	}

	private static void assertTimedOut(SpopTestClient client) throws IOException {
		assertThat(client.readDisconnect()).isEqualTo(new Disconnect(StatusCode.TIMEOUT));
		assertThat(client.isClosedByPeer()).isTrue();
	}

	private static void sendUntilReset(SpopTestClient client) {
		assertThatIOException().isThrownBy(() -> {
			for (long stream = 0; true; stream++) {
				client.send(new Notify(stream, 1, List.of())::write);
			}
		});
	}

	private static void send(SpopTestClient client, int notifys) {
		try {
			for (long stream = 0; stream < notifys; stream++) {
				client.send(new Notify(stream, 1, List.of())::write);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int port() {
		return ((InetSocketAddress) this.server.address()).getPort();
	}

	private SpopTestClient hello() throws IOException {
		return SpopTestClient.hello(port());
	}

}
