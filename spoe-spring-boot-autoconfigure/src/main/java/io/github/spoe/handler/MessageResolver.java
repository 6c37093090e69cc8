/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

/**
 * {@link ArgumentResolver} of the message itself.
 */
final class MessageResolver implements ArgumentResolver {

	@Override
	public SpoeMessage resolve(SpoeMessage message, SpoeResponse response, SpoeOrigin origin,
			@Nullable Throwable failure) {
		return message;
	}

	@Override
	public boolean keepsMessage() {
		return true;
	}

}
