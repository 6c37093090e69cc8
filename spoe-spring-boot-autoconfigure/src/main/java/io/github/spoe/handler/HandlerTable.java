/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The handler methods of an application by the name of their message.
 * <p>
 * Most applications have few, which are looked for one by one: the processor foresees the
 * outcome of a comparison, and goes on with the handler, where it would have to wait for
 * what a hash leads to.
 */
final class HandlerTable {

	private static final int FEW = 8;

	private final HandlerMethod[] handlers;

	private final String[] names;

	private final Map<String, HandlerMethod> byName;

	/**
	 * Create a new table.
	 * @param byName the handler methods by the name of their message
	 */
	HandlerTable(Map<String, HandlerMethod> byName) {
		this.byName = new HashMap<>(byName);
		boolean few = byName.size() <= FEW;
		this.names = few ? byName.keySet().toArray(String[]::new) : new String[0];
		this.handlers = few ? byName.values().toArray(HandlerMethod[]::new) : new HandlerMethod[0];
	}

	boolean isEmpty() {
		return this.byName.isEmpty();
	}

	/**
	 * Return the handler method of a message.
	 * @param name the name of the message
	 * @return the handler method, or {@code null} if there is none
	 */
	@Nullable HandlerMethod get(String name) {
		for (int i = 0; i < this.names.length; i++) {
			if (this.names[i].equals(name)) {
				return this.handlers[i];
			}
		}
		return this.byName.get(name);
	}

}
