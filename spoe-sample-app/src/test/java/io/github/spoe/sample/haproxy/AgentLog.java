/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what an agent has logged.
 */
final class AgentLog {

	private AgentLog() {
	}

	/**
	 * Check that nothing was worth a warning. The JVM may have said something.
	 */
	static void assertQuiet(CharSequence log) {
		assertThat(log).doesNotContain(" WARN ", " ERROR ");
	}

}
