/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.net.InetAddress;

import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * {@link SpoeResponse} of a message that is acknowledged before its handler is called: it
 * takes no variables.
 */
final class BackgroundResponse implements SpoeResponse {

	static final BackgroundResponse INSTANCE = new BackgroundResponse();

	private BackgroundResponse() {
	}

	@Override
	public void setVar(SpoeScope scope, String name, boolean value) {
		throw tooLate(name);
	}

	@Override
	public void setVar(SpoeScope scope, String name, int value) {
		throw tooLate(name);
	}

	@Override
	public void setVar(SpoeScope scope, String name, long value) {
		throw tooLate(name);
	}

	@Override
	public void setVar(SpoeScope scope, String name, String value) {
		throw tooLate(name);
	}

	@Override
	public void setVar(SpoeScope scope, String name, InetAddress value) {
		throw tooLate(name);
	}

	@Override
	public void setVar(SpoeScope scope, String name, byte[] value) {
		throw tooLate(name);
	}

	@Override
	public void setUnsignedVar(SpoeScope scope, String name, int value) {
		throw tooLate(name);
	}

	@Override
	public void setUnsignedVar(SpoeScope scope, String name, long value) {
		throw tooLate(name);
	}

	@Override
	public void unsetVar(SpoeScope scope, String name) {
		throw tooLate(name);
	}

	private static IllegalStateException tooLate(String name) {
		return new IllegalStateException(
				"Variable '" + name + "' comes too late: the message is acknowledged before its handler is called");
	}

}
