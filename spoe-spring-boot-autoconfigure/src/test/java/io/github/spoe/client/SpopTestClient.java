/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

/**
 * A {@link SpopClient} with what makes tests short: reads that end after five seconds,
 * bytes of any kind, and a look at frames and the socket.
 */
public final class SpopTestClient implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final SpopClient client;

	private SpopTestClient(SpopClient client) {
		this.client = client;
	}

	/**
	 * Connect to an agent on the loopback interface, and say nothing.
	 */
	public static SpopTestClient connect(int port) throws IOException {
		return new SpopTestClient(
				SpopClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT));
	}

	/**
	 * Connect to an agent on the loopback interface, and agree on pipelining and frames
	 * of 16380 bytes.
	 */
	public static SpopTestClient hello(int port) throws IOException {
		SpopTestClient client = connect(port);
		client.client.hello(new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false));
		return client;
	}

	/**
	 * Send what is written, in one write.
	 */
	public void send(Consumer<ByteWriter> source) throws IOException {
		ByteWriter out = new ByteWriter(256);
		source.accept(out);
		send(out.toByteArray(0));
	}

	public void send(byte[] bytes) throws IOException {
		getSocket().getOutputStream().write(bytes);
	}

	/**
	 * Send a NOTIFY of one message.
	 * @param arguments pairs of a name and a {@link TypedData}
	 */
	public void notify(long streamId, long frameId, String message, Object... arguments) throws IOException {
		this.client.send(new Notify(streamId, frameId, List.of(message(message, arguments))));
	}

	/**
	 * Return a message.
	 * @param arguments pairs of a name and a {@link TypedData}
	 */
	public static Notify.Message message(String name, Object... arguments) {
		Notify.Argument[] result = new Notify.Argument[arguments.length / 2];
		for (int i = 0; i < result.length; i++) {
			result[i] = new Notify.Argument((String) arguments[2 * i], (TypedData) arguments[2 * i + 1]);
		}
		return new Notify.Message(name, Arrays.asList(result));
	}

	/**
	 * Send a NOTIFY of one message and return its ACK.
	 * @param arguments pairs of a name and a {@link TypedData}
	 */
	public Ack ask(String message, Object... arguments) throws IOException {
		notify(1, 1, message, arguments);
		return readAck();
	}

	public AgentHello readAgentHello() throws IOException {
		expect(FrameType.AGENT_HELLO);
		return AgentHello.read(payload());
	}

	public Ack readAck() throws IOException {
		return this.client.readAck();
	}

	public Disconnect readDisconnect() throws IOException {
		expect(FrameType.AGENT_DISCONNECT);
		return Disconnect.read(payload());
	}

	private void expect(FrameType type) throws IOException {
		FrameHeader header = readHeader();
		if (header.type() != type) {
			throw new AssertionError("Frame is " + header + " (expected: " + type + ")");
		}
	}

	/**
	 * Read a frame.
	 * @return its header
	 */
	public FrameHeader readHeader() throws IOException {
		while (!this.client.input().next()) {
			if (!this.client.input().receive(TIMEOUT)) {
				throw new AssertionError("Nothing came within " + TIMEOUT);
			}
		}
		return this.client.input().frame().header();
	}

	/**
	 * Return the payload of the frame that was read last.
	 */
	public ByteBuf payload() {
		return this.client.input().payload();
	}

	/**
	 * Return whether the agent closes the connection without a further byte.
	 */
	public boolean isClosedByPeer() throws IOException {
		getSocket().setSoTimeout((int) TIMEOUT.toMillis());
		return !this.client.input().next() && getSocket().getInputStream().read() == -1;
	}

	public Socket getSocket() {
		return this.client.socket();
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

}
