/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayDeque;
import java.util.Queue;

import io.github.spoe.SpoeArgumentException;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOutcome;

/**
 * Answers as an {@link EchoDispatcher}, inline or later if that may be. What it throws is
 * on purpose.
 */
final class FuzzDispatcher implements SpoeDispatcher {

	private final EchoDispatcher echo = new EchoDispatcher();

	private final Queue<SpoeExchange> detached = new ArrayDeque<>();

	private final boolean detaching;

	FuzzDispatcher(boolean detaching) {
		this.detaching = detaching;
	}

	@Override
	public void dispatch(SpoeExchange exchange) {
		if (this.detaching) {
			SpoeExchange detached = exchange.detach();
			if (detached != null) {
				this.detached.add(detached);
			}
			return;
		}
		try {
			this.echo.dispatch(exchange);
		}
		catch (IllegalArgumentException | IllegalStateException | SpoeArgumentException ex) {
			throw new OnPurpose(ex);
		}
	}

	/**
	 * Answer what is held.
	 * @return whether something was
	 */
	boolean release() {
		boolean held = false;
		for (SpoeExchange exchange = this.detached.poll(); exchange != null; exchange = this.detached.poll()) {
			held = true;
			answer(exchange);
		}
		return this.echo.release() || held;
	}

	private void answer(SpoeExchange exchange) {
		try {
			exchange.started();
			this.echo.dispatch(exchange);
		}
		catch (IllegalArgumentException | IllegalStateException | SpoeArgumentException ex) {
			exchange.rollback();
			exchange.finished(SpoeOutcome.ERROR, DurationRecorder.NONE);
			exchange.complete();
		}
	}

	@SuppressWarnings("serial")
	static final class OnPurpose extends RuntimeException {

		OnPurpose(Throwable cause) {
			super(cause);
		}

	}

}
