/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.net.InetAddress;

/**
 * The variables that go back to HAProxy with the ACK frame. All messages of a NOTIFY
 * frame write into one response, in the order of the wire.
 * <p>
 * HAProxy prepends scope and prefix: with {@code option var-prefix iprep} the name
 * {@code ip_score} in {@link SpoeScope#SESSION} is read as
 * {@code var(sess.iprep.ip_score)}. Names consist of {@code A-Z}, {@code a-z},
 * {@code 0-9}, {@code _} and {@code .}; HAProxy accepts 63 characters for scope, prefix
 * and name with their dots. Only HAProxy knows the prefix: unless
 * {@code spoe.server.var-prefix-length} tells how long it is, it is taken to have one
 * character. HAProxy never forgets a name, so names must not be made from request data.
 * <p>
 * Every method throws {@link IllegalArgumentException} for a name that HAProxy would not
 * accept, {@link NullPointerException} for a {@code null} value,
 * {@link IllegalStateException} if the message is answered already, as its ACK is out or
 * its {@linkplain SpoeMessageHandler#timeout() time} has passed, and
 * {@link SpoeAckTooLargeException} if the ACK has no room left for the variable. A
 * handler that lets the latter pass fails, and all its variables are dropped. If it
 * catches it, what fits stays. Both are counted, and logged at {@code ERROR}.
 *
 * @since 0.1.0
 */
public interface SpoeResponse {

	/**
	 * Set a variable to a BOOL.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value
	 */
	void setVar(SpoeScope scope, String name, boolean value);

	/**
	 * Set a variable to an INT32.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value
	 */
	void setVar(SpoeScope scope, String name, int value);

	/**
	 * Set a variable to an INT64.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value
	 */
	void setVar(SpoeScope scope, String name, long value);

	/**
	 * Set a variable to a STRING, in UTF-8.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value
	 */
	void setVar(SpoeScope scope, String name, String value);

	/**
	 * Set a variable to an IPV4 or IPV6.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value
	 */
	void setVar(SpoeScope scope, String name, InetAddress value);

	/**
	 * Set a variable to a BINARY.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value, copied
	 */
	void setVar(SpoeScope scope, String name, byte[] value);

	/**
	 * Set a variable to a UINT32.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value, taken as unsigned
	 */
	void setUnsignedVar(SpoeScope scope, String name, int value);

	/**
	 * Set a variable to a UINT64. HAProxy keeps integers in 64 signed bits: a value above
	 * {@link Long#MAX_VALUE} shows up there as negative.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 * @param value the value, taken as unsigned
	 */
	void setUnsignedVar(SpoeScope scope, String name, long value);

	/**
	 * Unset a variable.
	 * @param scope the scope of the variable
	 * @param name the name of the variable, without scope and prefix
	 */
	void unsetVar(SpoeScope scope, String name);

}
