/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.RateLimitedLog;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link HandlerInvoker} that calls interceptors before and after, in their order.
 */
final class InterceptorChain implements HandlerInvoker {

	private static final RateLimitedLog warnings = new RateLimitedLog(LogFactory.getLog(InterceptorChain.class));

	private final SpoeMessageInterceptor[] interceptors;

	/**
	 * Create a new chain.
	 * @param interceptors the interceptors, at least one
	 */
	InterceptorChain(List<SpoeMessageInterceptor> interceptors) {
		this.interceptors = interceptors.toArray(SpoeMessageInterceptor[]::new);
	}

	@Override
	public @Nullable CompletionStage<?> invoke(HandlerMethod method, SpoeMessage message, SpoeResponse response,
			SpoeOrigin origin, @Nullable Throwable failure) throws Throwable {
		SpoeContext context = origin.getContext();
		int passed = 0;
		CompletionStage<?> result;
		try {
			for (SpoeMessageInterceptor interceptor : this.interceptors) {
				if (!interceptor.before(message, context, response)) {
					after(passed, message, context, null);
					return null;
				}
				passed++;
			}
			result = method.invokeDirectly(message, response, origin, failure);
		}
		catch (Throwable ex) {
			after(passed, message, context, ex);
			throw ex;
		}
		if (result == null) {
			after(passed, message, context, null);
		}
		else {
			result.whenComplete((none, ex) -> after(this.interceptors.length, message, context, causeOf(ex)));
		}
		return result;
	}

	@Override
	public boolean keepsMessage() {
		return true;
	}

	private static @Nullable Throwable causeOf(@Nullable Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private void after(int passed, SpoeMessage message, SpoeContext context, @Nullable Throwable failure) {
		for (int i = passed - 1; i >= 0; i--) {
			SpoeMessageInterceptor interceptor = this.interceptors[i];
			try {
				interceptor.after(message, context, failure);
			}
			catch (Throwable ex) {
				warnings.warn(() -> "Interceptor " + interceptor.getClass().getName() + " failed after a message", ex);
			}
		}
	}

}
