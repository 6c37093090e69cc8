/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import org.jspecify.annotations.Nullable;

/**
 * Scope of a variable in an action, in the order of their codes (SPOE.txt section 3.2.6).
 *
 * @since 0.1.0
 */
public enum VariableScope {

	/**
	 * The HAProxy process.
	 */
	PROCESS,

	/**
	 * The client session.
	 */
	SESSION,

	/**
	 * A request and its response.
	 */
	TRANSACTION,

	/**
	 * A request.
	 */
	REQUEST,

	/**
	 * A response.
	 */
	RESPONSE;

	private static final VariableScope[] VALUES = values();

	/**
	 * Return the byte that stands for this scope on the wire.
	 * @return the code, from 0 to 4
	 */
	public int code() {
		return ordinal();
	}

	/**
	 * Return the scope of a code.
	 * @param code the byte on the wire
	 * @return the scope, or {@code null} if the protocol knows none
	 */
	public static @Nullable VariableScope of(int code) {
		return (code >= 0 && code < VALUES.length) ? VALUES[code] : null;
	}

}
