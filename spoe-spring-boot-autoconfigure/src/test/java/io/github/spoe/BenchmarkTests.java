/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each benchmark runs. They measure nothing.
 */
class BenchmarkTests {

	@Test
	void benchmarksRun() throws Exception {
		// The lock is for those that measure at the same time.
		System.setProperty("jmh.ignoreLock", "true");
		Options once = new OptionsBuilder().include("^io\\.github\\.spoe\\.")
			.mode(Mode.SingleShotTime)
			.forks(0)
			.warmupIterations(0)
			.measurementIterations(1)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build();
		Set<String> run = new Runner(once).run()
			.stream()
			.map((result) -> result.getParams().getBenchmark())
			.collect(Collectors.toSet());
		assertThat(run).contains("io.github.spoe.server.netty.NotifyBenchmark.eventLoop",
				"io.github.spoe.handler.HandlerBenchmark.invoke");
	}

}
