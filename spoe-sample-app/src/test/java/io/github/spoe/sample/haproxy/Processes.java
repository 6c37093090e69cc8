/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Waits for processes and ends them, with those that they have started.
 */
final class Processes {

	private static final int TERMINATION_SECONDS = 5;

	private Processes() {
	}

	/**
	 * Wait for the end of a process, and end it if that takes too long.
	 * @return whether the process has ended by itself
	 */
	static boolean await(Process process, long timeout, TimeUnit unit) {
		boolean ended = false;
		try {
			ended = process.waitFor(timeout, unit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!ended) {
			end(process);
		}
		return ended;
	}

	/**
	 * Send a signal.
	 * @param signal its name, such as "USR2"
	 */
	static void signal(Process process, String signal) throws IOException {
		// Only as a built-in of a shell it is everywhere.
		new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid()).start();
	}

	static void end(Process process) {
		Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList().forEach(Processes::end);
	}

	private static void end(ProcessHandle process) {
		process.destroy();
		try {
			process.onExit().get(TERMINATION_SECONDS, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			process.destroyForcibly();
			process.onExit().join();
		}
	}

}
