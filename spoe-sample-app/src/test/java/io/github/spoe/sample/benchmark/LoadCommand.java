/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * Puts load on an agent and measures it: what {@code benchmark/load.sh} runs.
 */
public final class LoadCommand {

	private static final Duration DRAIN = Duration.ofSeconds(5);

	private static final int FAILURE = 1;

	private static final int MISUSE = 2;

	private LoadCommand() {
	}

	public static void main(String[] args) {
		System.exit(run(System.out, System.err, args));
	}

	/**
	 * Run the command.
	 * @return its exit code
	 */
	static int run(PrintStream out, PrintStream err, String... args) {
		LoadOptions options;
		try {
			options = LoadOptions.parse(args);
		}
		catch (IllegalArgumentException ex) {
			err.println("load.sh: " + ex.getMessage());
			err.println(LoadOptions.USAGE);
			return MISUSE;
		}
		try {
			LoadResult result = new LoadRun(options, DRAIN).run();
			out.print(result.table());
			if (options.json() != null) {
				Files.writeString(options.json(), json(options, result));
			}
			result.messages().forEach((message) -> err.println("load.sh: " + message));
			return result.isGood() ? 0 : FAILURE;
		}
		catch (IOException ex) {
			String text = (ex instanceof UnknownHostException) ? "unknown host" : ex.getMessage();
			err.println("load.sh: " + options.host() + ":" + options.port() + ": " + text);
			return FAILURE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			err.println("load.sh: interrupted");
			return FAILURE;
		}
	}

	private static String json(LoadOptions options, LoadResult result) {
		String machine = System.getProperty("load.machine",
				"{\"cpus\": " + Runtime.getRuntime().availableProcessors() + "}");
		return "{\"benchmark\": \"load\", " + result.json() + ", \"options\": " + json(options) + ", \"machine\": "
				+ machine + ", \"java\": " + quote(System.getProperty("java.runtime.version")) + "}\n";
	}

	private static String json(LoadOptions options) {
		return "{\"connections\": " + options.connections()
				+ (options.isOpenLoop() ? ", \"rate\": " + options.rate() : ", \"window\": " + options.window())
				+ ", \"duration_ms\": " + options.duration().toMillis() + ", \"warmup_ms\": "
				+ options.warmup().toMillis() + ", \"message\": " + quote(options.message()) + ", \"extra\": "
				+ options.extra() + ", \"extra_length\": " + options.extraLength() + "}";
	}

	private static String quote(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		text.chars().forEach((character) -> {
			if (character < ' ' || character == '"' || character == '\\') {
				quoted.append(String.format("\\u%04x", character));
			}
			else {
				quoted.append((char) character);
			}
		});
		return quoted.append('"').toString();
	}

}
