/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.server.netty.Conversation.Kind;
import io.github.spoe.server.netty.Conversation.Step;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The agent holds each {@link Conversation} of {@code conformance.txt}, and each that was
 * captured, however the bytes come.
 */
@Timeout(20)
class SpopConformanceTests {

	private static final int MAX_FRAME_SIZE = 128 * 1024;

	private static final SpoeServerLimits LIMITS = new SpoeServerLimits(100, 100, 100, 32 * 1024, 64 * 1024);

	private static final int MOST_CUTS = 500;

	private static final int MOST_ALLOCATED = 64 * 1024;

	private static final int TIMEOUT_MILLIS = 5000;

	private static final HexFormat HEX = HexFormat.of();

	private static final EchoDispatcher dispatcher = new EchoDispatcher();

	private static final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

	private static SpoeServer server;

	static List<Conversation> conversations() {
		return ConversationNotation.read();
	}

	static Stream<Conversation> conversationsOfBytes() {
		return conversations().stream().filter(Conversation::hasOnlyBytes);
	}

	static Stream<Conversation> capturesOfBytes() throws IOException {
		return captures().stream().filter(Conversation::hasOnlyBytes);
	}

	static List<Conversation> captures() throws IOException {
		return CapturedConversations.read();
	}

	@BeforeAll
	static void startServer() {
		NettySpoeServerFactory factory = new NettySpoeServerFactory();
		factory.setPort(0);
		factory.setAddress(InetAddress.getLoopbackAddress());
		factory.setMaxFrameSize(MAX_FRAME_SIZE);
		factory.setLimits(LIMITS);
		factory
			.setCustomizers(List.of((tcp) -> tcp.doOnConnection((connection) -> channels.add(connection.channel()))));
		server = factory.createServer(dispatcher);
		server.start();
	}

	@AfterEach
	void awaitEndOfConnections() throws InterruptedException {
		dispatcher.release();
		for (Channel channel = channels.poll(); channel != null; channel = channels.poll()) {
			assertThat(channel.closeFuture().await(TIMEOUT_MILLIS)).as("the agent closes its side too").isTrue();
		}
	}

	@AfterAll
	static void stopServer() throws Exception {
		server.stop().toCompletableFuture().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 6, MAX_FRAME_SIZE, MAX_FRAME_SIZE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1 })
	void lengthAllocatesNothing(int length) {
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.length(length));
		try (EmbeddedConnection first = connect(); EmbeddedConnection second = connect()) {
			first.receive(bytes);
			assertThat(Wire.allocatedBytes(() -> second.receive(bytes))).isLessThan(MOST_ALLOCATED);
		}
	}

	@Test
	void framesAreNotHeldBackAndLostPeersAreFound() throws Exception {
		InetSocketAddress address = (InetSocketAddress) server.address();
		try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
			await().until(() -> channels.stream()
				.anyMatch((channel) -> socket.getLocalSocketAddress().equals(channel.remoteAddress())));
			ChannelConfig config = channels.element().config();
			assertThat(config.getOption(ChannelOption.TCP_NODELAY)).isTrue();
			assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "conversations", "captures" })
	void overASocket(Conversation conversation) throws IOException {
		hold(conversation, OutputStream::write);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "conversations", "captures" })
	void overASocketByteByByte(Conversation conversation) throws IOException {
		hold(conversation, (out, bytes) -> {
			for (byte next : bytes) {
				out.write(next);
			}
		});
	}

	private static void hold(Conversation conversation, Sender sender) throws IOException {
		InetSocketAddress address = (InetSocketAddress) server.address();
		try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(TIMEOUT_MILLIS);
			for (Step step : conversation.steps()) {
				switch (step.kind()) {
					case SEND -> sender.send(socket.getOutputStream(), step.bytes());
					case FINISH -> socket.shutdownOutput();
					// With what comes last, the end of this block.
					case RESET -> socket.setSoLinger(true, 0);
					case RECEIVE -> assertReceived(conversation, read(socket, step.bytes().length), step.bytes());
					case END -> assertThat(socket.getInputStream().read()).as(conversation.name()).isEqualTo(-1);
				}
			}
		}
	}

	private static byte[] read(Socket socket, int size) throws IOException {
		InputStream in = socket.getInputStream();
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		try {
			for (int next = in.read(); next != -1; next = (read.size() < size) ? in.read() : -1) {
				read.write(next);
			}
		}
		catch (SocketTimeoutException ex) {
			// What is missing is shown.
		}
		return read.toByteArray();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "conversationsOfBytes", "capturesOfBytes" })
	void inOneReadForEachByte(Conversation conversation) {
		hold(conversation, 1, Integer.MAX_VALUE);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("conversationsOfBytes")
	void inTwoReadsCutAtEachByte(Conversation conversation) {
		int size = conversation.longestSend();
		for (int cut = 1; cut < size; cut += 1 + size / MOST_CUTS) {
			hold(conversation, cut, 1);
		}
	}

	/**
	 * Hold a conversation without a network.
	 * @param piece the size of a read
	 * @param pieces the greatest number of such reads, before one with what is left
	 */
	private static void hold(Conversation conversation, int piece, int pieces) {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try (EmbeddedConnection connection = connect()) {
			for (Step step : conversation.steps()) {
				if (step.kind() == Kind.SEND) {
					receive(connection, step.bytes(), piece, pieces);
					connection.channel().outboundMessages().forEach(SpopConformanceTests::assertWholeFrames);
					received.writeBytes(connection.sentBytes());
				}
				else if (step.kind() == Kind.RECEIVE) {
					byte[] bytes = received.toByteArray();
					int size = Math.min(step.bytes().length, bytes.length);
					assertReceived(conversation, Arrays.copyOf(bytes, size), step.bytes());
					received.reset();
					received.write(bytes, size, bytes.length - size);
				}
				else {
					connection.advanceTime(1000);
					assertThat(received.toByteArray()).isEmpty();
					assertThat(connection.sentBuffers()).isZero();
					assertThat(connection.isOpen()).isFalse();
				}
			}
			dispatcher.release();
		}
	}

	// Without a log, which would be long.
	private static EmbeddedConnection connect() {
		ConnectionSettings settings = new ConnectionSettings(dispatcher, SpoeMetrics.NONE, MAX_FRAME_SIZE, true, LIMITS,
				SpoeServerTimeouts.DEFAULT);
		return new EmbeddedConnection(settings.quiet(dispatcher));
	}

	private static void receive(EmbeddedConnection connection, byte[] bytes, int piece, int pieces) {
		int position = 0;
		for (int i = 0; i < pieces && position < bytes.length; i++) {
			int end = Math.min(position + piece, bytes.length);
			connection.receive(Arrays.copyOfRange(bytes, position, end));
			position = end;
		}
		if (position < bytes.length) {
			connection.receive(Arrays.copyOfRange(bytes, position, bytes.length));
		}
	}

	private static void assertWholeFrames(Object written) {
		ByteBuf frames = ((ByteBuf) written).duplicate();
		while (frames.isReadable()) {
			assertThat(frames.readInt()).isLessThanOrEqualTo(frames.readableBytes());
			frames.skipBytes(frames.getInt(frames.readerIndex() - Integer.BYTES));
		}
	}

	private static void assertReceived(Conversation conversation, byte[] received, byte[] expected) {
		assertThat(HEX.formatHex(received)).as(conversation.name()).isEqualTo(HEX.formatHex(expected));
	}

	private interface Sender {

		void send(OutputStream out, byte[] bytes) throws IOException;

	}

}
