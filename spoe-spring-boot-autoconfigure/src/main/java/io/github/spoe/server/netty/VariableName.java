/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeScope;

/**
 * The name of a variable that HAProxy accepts, as it is written to the wire. An
 * application has few names and sets them again and again: they are checked and encoded
 * once.
 */
final class VariableName {

	/**
	 * HAProxy takes no empty prefix.
	 */
	static final int MIN_PREFIX_LENGTH = 1;

	/**
	 * HAProxy writes scope, prefix and name, joined by dots, to a buffer of 64 bytes with
	 * a closing zero. It ignores a variable that does not fit, and before 3.5-dev5 read
	 * beyond the buffer.
	 */
	private static final int MAX_QUALIFIED_LENGTH = 63;

	private static final int DOTS = 2;

	private static final boolean[] ALLOWED = new boolean[128];

	static {
		for (char character = 0; character < ALLOWED.length; character++) {
			ALLOWED[character] = character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
					|| character >= '0' && character <= '9' || character == '_' || character == '.';
		}
	}

	/**
	 * Names that were used last, by their hash. All threads write to it without a lock: a
	 * name is immutable, and one that is lost is made again.
	 */
	private static final @Nullable VariableName[] RECENT = new @Nullable VariableName[256];

	private final String name;

	private final byte[] encoded;

	private VariableName(String name) {
		this.name = name;
		this.encoded = name.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Return a name.
	 * @param scope the scope of the variable
	 * @param name the name, without scope and prefix
	 * @param prefixLength the length of the prefix
	 * @return the name
	 * @throws IllegalArgumentException if HAProxy does not accept it
	 */
	static VariableName of(SpoeScope scope, String name, int prefixLength) {
		int slot = name.hashCode() & (RECENT.length - 1);
		VariableName recent = RECENT[slot];
		if (recent != null && recent.name.equals(name)) {
			recent.checkLength(scope, prefixLength);
			return recent;
		}
		VariableName created = new VariableName(name);
		created.checkLength(scope, prefixLength);
		created.checkCharacters();
		RECENT[slot] = created;
		return created;
	}

	private void checkLength(SpoeScope scope, int prefixLength) {
		int length = this.name.length();
		int maxLength = MAX_QUALIFIED_LENGTH - DOTS - prefixLength - scope.getPrefix().length();
		if (length == 0 || length > maxLength) {
			throw new IllegalArgumentException(
					"Variable name '" + this.name + "' has " + length + " characters (expected: 1 to " + maxLength
							+ " in scope " + scope + ", as 'spoe.server.var-prefix-length' is " + prefixLength + ")");
		}
	}

	private void checkCharacters() {
		for (int i = 0; i < this.name.length(); i++) {
			char character = this.name.charAt(i);
			if (character >= ALLOWED.length || !ALLOWED[character]) {
				throw new IllegalArgumentException("Variable name '" + this.name + "' has a character at index " + i
						+ " that HAProxy does not accept (expected: A-Z, a-z, 0-9, '_' and '.')");
			}
		}
	}

	/**
	 * Return the characters as bytes. Not to be changed.
	 * @return the name, in ASCII
	 */
	byte[] encoded() {
		return this.encoded;
	}

}
