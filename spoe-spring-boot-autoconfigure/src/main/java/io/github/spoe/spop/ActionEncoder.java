/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

/**
 * Writes the actions of an ACK (SPOE.txt section 3.2.7). HAProxy drops an ACK's actions
 * from the first malformed one on, without a word.
 *
 * @since 0.1.0
 */
public final class ActionEncoder {

	/**
	 * Bytes of an action before the name: action, number of arguments and scope.
	 */
	public static final int FIXED_SIZE = 3;

	static final int SET_VAR = 1;

	static final int SET_VAR_ARGUMENTS = 3;

	static final int UNSET_VAR = 2;

	static final int UNSET_VAR_ARGUMENTS = 2;

	private ActionEncoder() {
	}

	/**
	 * Write a SET-VAR up to its value, which must follow.
	 * @param out what to write to
	 * @param scope the scope of the variable
	 * @param name the name of the variable, encoded
	 */
	public static void writeSetVar(ByteWriter out, VariableScope scope, byte[] name) {
		writeVariable(out, SET_VAR, SET_VAR_ARGUMENTS, scope, name);
	}

	/**
	 * Write an UNSET-VAR.
	 * @param out what to write to
	 * @param scope the scope of the variable
	 * @param name the name of the variable, encoded
	 */
	public static void writeUnsetVar(ByteWriter out, VariableScope scope, byte[] name) {
		writeVariable(out, UNSET_VAR, UNSET_VAR_ARGUMENTS, scope, name);
	}

	private static void writeVariable(ByteWriter out, int action, int arguments, VariableScope scope, byte[] name) {
		int at = out.reserve(FIXED_SIZE + Varint.MAX_SIZE + name.length);
		byte[] bytes = out.bytes();
		ByteWriter.INT.set(bytes, at, action << 24 | arguments << 16 | scope.code() << 8);
		int start = Varint.put(bytes, at + FIXED_SIZE, name.length);
		System.arraycopy(name, 0, bytes, start, name.length);
		out.truncate(start + name.length);
	}

}
