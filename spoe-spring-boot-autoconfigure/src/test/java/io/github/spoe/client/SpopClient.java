/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

/**
 * Plays HAProxy towards an agent, over a blocking socket. Every read ends after five
 * seconds.
 */
public final class SpopClient implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 5000;

	private final Socket socket;

	private final DataInputStream in;

	private SpopClient(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new DataInputStream(socket.getInputStream());
	}

	/**
	 * Connect to an agent on the loopback interface, and say nothing.
	 */
	public static SpopClient connect(int port) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(TIMEOUT_MILLIS);
		return new SpopClient(socket);
	}

	/**
	 * Connect to an agent on the loopback interface, and agree on pipelining and frames
	 * of 16380 bytes.
	 */
	public static SpopClient hello(int port) throws IOException {
		SpopClient client = connect(port);
		client.send(new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false)::write);
		client.readAgentHello();
		return client;
	}

	/**
	 * Send what is written to a buffer, in one write.
	 */
	public void send(Consumer<ByteBuf> writer) throws IOException {
		ByteBuf out = Unpooled.buffer();
		writer.accept(out);
		send(ByteBufUtil.getBytes(out));
	}

	public void send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	/**
	 * Send a NOTIFY of one message.
	 * @param arguments pairs of a name and a {@link TypedData}
	 */
	public void notify(long streamId, long frameId, String message, Object... arguments) throws IOException {
		send(new Notify(streamId, frameId, List.of(message(message, arguments)))::write);
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
		ByteBuf frame = readFrame();
		expect(FrameType.AGENT_HELLO, frame);
		return AgentHello.read(frame);
	}

	public Ack readAck() throws IOException {
		ByteBuf frame = readFrame();
		return Ack.read(expect(FrameType.ACK, frame), frame);
	}

	public Disconnect readDisconnect() throws IOException {
		ByteBuf frame = readFrame();
		expect(FrameType.AGENT_DISCONNECT, frame);
		return Disconnect.read(frame);
	}

	/**
	 * Read a frame, without its length.
	 */
	public ByteBuf readFrame() throws IOException {
		byte[] frame = new byte[this.in.readInt()];
		this.in.readFully(frame);
		return Unpooled.wrappedBuffer(frame);
	}

	private static FrameHeader expect(FrameType type, ByteBuf frame) {
		FrameHeader header = FrameHeader.read(frame);
		if (header.type() != type) {
			throw new AssertionError("Frame is " + header + " (expected: " + type + ")");
		}
		return header;
	}

	/**
	 * Return whether the agent closes the connection without a further byte.
	 */
	public boolean isClosedByPeer() throws IOException {
		try {
			return this.in.read() == -1;
		}
		catch (EOFException ex) {
			return true;
		}
	}

	public Socket getSocket() {
		return this.socket;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
