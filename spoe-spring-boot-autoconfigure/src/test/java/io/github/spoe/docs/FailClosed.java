/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeOverloadException;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.SpoeTimeoutException;

/**
 * Example of exception handlers for all handler methods.
 */
// tag::advice[]
@SpoeAdvice
class FailClosed {

	@SpoeExceptionHandler
	void failed(Exception failure, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "verdict", "denied");
	}

	@SpoeExceptionHandler({ SpoeTimeoutException.class, SpoeOverloadException.class })
	void tooSlow(SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "verdict", "unknown");
	}

}
// end::advice[]
