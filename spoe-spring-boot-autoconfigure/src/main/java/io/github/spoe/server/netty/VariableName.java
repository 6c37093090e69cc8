/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import io.github.spoe.SpoeScope;

/**
 * What HAProxy accepts as the name of a variable.
 */
final class VariableName {

	/**
	 * HAProxy writes scope, prefix and name, joined by dots, to a buffer of 64 bytes with
	 * a closing zero. It ignores a variable that does not fit, and before 3.5-dev5 read
	 * beyond the buffer.
	 */
	private static final int MAX_QUALIFIED_LENGTH = 63;

	/**
	 * The two dots and a prefix of one character, the shortest that there is.
	 */
	private static final int LEAST_AROUND = 3;

	private static final boolean[] ALLOWED = new boolean[128];

	static {
		for (char character = 0; character < ALLOWED.length; character++) {
			ALLOWED[character] = character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
					|| character >= '0' && character <= '9' || character == '_' || character == '.';
		}
	}

	private VariableName() {
	}

	static void check(SpoeScope scope, String name) {
		int length = name.length();
		int maxLength = MAX_QUALIFIED_LENGTH - LEAST_AROUND - scope.getPrefix().length();
		if (length == 0 || length > maxLength) {
			throw new IllegalArgumentException("Variable name '" + name + "' has " + length
					+ " characters (expected: 1 to " + maxLength + " in scope " + scope + ")");
		}
		for (int i = 0; i < length; i++) {
			char character = name.charAt(i);
			if (character >= ALLOWED.length || !ALLOWED[character]) {
				throw new IllegalArgumentException("Variable name '" + name + "' has a character at index " + i
						+ " that HAProxy does not accept (expected: A-Z, a-z, 0-9, '_' and '.')");
			}
		}
	}

}
