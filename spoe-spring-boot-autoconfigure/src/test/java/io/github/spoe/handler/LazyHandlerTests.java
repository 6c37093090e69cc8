/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Lazy;

import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

import static org.assertj.core.api.Assertions.assertThat;

class LazyHandlerTests {

	@Test
	void lazyBeanIsNotCreatedOnTheEventLoop() throws IOException {
		try (Agent agent = Agent.start(OnEventLoop.class)) {
			assertThat(agent.ask("where")).singleElement().asString().startsWith("where=spoe-worker-");
			assertThat(agent.ask("where")).singleElement().asString().doesNotContain("worker");
			assertThat(agent.context().getBean(OnEventLoop.class).createdBy).startsWith("spoe-worker-");
		}
	}

	@Lazy
	static class OnEventLoop {

		private final String createdBy = Thread.currentThread().getName();

		@SpoeMessageHandler(value = "where", execution = SpoeExecution.EVENT_LOOP)
		void where(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "where", Thread.currentThread().getName());
		}

	}

}
