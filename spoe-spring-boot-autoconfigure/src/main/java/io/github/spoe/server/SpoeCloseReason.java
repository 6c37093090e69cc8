/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * Why a connection was closed. What was said first counts: that the other side answers,
 * or resets the connection then, does not.
 *
 * @param cause how the end began
 * @param status the status code of the protocol (SPOE.txt, section 3.2.9), such as 0 for
 * normal, 1 for an I/O error, 2 for a timeout; 99 for any that the protocol does not know
 * @param text the text that belongs to the status code
 * @since 0.1.0
 */
public record SpoeCloseReason(Cause cause, int status, String text) {

	/**
	 * How the end of a connection began.
	 */
	public enum Cause {

		/**
		 * HAProxy has sent a DISCONNECT, as it does up to 3.0.
		 */
		HAPROXY_DISCONNECT,

		/**
		 * The agent has sent a DISCONNECT: the server stops, a time limit has passed,
		 * there are too many connections, or the peer broke the protocol.
		 */
		AGENT_DISCONNECT,

		/**
		 * The connection was closed without a word, as after a health check.
		 */
		CLOSE,

		/**
		 * The connection was reset or has broken, without a word. HAProxy ends its
		 * connections like this from 3.1 on.
		 */
		RESET

	}

}
