/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * A version of HAProxy to test with. The {@code haproxy.versions} property selects some,
 * such as {@code 3.0,3.2}; by default all are tested. What cannot be installed is
 * skipped, except when the environment says {@code CI=true}.
 */
enum HaproxyVersion {

	V2_6("2.6"),

	V3_0("3.0"),

	V3_2("3.2");

	private static final String SELECTION = "haproxy.versions";

	private static final int INSTALLATION_MINUTES = 10;

	private final String number;

	private Installation installation;

	HaproxyVersion(String number) {
		this.number = number;
	}

	static List<HaproxyVersion> selected() {
		String selection = System.getProperty(SELECTION, "");
		return selection.isBlank() ? List.of(values())
				: Stream.of(selection.split(",")).map(String::strip).map(HaproxyVersion::of).toList();
	}

	private static HaproxyVersion of(String number) {
		return Arrays.stream(values())
			.filter((version) -> version.number.equals(number))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(SELECTION + " names the unknown version '" + number + "'"));
	}

	/**
	 * Return the program, installed if need be.
	 */
	Path binary() {
		Installation installed = installation();
		if (installed.binary() == null) {
			String reason = "No HAProxy " + this.number + ": " + installed.description();
			throw "true".equals(System.getenv("CI")) ? new IllegalStateException(reason)
					: new TestAbortedException(reason);
		}
		return installed.binary();
	}

	/**
	 * Return the mode of a backend of agents: until 3.0 there is no mode of its own.
	 */
	String agentMode() {
		return installation().description().matches("HAProxy (2\\.|3\\.0).*") ? "tcp" : "spop";
	}

	private synchronized Installation installation() {
		if (this.installation == null) {
			this.installation = Installation.of(this.number);
		}
		return this.installation;
	}

	@Override
	public String toString() {
		Installation installed = installation();
		return (installed.binary() != null) ? installed.description() : "HAProxy " + this.number;
	}

	/**
	 * What came of an installation.
	 *
	 * @param binary the program, or {@code null} if there is none
	 * @param description what the program says it is, such as "HAProxy 3.2.26", or why
	 * there is none
	 */
	private record Installation(Path binary, String description) {

		static Installation of(String number) {
			Path script = Path.of(System.getProperty("basedir", ""), "haproxy", "install-haproxy.sh").toAbsolutePath();
			try {
				Path binary = Path.of(lastLine(run(script.toString(), number)));
				String version = run(binary.toString(), "-v").get(0)
					.replaceAll("HAProxy version ([0-9.]+).*", "HAProxy $1");
				return new Installation(binary, version);
			}
			catch (IOException ex) {
				return new Installation(null, ex.getMessage());
			}
		}

		private static List<String> run(String... command) throws IOException {
			Path output = Files.createTempFile("haproxy", ".out");
			try {
				Process process = new ProcessBuilder(command).redirectErrorStream(true)
					.redirectOutput(output.toFile())
					.start();
				boolean ended = Processes.await(process, INSTALLATION_MINUTES, TimeUnit.MINUTES);
				List<String> lines = Files.readAllLines(output);
				if (!ended || process.exitValue() != 0 || lines.isEmpty()) {
					throw new IOException(lines.isEmpty() ? command[0] + " failed" : lastLine(lines));
				}
				return lines;
			}
			finally {
				Files.delete(output);
			}
		}

		private static String lastLine(List<String> lines) {
			return lines.get(lines.size() - 1);
		}

	}

}
