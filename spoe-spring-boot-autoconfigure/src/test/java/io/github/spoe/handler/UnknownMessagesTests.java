/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnknownMessagesTests {

	private final UnknownMessages messages = new UnknownMessages();

	@Test
	void nameCannotWriteLinesOfItsOwn(CapturedOutput output) {
		this.messages.add("first\r\nsecond\u001b[0m");
		assertThat(output).contains("Message 'first??second?[0m' has no handler");
	}

	@Test
	void longNameIsCut(CapturedOutput output) {
		this.messages.add("a".repeat(100) + "b".repeat(100_000));
		assertThat(output).contains("Message '" + "a".repeat(100) + "' has no handler");
	}

}
