/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import org.jspecify.annotations.Nullable;

/**
 * An argument of a message is absent, or its value is not what is expected. The text
 * names the message, the argument, and the types that are there and expected, never the
 * value; for the same reason there is no cause.
 *
 * @since 0.1.0
 */
public class SpoeArgumentException extends SpoeException {

	private final String messageName;

	private final String argumentName;

	private final @Nullable SpoeType actualType;

	/**
	 * Create a new exception.
	 * @param message the detail message
	 * @param messageName the name of the message of HAProxy
	 * @param argumentName the name of the argument
	 * @param actualType the type that the value has on the wire, {@code null} if the
	 * message does not have the argument
	 */
	public SpoeArgumentException(String message, String messageName, String argumentName,
			@Nullable SpoeType actualType) {
		super(message, null);
		this.messageName = messageName;
		this.argumentName = argumentName;
		this.actualType = actualType;
	}

	/**
	 * Return the name of the message of HAProxy, as it came.
	 * @return the name
	 */
	public String getMessageName() {
		return this.messageName;
	}

	/**
	 * Return the name of the argument, as it came. It is empty for an argument that
	 * HAProxy's configuration does not name.
	 * @return the name
	 */
	public String getArgumentName() {
		return this.argumentName;
	}

	/**
	 * Return the type that the value has on the wire.
	 * @return the type, {@link SpoeType#NULL} for a sample that HAProxy could not fetch,
	 * {@code null} if the message does not have the argument
	 */
	public @Nullable SpoeType getActualType() {
		return this.actualType;
	}

}
