/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A message of a NOTIFY frame: what one {@code spoe-message} section of HAProxy's
 * configuration sends. Immutable, and valid for as long as it is held.
 *
 * @since 0.1.0
 */
public interface SpoeMessage {

	/**
	 * Return the name of the message.
	 * @return the name
	 */
	String getName();

	/**
	 * Return all arguments in the order of the wire. Names may be empty and may repeat.
	 * @return the arguments, unmodifiable
	 */
	List<SpoeArgument> getArguments();

	/**
	 * Return the first argument with the given name.
	 * @param name the name of the argument
	 * @return the argument, or {@code null} if the message has none of that name
	 */
	@Nullable SpoeArgument getArgument(String name);

}
