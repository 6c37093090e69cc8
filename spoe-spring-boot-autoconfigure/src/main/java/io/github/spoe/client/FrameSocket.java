/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.Varint;

/**
 * A blocking socket that sends bytes and receives frames (SPOE.txt section 3.2). One
 * thread may send while another receives.
 */
final class FrameSocket implements Closeable {

	// Length, type and flags.
	private static final int IDS = Integer.BYTES + 1 + Integer.BYTES;

	private static final int BUFFER_SIZE = 64 * 1024;

	private final Socket socket;

	private final ByteBuf out = Unpooled.buffer(BUFFER_SIZE);

	private final FrameReader frames = new FrameReader();

	private int maxLength;

	private byte[] in = {};

	private int end;

	private ByteBuf payload = Unpooled.EMPTY_BUFFER;

	private FrameSocket(Socket socket) {
		this.socket = socket;
		setMaxLength(SpopClient.MAX_FRAME_SIZE);
	}

	static FrameSocket connect(InetSocketAddress address, Duration timeout) throws IOException {
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.connect(address, millis(timeout));
			return new FrameSocket(socket);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	Socket socket() {
		return this.socket;
	}

	/**
	 * Set the greatest length of a frame. For the time before frames are received.
	 * @param maxLength the length in bytes, not counting the length itself
	 */
	void setMaxLength(int maxLength) {
		this.maxLength = maxLength;
		this.in = new byte[Math.max(BUFFER_SIZE, maxLength + Integer.BYTES)];
		this.payload = Unpooled.wrappedBuffer(this.in);
		this.frames.reset(this.in, 0, 0);
		this.end = 0;
	}

	/**
	 * Send bytes in one write.
	 * @param bytes the bytes
	 */
	void send(ByteWriter bytes) throws IOException {
		this.out.clear();
		bytes.copyTo(this.out);
		try {
			this.socket.getOutputStream().write(this.out.array(), this.out.arrayOffset(), this.out.readableBytes());
		}
		catch (SocketException ex) {
			throw new SpopClientException("cannot send to the agent: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Go to the next frame that is whole.
	 * @return {@code false} if more must be {@link #receive received} first
	 */
	boolean next() {
		int start = this.frames.position();
		if (!this.frames.next(this.maxLength)) {
			return false;
		}
		int ids = Varint.size(this.frames.streamId()) + Varint.size(this.frames.frameId());
		this.payload.setIndex(start + IDS + ids, this.frames.position());
		return true;
	}

	FrameReader frame() {
		return this.frames;
	}

	/**
	 * Return the payload of the frame.
	 * @return the payload, valid until more is received
	 */
	ByteBuf payload() {
		return this.payload;
	}

	/**
	 * Receive whatever has come, or wait for it.
	 * @param timeout the longest time to wait
	 * @return {@code false} if nothing came in time
	 */
	boolean receive(Duration timeout) throws IOException {
		int rest = this.end - this.frames.position();
		System.arraycopy(this.in, this.frames.position(), this.in, 0, rest);
		int count = read(rest, millis(timeout));
		this.end = rest + Math.max(count, 0);
		this.frames.reset(this.in, 0, this.end);
		if (count < 0) {
			throw new SpopClientException("agent closed the connection");
		}
		return count > 0;
	}

	private int read(int start, int timeout) throws IOException {
		try {
			this.socket.setSoTimeout(timeout);
			return this.socket.getInputStream().read(this.in, start, this.in.length - start);
		}
		catch (SocketTimeoutException ex) {
			return 0;
		}
		catch (SocketException ex) {
			throw new SpopClientException("connection to the agent failed: " + ex.getMessage(), ex);
		}
	}

	// No timeout at all is what 0 means to a socket.
	private static int millis(Duration timeout) {
		return (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
