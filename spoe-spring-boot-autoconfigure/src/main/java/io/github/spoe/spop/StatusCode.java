/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import org.jspecify.annotations.Nullable;

/**
 * Why a peer ends a connection, as said in a DISCONNECT frame (SPOE.txt section 3.2.9).
 *
 * @since 0.1.0
 */
public enum StatusCode {

	/**
	 * Nothing is wrong.
	 */
	NORMAL(0, "normal"),

	/**
	 * An input or output error.
	 */
	IO_ERROR(1, "I/O error"),

	/**
	 * A time limit has passed. What HAProxy up to 3.0 says when it closes an idle
	 * connection.
	 */
	TIMEOUT(2, "a timeout occurred"),

	/**
	 * A frame is larger than agreed.
	 */
	FRAME_TOO_BIG(3, "frame is too big"),

	/**
	 * A frame does not follow the protocol.
	 */
	INVALID_FRAME(4, "invalid frame received"),

	/**
	 * A HELLO lacks its version.
	 */
	NO_VERSION(5, "version value not found"),

	/**
	 * A HELLO lacks its max-frame-size.
	 */
	NO_MAX_FRAME_SIZE(6, "max-frame-size value not found"),

	/**
	 * A HELLO lacks its capabilities.
	 */
	NO_CAPABILITIES(7, "capabilities value not found"),

	/**
	 * The peers have no version in common.
	 */
	UNSUPPORTED_VERSION(8, "unsupported version"),

	/**
	 * The max-frame-size is out of range.
	 */
	BAD_FRAME_SIZE(9, "max-frame-size too big or too small"),

	/**
	 * A fragment came although fragmentation was not agreed.
	 */
	NO_FRAGMENTATION(10, "fragmentation not supported"),

	/**
	 * Fragments of several frames are mixed.
	 */
	INTERLACED_FRAMES(11, "invalid interlaced frames"),

	/**
	 * A frame answers none that is waiting.
	 */
	NO_FRAME_ID(12, "frame-id not found"),

	/**
	 * The agent has too little left of something to serve the connection.
	 */
	RESOURCE_ERROR(13, "resource allocation error"),

	/**
	 * Anything else.
	 */
	UNKNOWN_ERROR(99, "an unknown error occurred");

	private static final @Nullable StatusCode[] BY_CODE = new @Nullable StatusCode[100];

	static {
		for (StatusCode status : values()) {
			BY_CODE[status.code] = status;
		}
	}

	private final int code;

	private final String text;

	StatusCode(int code, String text) {
		this.code = code;
		this.text = text;
	}

	/**
	 * Return the number that stands for this status on the wire.
	 * @return the code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return the text that HAProxy uses for this status.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return the status of a code.
	 * @param code the code on the wire, unsigned
	 * @return the status, {@link #UNKNOWN_ERROR} for a code that the protocol does not
	 * know
	 */
	public static StatusCode of(long code) {
		StatusCode status = (code >= 0 && code < BY_CODE.length) ? BY_CODE[(int) code] : null;
		return (status != null) ? status : UNKNOWN_ERROR;
	}

}
