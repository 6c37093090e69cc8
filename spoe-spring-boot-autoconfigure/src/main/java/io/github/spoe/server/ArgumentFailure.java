/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeType;

/**
 * Creates {@link SpoeArgumentException SpoeArgumentExceptions}, with texts that may be
 * logged.
 *
 * @since 0.1.0
 */
public final class ArgumentFailure {

	private ArgumentFailure() {
	}

	/**
	 * Create an exception.
	 * @param message the name of the message as it came
	 * @param argument the name of the argument as it came
	 * @param type the type on the wire, or {@code null} if the argument is absent
	 * @param problem what is wrong, behind the words "is STRING", without the value
	 * @return the exception
	 */
	public static SpoeArgumentException of(String message, String argument, @Nullable SpoeType type, String problem) {
		return new SpoeArgumentException("Argument '" + LogText.of(argument) + "' of message '" + LogText.of(message)
				+ "' is " + ((type != null) ? type : "absent") + problem, message, argument, type);
	}

}
