/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

/**
 * Scope of an HAProxy variable: how long it lives and who sees it (SPOE.txt section
 * 3.2.6).
 *
 * @since 0.1.0
 */
public enum SpoeScope {

	/**
	 * {@code proc.}: for the whole HAProxy process. HAProxy creates such a variable only
	 * when its configuration names it or says {@code option force-set-var}.
	 */
	PROCESS("proc"),

	/**
	 * {@code sess.}: as long as the client connection, through all its requests.
	 */
	SESSION("sess"),

	/**
	 * {@code txn.}: for one request and its response.
	 */
	TRANSACTION("txn"),

	/**
	 * {@code req.}: while HAProxy processes the request.
	 */
	REQUEST("req"),

	/**
	 * {@code res.}: while HAProxy processes the response. Has no effect when set for an
	 * event of the request.
	 */
	RESPONSE("res");

	private final String prefix;

	SpoeScope(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Return the word that stands for this scope in HAProxy's configuration, such as
	 * {@code sess}.
	 * @return the word, without the dot that follows it
	 */
	public String getPrefix() {
		return this.prefix;
	}

}
