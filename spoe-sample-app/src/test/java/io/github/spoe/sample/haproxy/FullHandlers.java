/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers of messages that fill a frame with a header thrice, and another one.
 */
class FullHandlers {

	@SpoeMessageHandler("full")
	void count(@SpoeArg String id, @SpoeArg String one, @SpoeArg String two, @SpoeArg String three,
			@SpoeArg String rest, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "echo", id);
		response.setVar(SpoeScope.TRANSACTION, "string", "" + (one + two + three + rest).length());
	}

	@SpoeMessageHandler("full-copy")
	void copy(@SpoeArg String id, @SpoeArg String one, @SpoeArg String two, @SpoeArg String three, @SpoeArg String rest,
			SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "echo", id);
		response.setVar(SpoeScope.TRANSACTION, "copy", one + two + three + rest);
	}

}
