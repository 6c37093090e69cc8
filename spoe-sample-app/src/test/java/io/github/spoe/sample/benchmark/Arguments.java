/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and values of a command line. What is wrong with them is an
 * {@link IllegalArgumentException} with a text for the user.
 */
final class Arguments {

	private static final Pattern TIME = Pattern.compile("([0-9]{1,7})(ms|s|m)");

	private static final Duration MAX_TIME = Duration.ofHours(1);

	private final Map<String, String> values = new HashMap<>();

	Arguments(Set<String> names, String... args) {
		for (int i = 0; i < args.length; i += 2) {
			check(names.contains(args[i]), "unknown option '" + args[i] + "'");
			check(i + 1 < args.length, args[i] + " needs a value");
			check(!args[i + 1].isBlank(), args[i] + " is empty");
			this.values.put(args[i], args[i + 1]);
		}
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	String text(String name, String absent) {
		return this.values.getOrDefault(name, absent);
	}

	int number(String name, int absent, int min, int max) {
		String value = this.values.get(name);
		if (value == null) {
			return absent;
		}
		boolean number = value.matches("[0-9]{1,9}");
		check(number && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max,
				name + " takes a number from " + min + " to " + max + ", not '" + value + "'");
		return Integer.parseInt(value);
	}

	Duration time(String name, Duration absent, Duration min) {
		String value = this.values.get(name);
		if (value == null) {
			return absent;
		}
		Matcher matcher = TIME.matcher(value);
		check(matcher.matches(), name + " takes a time such as 500ms, 10s or 2m, not '" + value + "'");
		long number = Long.parseLong(matcher.group(1));
		Duration time = switch (matcher.group(2)) {
			case "ms" -> Duration.ofMillis(number);
			case "s" -> Duration.ofSeconds(number);
			default -> Duration.ofMinutes(number);
		};
		check(time.compareTo(min) >= 0 && time.compareTo(MAX_TIME) <= 0,
				name + " takes from " + min.toMillis() + "ms to " + MAX_TIME.toMinutes() + "m, not '" + value + "'");
		return time;
	}

	Path file(String name) {
		String value = this.values.get(name);
		if (value == null) {
			return null;
		}
		String text = name + ": cannot write '" + value + "'";
		try {
			Path file = Path.of(value).toAbsolutePath();
			check(!Files.isDirectory(file) && Files.isWritable(file.getParent()), text);
			return file;
		}
		catch (InvalidPathException ex) {
			throw new IllegalArgumentException(text, ex);
		}
	}

	void check(boolean valid, String text) {
		if (!valid) {
			throw new IllegalArgumentException(text);
		}
	}

}
