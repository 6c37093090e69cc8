/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Regions of source files that are tagged as Asciidoctor has it, by names such as
 * {@code HandlerExamples.java#parameters}, without their common indentation.
 */
final class Examples {

	private static final Pattern TAG = Pattern.compile("\\s*// (tag|end)::([\\w-]+)\\[]\\s*");

	private final Map<String, List<String>> regions = new TreeMap<>();

	/**
	 * Read the regions of all files in a directory.
	 * @param directory the directory, which may be absent
	 * @throws IOException if a file cannot be read
	 */
	void addDirectory(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return;
		}
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				add(file.getFileName().toString(), Files.readAllLines(file));
			}
		}
	}

	/**
	 * Read the regions of a file.
	 * @param file the name of the file
	 * @param lines the lines of the file
	 * @throws IllegalStateException if tags and ends do not match, or a tag is there
	 * twice
	 */
	void add(String file, List<String> lines) {
		Map<String, List<String>> open = new HashMap<>();
		for (String line : lines) {
			Matcher tag = TAG.matcher(line);
			if (!tag.matches()) {
				open.values().forEach((region) -> region.add(line));
				continue;
			}
			String name = file + "#" + tag.group(2);
			if (tag.group(1).equals("tag")) {
				check(!this.regions.containsKey(name) && !open.containsKey(name), name, "is tagged twice");
				open.put(name, new ArrayList<>());
				continue;
			}
			List<String> region = open.remove(name);
			check(region != null, name, "ends and is not tagged");
			this.regions.put(name, String.join("\n", region).stripIndent().lines().toList());
		}
		check(open.isEmpty(), file, "has tags without an end: " + open.keySet());
	}

	/**
	 * Return a region.
	 * @param name the name of its file and its tag
	 * @return its lines, or {@code null}
	 */
	@Nullable List<String> get(String name) {
		return this.regions.get(name);
	}

	Set<String> names() {
		return this.regions.keySet();
	}

	private static void check(boolean condition, String what, String problem) {
		if (!condition) {
			throw new IllegalStateException(what + " " + problem);
		}
	}

}
