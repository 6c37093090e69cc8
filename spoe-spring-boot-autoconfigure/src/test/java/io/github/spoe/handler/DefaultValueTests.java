/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultValueTests {

	@Test
	void mutableDefaultIsNewEachTime() throws IOException {
		try (Agent agent = Agent.start(Handlers.class)) {
			for (int i = 0; i < 2; i++) {
				assertThat(agent.ask("defaults")).containsExactly("bytes=abc", "buffer=1,2", "readonly=true");
			}
		}
	}

	static class Handlers {

		@SpoeMessageHandler("defaults")
		void defaults(@SpoeArg(defaultValue = "abc") byte[] bytes, @SpoeArg(defaultValue = "1,2") ByteBuffer buffer,
				SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "bytes", new String(bytes, StandardCharsets.UTF_8));
			response.setVar(SpoeScope.TRANSACTION, "buffer", StandardCharsets.UTF_8.decode(buffer).toString());
			response.setVar(SpoeScope.TRANSACTION, "readonly", buffer.isReadOnly());
			bytes[0] = 'x';
		}

	}

}
