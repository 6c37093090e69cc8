/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a page.
 *
 * @param page the name of the page
 * @param line the number of the line with the opening fence, from 1
 * @param language the language that the fence names, or empty
 * @param example the example that the comment before the fence names
 * @param content the lines between the fences
 */
record CodeBlock(String page, int line, String language, @Nullable String example, List<String> content) {

	private static final Set<String> COMPILED = Set.of("java", "kotlin");

	/**
	 * Compare the block with its example.
	 * @param examples the examples
	 * @return what is wrong with the block, or {@code null}
	 */
	@Nullable String problem(Examples examples) {
		if (this.example == null) {
			return COMPILED.contains(this.language)
					? at("Code without an example: '<!-- example: File.java#tag -->' is missing in the line before")
					: null;
		}
		List<String> expected = examples.get(this.example);
		if (expected == null) {
			return at("There is no example " + this.example + ", there are " + examples.names());
		}
		return this.content.equals(expected) ? null
				: at("Differs from " + this.example + ", -Ddocs.update=true takes it over\n" + difference(expected));
	}

	private String at(String problem) {
		return this.page + ":" + this.line + ": " + problem;
	}

	private String difference(List<String> expected) {
		int shorter = Math.min(this.content.size(), expected.size());
		int start = 0;
		while (start < shorter && this.content.get(start).equals(expected.get(start))) {
			start++;
		}
		int end = 0;
		while (end < shorter - start && last(this.content, end).equals(last(expected, end))) {
			end++;
		}
		List<String> lines = new ArrayList<>();
		expected.subList(0, start).forEach((line) -> lines.add("  " + line));
		this.content.subList(start, this.content.size() - end).forEach((line) -> lines.add("- " + line));
		expected.subList(start, expected.size() - end).forEach((line) -> lines.add("+ " + line));
		expected.subList(expected.size() - end, expected.size()).forEach((line) -> lines.add("  " + line));
		return String.join("\n", lines);
	}

	private static String last(List<String> lines, int index) {
		return lines.get(lines.size() - 1 - index);
	}

}
