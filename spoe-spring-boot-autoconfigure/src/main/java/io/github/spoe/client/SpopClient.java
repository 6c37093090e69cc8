/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Capabilities;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;

/**
 * Plays HAProxy towards an agent, over a blocking TCP socket. One thread may send while
 * another receives; any may {@link #close() close}.
 *
 * @since 0.1.0
 */
public final class SpopClient implements AutoCloseable {

	/**
	 * The {@code max-frame-size} that HAProxy offers by default: 16380 bytes, 4 less than
	 * its buffers take ({@code tune.bufsize}).
	 */
	public static final int MAX_FRAME_SIZE = 16380;

	private static final int BUFFER_SIZE = 64 * 1024;

	private static final int MAX_OFFER = 16 * 1024 * 1024;

	private final Socket socket;

	private final Duration timeout;

	private final ByteBuf out = Unpooled.buffer(BUFFER_SIZE);

	private AgentFrames in;

	private SpopClient(Socket socket, Duration timeout) {
		this.socket = socket;
		this.timeout = timeout;
		this.in = new AgentFrames(new FrameInput(socket, MAX_FRAME_SIZE));
	}

	/**
	 * Connect to an agent, and say nothing.
	 * @param address the address of the agent
	 * @param timeout the longest time to wait for the connection, for the answer to a
	 * HELLO, and for an ACK that is {@link #readAck() read}; at least 1 ms
	 * @return the client
	 * @throws java.net.ConnectException if the connection is refused
	 * @throws java.net.SocketTimeoutException if there is no connection in time
	 * @throws IOException if the connection fails otherwise
	 */
	public static SpopClient connect(InetSocketAddress address, Duration timeout) throws IOException {
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.connect(address, millis(timeout));
			return new SpopClient(socket, timeout);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Say HAPROXY-HELLO as HAProxy 3.1 and later do: version 2.0, pipelining, frames of
	 * up to {@link #MAX_FRAME_SIZE} bytes.
	 * @return the answer of the agent
	 * @throws SpopClientException if the agent does not answer with an AGENT-HELLO
	 * @throws IOException if the connection fails
	 */
	public AgentHello hello() throws IOException {
		return hello(new HaproxyHello("2.0", MAX_FRAME_SIZE, Set.of(Capabilities.PIPELINING),
				UUID.randomUUID().toString(), false));
	}

	/**
	 * Say HAPROXY-HELLO, the first frame of a connection (SPOE.txt section 3.2.4).
	 * @param hello what to offer; frames of 7 bytes to 16 MiB
	 * @return the answer of the agent
	 * @throws SpopClientException if the agent does not answer with an AGENT-HELLO that
	 * keeps to the offer
	 * @throws IOException if the connection fails
	 */
	public AgentHello hello(HaproxyHello hello) throws IOException {
		long offer = hello.maxFrameSize();
		if (offer < FrameReader.MIN_LENGTH || offer > MAX_OFFER) {
			throw new IllegalArgumentException("maxFrameSize: " + Long.toUnsignedString(offer) + " (expected: "
					+ FrameReader.MIN_LENGTH + " to " + MAX_OFFER + ")");
		}
		this.in = new AgentFrames(new FrameInput(this.socket, (int) offer));
		ByteWriter out = new ByteWriter(256);
		hello.write(out);
		send(out);
		AgentHello answer = this.in.read(FrameType.AGENT_HELLO, this.timeout,
				(frame) -> AgentHello.read(frame.payload()));
		if (Long.compareUnsigned(answer.maxFrameSize(), offer) > 0) {
			throw new SpopClientException("agent asks for frames of " + Long.toUnsignedString(answer.maxFrameSize())
					+ " (offered: " + offer + ")");
		}
		return answer;
	}

	/**
	 * Send a NOTIFY.
	 * @param notify the messages and their ids
	 * @throws SpopClientException if the connection has ended
	 * @throws IOException if the connection fails
	 */
	public void send(Notify notify) throws IOException {
		ByteWriter out = new ByteWriter(256);
		notify.write(out);
		send(out);
	}

	/**
	 * Send frames, all in one write. Waits, without a limit, while the agent does not
	 * read; {@link #close()} ends that.
	 * @param frames the frames, whole
	 * @throws SpopClientException if the connection has ended
	 * @throws IOException if the connection fails
	 */
	public void send(ByteWriter frames) throws IOException {
		this.out.clear();
		frames.copyTo(this.out);
		try {
			this.socket.getOutputStream().write(this.out.array(), this.out.arrayOffset(), this.out.readableBytes());
		}
		catch (SocketException ex) {
			throw new SpopClientException("cannot send to the agent: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Read an ACK, waiting for it up to the timeout of the connection.
	 * @return the ACK
	 * @throws SpopClientException if something else came, or nothing in time
	 * @throws IOException if the connection fails
	 */
	public Ack readAck() throws IOException {
		return this.in.read(FrameType.ACK, this.timeout, (frame) -> Ack.read(frame.frame().header(), frame.payload()));
	}

	/**
	 * Read all ACKs that have come, with a single read of the socket, waiting only if
	 * there is none. Allocates nothing itself.
	 * @param handler what takes the ACKs, on the calling thread
	 * @param timeout the longest time to wait, from 1 ms on
	 * @return the number of ACKs; 0 if the time has passed or only a part of a frame came
	 * @throws SpopClientException if something else came, or the connection has ended
	 * @throws IOException if the connection fails
	 */
	public int receive(AckHandler handler, Duration timeout) throws IOException {
		return this.in.readAcks(handler, timeout);
	}

	Socket socket() {
		return this.socket;
	}

	FrameInput input() {
		return this.in.input();
	}

	// No limit at all is what 0 means to a socket.
	static int millis(Duration timeout) {
		return (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
	}

	/**
	 * Close the connection, without a HAPROXY-DISCONNECT. Ends whatever waits for it with
	 * an exception.
	 */
	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
