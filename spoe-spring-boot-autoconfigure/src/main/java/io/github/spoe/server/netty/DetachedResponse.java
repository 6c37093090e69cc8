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
 * {@link SpoeResponse} of one message of a detached exchange. For several threads, as a
 * reactive handler may set variables from parts that run side by side, and a handler may
 * go on when its message has been answered without it. All responses of an exchange write
 * to the same ACK, one after the other, and lock it.
 */
final class DetachedResponse implements SpoeResponse {

	private final AckResponse ack;

	private boolean over;

	DetachedResponse(AckResponse ack) {
		this.ack = ack;
	}

	@Override
	public void setVar(SpoeScope scope, String name, boolean value) {
		synchronized (this.ack) {
			open(name).setVar(scope, name, value);
		}
	}

	@Override
	public void setVar(SpoeScope scope, String name, int value) {
		synchronized (this.ack) {
			open(name).setVar(scope, name, value);
		}
	}

	@Override
	public void setVar(SpoeScope scope, String name, long value) {
		synchronized (this.ack) {
			open(name).setVar(scope, name, value);
		}
	}

	@Override
	public void setVar(SpoeScope scope, String name, String value) {
		synchronized (this.ack) {
			open(name).setVar(scope, name, value);
		}
	}

	@Override
	public void setVar(SpoeScope scope, String name, InetAddress value) {
		synchronized (this.ack) {
			open(name).setVar(scope, name, value);
		}
	}

	@Override
	public void setVar(SpoeScope scope, String name, byte[] value) {
		synchronized (this.ack) {
			open(name).setVar(scope, name, value);
		}
	}

	@Override
	public void setUnsignedVar(SpoeScope scope, String name, int value) {
		synchronized (this.ack) {
			open(name).setUnsignedVar(scope, name, value);
		}
	}

	@Override
	public void setUnsignedVar(SpoeScope scope, String name, long value) {
		synchronized (this.ack) {
			open(name).setUnsignedVar(scope, name, value);
		}
	}

	@Override
	public void unsetVar(SpoeScope scope, String name) {
		synchronized (this.ack) {
			open(name).unsetVar(scope, name);
		}
	}

	private AckResponse open(String name) {
		if (this.over) {
			throw new IllegalStateException("Variable '" + name + "' comes too late: its message is already answered");
		}
		return this.ack;
	}

	/**
	 * Take no further variable, and let those of the next message follow.
	 * @return the response of the next message
	 */
	DetachedResponse next() {
		synchronized (this.ack) {
			this.over = true;
			this.ack.mark();
			return new DetachedResponse(this.ack);
		}
	}

	/**
	 * Take no further variable, and drop those that were set.
	 * @return another response of the same message
	 */
	DetachedResponse rollback() {
		synchronized (this.ack) {
			this.over = true;
			this.ack.rollback();
			return new DetachedResponse(this.ack);
		}
	}

	// Not locked: what a handler sets when it is done may be missed.
	int refusedLength() {
		return this.ack.refusedLength();
	}

	int maxLength() {
		return this.ack.maxLength();
	}

	List<String> variables() {
		synchronized (this.ack) {
			return this.ack.variables();
		}
	}

	ByteWriter close() {
		synchronized (this.ack) {
			return this.ack.close();
		}
	}

	/**
	 * Return the ACK, once the response is closed.
	 * @return the whole frame
	 */
	ByteWriter frame() {
		return this.ack.frame();
	}

}
