/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

/**
 * Names as they may be logged. Whoever connects chooses them: they must not write lines
 * of their own, nor fill the log.
 *
 * @since 0.1.0
 */
public final class LogText {

	private static final int MAX_LENGTH = 100;

	private LogText() {
	}

	/**
	 * Return a name as it may be logged.
	 * @param name the name as it came
	 * @return at most 100 characters, none of which controls the terminal
	 */
	public static String of(String name) {
		return name.codePoints()
			.limit(MAX_LENGTH)
			.map((character) -> Character.isISOControl(character) ? '?' : character)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
