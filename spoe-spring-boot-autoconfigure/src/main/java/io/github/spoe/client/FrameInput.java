/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.Varint;

/**
 * The frames that come out of a socket (SPOE.txt section 3.2). Allocates nothing for a
 * frame.
 */
final class FrameInput {

	private static final int BUFFER_SIZE = 64 * 1024;

	// Where the ids are: behind length, type and flags.
	private static final int IDS = Integer.BYTES + 1 + Integer.BYTES;

	private final Socket socket;

	private final FrameReader frames = new FrameReader();

	private final int maxLength;

	private final byte[] bytes;

	private int end;

	private final ByteBuf payload;

	/**
	 * Create a new input.
	 * @param socket the socket
	 * @param maxLength the greatest length of a frame in bytes
	 */
	FrameInput(Socket socket, int maxLength) {
		this.socket = socket;
		this.maxLength = maxLength;
		this.bytes = new byte[Math.max(BUFFER_SIZE, maxLength + Integer.BYTES)];
		this.payload = Unpooled.wrappedBuffer(this.bytes);
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
		int start = this.frames.position();
		int rest = this.end - start;
		System.arraycopy(this.bytes, start, this.bytes, 0, rest);
		this.end = rest;
		this.frames.reset(this.bytes, 0, rest);
		int count = read(SpopClient.millis(timeout));
		if (count < 0) {
			throw new SpopClientException("agent closed the connection");
		}
		this.end = rest + count;
		this.frames.reset(this.bytes, 0, this.end);
		return count > 0;
	}

	private int read(int timeout) throws IOException {
		try {
			this.socket.setSoTimeout(timeout);
			return this.socket.getInputStream().read(this.bytes, this.end, this.bytes.length - this.end);
		}
		catch (SocketTimeoutException ex) {
			return 0;
		}
		catch (SocketException ex) {
			throw new SpopClientException("connection to the agent failed: " + ex.getMessage(), ex);
		}
	}

}
