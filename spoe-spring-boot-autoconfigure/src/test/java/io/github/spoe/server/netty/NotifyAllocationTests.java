/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.spop.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a NOTIFY allocates on the event loop, once its code is compiled.
 */
class NotifyAllocationTests {

	private static final int LIMIT = 200;

	private static final int MAX_ROUNDS = 100;

	private final Level level = ResourceLeakDetector.getLevel();

	// Tests look for leaks, which allocates.
	@BeforeEach
	void disableLeakDetection() {
		ResourceLeakDetector.setLevel(Level.DISABLED);
	}

	@AfterEach
	void restoreLeakDetection() {
		ResourceLeakDetector.setLevel(this.level);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void notifyAllocatesLittle(boolean metrics) throws Exception {
		NotifyBenchmark benchmark = new NotifyBenchmark();
		benchmark.metrics = metrics;
		benchmark.connect();
		try {
			assertThat(steadyBytesPerNotify(benchmark)).isLessThanOrEqualTo(LIMIT);
		}
		finally {
			benchmark.close();
		}
	}

	private static long steadyBytesPerNotify(NotifyBenchmark benchmark) {
		int calls = 200;
		long bytes = Long.MAX_VALUE;
		for (int round = 0; round < MAX_ROUNDS && bytes > LIMIT; round++) {
			bytes = Wire.allocatedBytes(() -> {
				for (int i = 0; i < calls; i++) {
					benchmark.eventLoop();
				}
			}) / calls / NotifyBenchmark.FRAMES;
		}
		return bytes;
	}

}
