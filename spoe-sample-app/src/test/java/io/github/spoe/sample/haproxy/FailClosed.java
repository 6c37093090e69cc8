/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Has HAProxy deny requests whose message could not be handled. Without it, HAProxy gets
 * no variable, and lets them pass.
 */
@SpoeAdvice
@ConditionalOnBooleanProperty(FailClosed.PROPERTY)
class FailClosed {

	static final String PROPERTY = "probe.fail-closed";

	@SpoeExceptionHandler(Exception.class)
	void deny(SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "verdict", "denied");
	}

}
