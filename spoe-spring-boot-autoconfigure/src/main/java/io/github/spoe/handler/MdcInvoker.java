/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.LogText;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link HandlerInvoker} that puts {@link SpoeMdc} into SLF4J's MDC for as long as a
 * method has the thread. What was there before is there again afterwards.
 */
final class MdcInvoker implements HandlerInvoker {

	private final HandlerInvoker next;

	/**
	 * Create a new invoker.
	 * @param next calls the method
	 */
	MdcInvoker(HandlerInvoker next) {
		this.next = next;
	}

	@Override
	public @Nullable CompletionStage<?> invoke(HandlerMethod method, SpoeMessage message, SpoeResponse response,
			SpoeOrigin origin, @Nullable Throwable failure) throws Throwable {
		SpoeContext context = origin.getContext();
		String engineId = context.engineId();
		String messageBefore = replace(SpoeMdc.MESSAGE, LogText.of(message.getName()));
		String streamIdBefore = replace(SpoeMdc.STREAM_ID, Long.toUnsignedString(context.streamId()));
		String engineIdBefore = replace(SpoeMdc.ENGINE_ID, (engineId != null) ? LogText.of(engineId) : null);
		try {
			return this.next.invoke(method, message, response, origin, failure);
		}
		finally {
			set(SpoeMdc.MESSAGE, messageBefore);
			set(SpoeMdc.STREAM_ID, streamIdBefore);
			set(SpoeMdc.ENGINE_ID, engineIdBefore);
		}
	}

	@Override
	public boolean keepsMessage() {
		return this.next.keepsMessage();
	}

	private static @Nullable String replace(String key, @Nullable String value) {
		String before = MDC.get(key);
		set(key, value);
		return before;
	}

	private static void set(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}
