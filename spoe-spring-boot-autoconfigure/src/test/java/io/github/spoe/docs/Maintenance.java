/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.handler.SpoeMessageInterceptor;

/**
 * Example of an interceptor.
 */
// tag::interceptor[]
@Component
@Order(1)
class Maintenance implements SpoeMessageInterceptor {

	private volatile boolean on;

	void set(boolean on) {
		this.on = on;
	}

	@Override
	public boolean before(SpoeMessage message, SpoeContext context, SpoeResponse response) {
		if (this.on) {
			response.setVar(SpoeScope.TRANSACTION, "verdict", "maintenance");
			return false;
		}
		return true;
	}

	@Override
	public void after(SpoeMessage message, SpoeContext context, @Nullable Throwable failure) {
		// The handler method is done.
	}

}
// end::interceptor[]
