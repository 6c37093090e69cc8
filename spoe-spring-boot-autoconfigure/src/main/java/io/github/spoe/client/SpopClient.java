/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Capabilities;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameDecoder;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.SpopException;

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

	private static final int MAX_OFFER = 16 * 1024 * 1024;

	private final FrameSocket socket;

	private final Duration timeout;

	SpopClient(FrameSocket socket, Duration timeout) {
		this.socket = socket;
		this.timeout = timeout;
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
		return new SpopClient(FrameSocket.connect(address, timeout), timeout);
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
		if (offer < FrameDecoder.MIN_LENGTH || offer > MAX_OFFER) {
			throw new IllegalArgumentException("maxFrameSize: " + Long.toUnsignedString(offer) + " (expected: "
					+ FrameDecoder.MIN_LENGTH + " to " + MAX_OFFER + ")");
		}
		this.socket.setMaxLength((int) offer);
		ByteWriter out = new ByteWriter(256);
		hello.write(out);
		send(out);
		AgentHello answer = read(FrameType.AGENT_HELLO, () -> AgentHello.read(this.socket.payload()));
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
		this.socket.send(frames);
	}

	/**
	 * Read an ACK, waiting for it up to the timeout of the connection.
	 * @return the ACK
	 * @throws SpopClientException if something else came, or nothing in time
	 * @throws IOException if the connection fails
	 */
	public Ack readAck() throws IOException {
		return read(FrameType.ACK, () -> Ack.read(this.socket.frame().header(), this.socket.payload()));
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
		try {
			int count = deliver(handler);
			return (count == 0 && this.socket.receive(timeout)) ? deliver(handler) : count;
		}
		catch (SpopException ex) {
			throw malformed(ex);
		}
	}

	private int deliver(AckHandler handler) throws SpopClientException {
		int count = 0;
		while (this.socket.next()) {
			FrameReader frame = expect(FrameType.ACK);
			handler.handle(frame.streamId(), frame.frameId(), this.socket.payload());
			count++;
		}
		return count;
	}

	private <T> T read(FrameType type, Supplier<T> codec) throws IOException {
		try {
			long end = System.nanoTime() + this.timeout.toNanos();
			while (!this.socket.next()) {
				Duration left = Duration.ofNanos(end - System.nanoTime());
				if (left.isNegative() || !this.socket.receive(left)) {
					throw new SpopClientException(
							"agent sent no " + type + " within " + this.timeout.toMillis() + " ms");
				}
			}
			expect(type);
			return codec.get();
		}
		catch (SpopException ex) {
			throw malformed(ex);
		}
	}

	private FrameReader expect(FrameType expected) throws SpopClientException {
		FrameReader frame = this.socket.frame();
		FrameType type = frame.type();
		if (type == FrameType.AGENT_DISCONNECT) {
			throw new SpopClientException(Disconnect.read(this.socket.payload()));
		}
		if (type != expected) {
			throw new SpopClientException("agent sent " + ((type != null) ? type : "a frame of an unknown type")
					+ " (expected: " + expected + ")");
		}
		if (!frame.isFin()) {
			throw new SpopClientException("agent sent a fragment of " + type);
		}
		return frame;
	}

	private static SpopClientException malformed(SpopException cause) {
		return new SpopClientException("agent sent a malformed frame: " + cause.getMessage(), cause);
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
