/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.spoe.server.SpoeMetrics;

/**
 * The messages that an application handles, by their names.
 * <p>
 * Most applications have few, which are looked for one by one, as the server gives the
 * names that come often as interned strings: the processor foresees the outcome of a
 * comparison, and goes on with the message, where it would have to wait for what a hash
 * leads to.
 */
final class HandlerTable {

	/**
	 * Name that stands for all that have no handler of their own.
	 */
	static final String OTHERS = "*";

	private static final int FEW = 8;

	private final HandledMessage[] messages;

	private final String[] names;

	private final Map<String, HandledMessage> byName;

	private final @Nullable HandledMessage others;

	/**
	 * Create a new table.
	 * @param handlers the handler methods by the name of their message
	 * @param metrics what they are measured with
	 */
	HandlerTable(Map<String, HandlerMethod> handlers, SpoeMetrics metrics) {
		this.byName = new HashMap<>();
		handlers.forEach((name, handler) -> this.byName.put(name.intern(), new HandledMessage(name, handler, metrics)));
		this.others = this.byName.get(OTHERS);
		boolean few = this.byName.size() <= FEW;
		this.names = few ? this.byName.keySet().toArray(String[]::new) : new String[0];
		this.messages = few ? this.byName.values().toArray(HandledMessage[]::new) : new HandledMessage[0];
	}

	boolean isEmpty() {
		return this.byName.isEmpty();
	}

	/**
	 * Return a message.
	 * @param name the name of the message
	 * @return the message, or {@code null} if it has no handler
	 */
	@Nullable HandledMessage get(String name) {
		for (int i = 0; i < this.names.length; i++) {
			if (this.names[i] == name) {
				return this.messages[i];
			}
		}
		HandledMessage message = this.byName.get(name);
		return (message != null) ? message : this.others;
	}

}
