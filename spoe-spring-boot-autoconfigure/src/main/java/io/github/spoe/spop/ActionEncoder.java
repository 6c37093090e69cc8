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
		out.writeByte(SET_VAR);
		out.writeByte(SET_VAR_ARGUMENTS);
		writeVariable(out, scope, name);
	}

	/**
	 * Write an UNSET-VAR.
	 * @param out what to write to
	 * @param scope the scope of the variable
	 * @param name the name of the variable, encoded
	 */
	public static void writeUnsetVar(ByteWriter out, VariableScope scope, byte[] name) {
		out.writeByte(UNSET_VAR);
		out.writeByte(UNSET_VAR_ARGUMENTS);
		writeVariable(out, scope, name);
	}

	private static void writeVariable(ByteWriter out, VariableScope scope, byte[] name) {
		out.writeByte(scope.code());
		TypedDataCodec.writeText(out, name);
	}

}
