/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.github.spoe.client.SpopClient;

/**
 * The command line of {@link LoadCommand}.
 *
 * @param window frames in flight on a connection, in a closed loop
 * @param rate frames per second over all connections, in an open loop; 0 for a closed one
 * @param extra number of further arguments
 * @param extraLength length of each of them
 * @param json where to write the result, or {@code null}
 */
record LoadOptions(String host, int port, int connections, int window, int rate, Duration duration, Duration warmup,
		String message, int extra, int extraLength, Path json) {

	static final String USAGE = "usage: load.sh --port PORT [--connections N] [--window N | --rate N]"
			+ " [--duration TIME] [OPTION VALUE]...";

	private static final Set<String> NAMES = Set.of("--port", "--host", "--connections", "--window", "--rate",
			"--duration", "--warmup", "--message", "--extra", "--extra-length", "--json");

	/**
	 * Parse a command line.
	 * @throws IllegalArgumentException with a text for the user
	 */
	static LoadOptions parse(String... args) {
		Arguments arguments = new Arguments(NAMES, args);
		arguments.check(arguments.has("--port"), "--port is needed");
		arguments.check(!arguments.has("--window") || !arguments.has("--rate"),
				"--window and --rate exclude each other");
		LoadOptions options = new LoadOptions(arguments.text("--host", "127.0.0.1"),
				arguments.number("--port", 0, 1, 65535), arguments.number("--connections", 1, 1, 500),
				arguments.number("--window", 64, 1, 4096), arguments.number("--rate", 0, 1, 10_000_000),
				arguments.time("--duration", Duration.ofSeconds(10), Duration.ofMillis(1)),
				arguments.time("--warmup", Duration.ofSeconds(2), Duration.ZERO),
				arguments.text("--message", "check-client-ip"), arguments.number("--extra", 0, 0, 250),
				arguments.number("--extra-length", 64, 0, SpopClient.MAX_FRAME_SIZE), arguments.file("--json"));
		int length = options.questions().maxLength();
		arguments.check(length <= SpopClient.MAX_FRAME_SIZE,
				"a frame takes up to " + length + " bytes, more than " + SpopClient.MAX_FRAME_SIZE);
		return options;
	}

	boolean isOpenLoop() {
		return this.rate > 0;
	}

	Questions questions() {
		return new Questions(this.message, this.extra, this.extraLength);
	}

}
