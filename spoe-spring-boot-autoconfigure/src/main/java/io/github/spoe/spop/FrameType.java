/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import org.jspecify.annotations.Nullable;

/**
 * Type of a frame (SPOE.txt section 3.2).
 *
 * @since 0.1.0
 */
public enum FrameType {

	/**
	 * Continues a fragmented NOTIFY. Sent by HAProxy up to 3.0.
	 */
	UNSET(0),

	/**
	 * First frame of a connection, from HAProxy.
	 */
	HAPROXY_HELLO(1),

	/**
	 * HAProxy ends the connection.
	 */
	HAPROXY_DISCONNECT(2),

	/**
	 * Messages for the agent.
	 */
	NOTIFY(3),

	/**
	 * First frame of the agent.
	 */
	AGENT_HELLO(101),

	/**
	 * The agent ends the connection.
	 */
	AGENT_DISCONNECT(102),

	/**
	 * Answer to a NOTIFY.
	 */
	ACK(103);

	private static final @Nullable FrameType[] BY_CODE = new @Nullable FrameType[256];

	static {
		for (FrameType type : values()) {
			BY_CODE[type.code] = type;
		}
	}

	private final int code;

	FrameType(int code) {
		this.code = code;
	}

	/**
	 * Return the byte that stands for this type on the wire.
	 * @return the code, from 0 to 255
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return the type of a code.
	 * @param code the byte on the wire, from 0 to 255
	 * @return the type, or {@code null} if the protocol knows none
	 */
	public static @Nullable FrameType of(int code) {
		return BY_CODE[code];
	}

}
