/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetAddress;
import java.util.List;

import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.spop.ByteWriter;

/**
 * {@link SpoeResponse} for several threads, as asynchronous handlers may set variables
 * from parts that run side by side.
 */
final class DetachedResponse implements SpoeResponse {

	private final AckResponse response;

	DetachedResponse(AckResponse response) {
		this.response = response;
	}

	@Override
	public synchronized void setVar(SpoeScope scope, String name, boolean value) {
		this.response.setVar(scope, name, value);
	}

	@Override
	public synchronized void setVar(SpoeScope scope, String name, int value) {
		this.response.setVar(scope, name, value);
	}

	@Override
	public synchronized void setVar(SpoeScope scope, String name, long value) {
		this.response.setVar(scope, name, value);
	}

	@Override
	public synchronized void setVar(SpoeScope scope, String name, String value) {
		this.response.setVar(scope, name, value);
	}

	@Override
	public synchronized void setVar(SpoeScope scope, String name, InetAddress value) {
		this.response.setVar(scope, name, value);
	}

	@Override
	public synchronized void setVar(SpoeScope scope, String name, byte[] value) {
		this.response.setVar(scope, name, value);
	}

	@Override
	public synchronized void setUnsignedVar(SpoeScope scope, String name, int value) {
		this.response.setUnsignedVar(scope, name, value);
	}

	@Override
	public synchronized void setUnsignedVar(SpoeScope scope, String name, long value) {
		this.response.setUnsignedVar(scope, name, value);
	}

	@Override
	public synchronized void unsetVar(SpoeScope scope, String name) {
		this.response.unsetVar(scope, name);
	}

	synchronized void mark() {
		this.response.mark();
	}

	synchronized void rollback() {
		this.response.rollback();
	}

	// Not synchronized: a handler that goes on after its timeout may be missed.
	int refusedLength() {
		return this.response.refusedLength();
	}

	int maxLength() {
		return this.response.maxLength();
	}

	synchronized List<String> variables() {
		return this.response.variables();
	}

	synchronized ByteWriter close() {
		return this.response.close();
	}

}
