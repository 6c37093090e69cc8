/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBuf;

/**
 * HAPROXY-DISCONNECT or AGENT-DISCONNECT: the last frame of a connection (SPOE.txt
 * sections 3.2.8 and 3.2.9). An item that is absent counts as normal.
 *
 * @param statusCode the code of the {@link StatusCode status}, unsigned
 * @param message the text
 * @since 0.1.0
 */
public record Disconnect(long statusCode, String message) {

	private static final String STATUS_CODE = "status-code";

	private static final String MESSAGE = "message";

	/**
	 * Create a disconnect with the usual text of a status.
	 * @param status the status
	 */
	public Disconnect(StatusCode status) {
		this(status.code(), status.text());
	}

	/**
	 * Read a DISCONNECT.
	 * @param header the header of the frame
	 * @param payload the frame behind its header
	 * @return the disconnect
	 * @throws SpopException if the frame is malformed
	 */
	public static Disconnect read(FrameHeader header, ByteBuf payload) {
		header.checkConnectionFrame();
		return read(payload);
	}

	/**
	 * Read the payload of a DISCONNECT.
	 * @param payload the frame behind its header
	 * @return the disconnect
	 * @throws SpopException if the payload is malformed
	 */
	public static Disconnect read(ByteBuf payload) {
		KeyValueList items = KeyValueList.read(payload);
		Long code = items.integer(STATUS_CODE);
		String message = items.string(MESSAGE);
		return new Disconnect((code != null) ? code : StatusCode.NORMAL.code(),
				(message != null) ? message : StatusCode.NORMAL.text());
	}

	/**
	 * Write this disconnect as a frame.
	 * @param out what to write to
	 * @param type {@link FrameType#AGENT_DISCONNECT} or
	 * {@link FrameType#HAPROXY_DISCONNECT}
	 */
	public void write(ByteWriter out, FrameType type) {
		int start = FrameEncoder.begin(out, type, 0, 0);
		KeyValueList.writeUnsignedInt(out, STATUS_CODE, this.statusCode);
		KeyValueList.writeString(out, MESSAGE, this.message);
		FrameEncoder.end(out, start);
	}

}
