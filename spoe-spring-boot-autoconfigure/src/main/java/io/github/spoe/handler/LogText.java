/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

/**
 * Names as they may be logged. Whoever connects chooses them: they must not write lines
 * of their own, nor fill the log.
 */
final class LogText {

	private static final int MAX_LENGTH = 100;

	private LogText() {
	}

	static String of(String name) {
		return name.codePoints()
			.limit(MAX_LENGTH)
			.map((character) -> Character.isISOControl(character) ? '?' : character)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
