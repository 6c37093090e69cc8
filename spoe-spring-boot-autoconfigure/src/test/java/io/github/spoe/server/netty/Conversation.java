/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.HexFormat;
import java.util.List;

/**
 * What a peer and the agent say to each other on one connection.
 *
 * @param name what is shown by it
 * @param steps what happens, in its order
 */
record Conversation(String name, List<Step> steps) {

	/**
	 * The agent answers a further NOTIFY, and sends nothing before.
	 */
	static final List<Step> OPEN = List.of(new Step(Kind.SEND, HexFormat.of().parseHex("000000090300000001f001f002")),
			new Step(Kind.RECEIVE, HexFormat.of().parseHex("000000096700000001f001f002")));

	boolean hasOnlyBytes() {
		return this.steps.stream().noneMatch((step) -> step.kind() == Kind.FINISH || step.kind() == Kind.RESET);
	}

	int longestSend() {
		return this.steps.stream()
			.filter((step) -> step.kind() == Kind.SEND)
			.mapToInt((step) -> step.bytes().length)
			.max()
			.orElse(0);
	}

	@Override
	public String toString() {
		return this.name;
	}

	enum Kind {

		/**
		 * The peer sends bytes.
		 */
		SEND,

		/**
		 * The peer closes its half of the connection.
		 */
		FINISH,

		/**
		 * The peer resets the connection.
		 */
		RESET,

		/**
		 * The agent sends bytes, and none before.
		 */
		RECEIVE,

		/**
		 * The agent closes the connection, and sends nothing before.
		 */
		END

	}

	record Step(Kind kind, byte[] bytes) {

	}

}
