/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Markdown, as GitHub reads it.
 *
 * @param name the path of the page from the top of the project
 * @param lines the lines of the page
 */
record MarkdownPage(String name, List<String> lines) {

	private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*).*");

	private static final Pattern EXAMPLE = Pattern.compile("<!-- example: (\\S+) -->");

	private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

	private static final Pattern CODE = Pattern.compile("`[^`]*`");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	// Neither a part of a longer name nor of a file's name.
	private static final Pattern PROPERTY = Pattern
		.compile("(?:(?<![\\w.-])|(?<=-D))spoe\\.[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)+");

	List<CodeBlock> codeBlocks() {
		List<CodeBlock> blocks = new ArrayList<>();
		for (int i = 0; i < this.lines.size(); i++) {
			Matcher fence = FENCE.matcher(this.lines.get(i));
			if (fence.matches()) {
				Matcher comment = EXAMPLE.matcher((i > 0) ? this.lines.get(i - 1) : "");
				List<String> content = this.lines.subList(i + 1, closingFence(i));
				blocks.add(new CodeBlock(this.name, i + 1, fence.group(1), comment.matches() ? comment.group(1) : null,
						content));
				i += content.size() + 1;
			}
		}
		return blocks;
	}

	private int closingFence(int opening) {
		for (int i = opening + 1; i < this.lines.size(); i++) {
			if (this.lines.get(i).strip().equals("```")) {
				return i;
			}
		}
		throw new IllegalStateException(this.name + ":" + (opening + 1) + ": The block has no end");
	}

	/**
	 * Take over the examples.
	 * @param examples the examples
	 * @return the page with their content
	 */
	MarkdownPage withExamples(Examples examples) {
		List<String> updated = new ArrayList<>();
		int copied = 0;
		for (CodeBlock block : codeBlocks()) {
			List<String> example = (block.example() != null) ? examples.get(block.example()) : null;
			updated.addAll(this.lines.subList(copied, block.line()));
			updated.addAll((example != null) ? example : block.content());
			copied = block.line() + block.content().size();
		}
		updated.addAll(this.lines.subList(copied, this.lines.size()));
		return new MarkdownPage(this.name, updated);
	}

	/**
	 * Return the targets of links and images, with those of other sites.
	 * @return the targets as they are written
	 */
	List<String> links() {
		String text = CODE.matcher(String.join("\n", prose())).replaceAll("");
		return LINK.matcher(text).results().map((link) -> link.group(1)).toList();
	}

	/**
	 * Return what links to headings may name.
	 * @return the anchors
	 */
	Set<String> anchors() {
		Set<String> anchors = new LinkedHashSet<>();
		Map<String, Integer> repeated = new HashMap<>();
		for (String line : prose()) {
			Matcher heading = HEADING.matcher(line);
			if (heading.matches()) {
				String anchor = anchor(heading.group(1));
				int times = repeated.merge(anchor, 1, Integer::sum);
				anchors.add((times > 1) ? anchor + "-" + (times - 1) : anchor);
			}
		}
		return anchors;
	}

	private static String anchor(String heading) {
		return heading.strip()
			.toLowerCase(Locale.ROOT)
			.replaceAll("]\\([^)]*\\)", "")
			.replaceAll("[^\\p{L}\\p{N}_ -]", "")
			.replace(' ', '-');
	}

	/**
	 * Return the names that look like properties of the starter, in text and code.
	 * @return the names
	 */
	Set<String> propertyNames() {
		Set<String> names = new LinkedHashSet<>();
		PROPERTY.matcher(String.join("\n", this.lines)).results().map(MatchResult::group).forEach(names::add);
		return names;
	}

	private List<String> prose() {
		List<String> prose = new ArrayList<>(this.lines);
		for (CodeBlock block : codeBlocks()) {
			for (int i = 0; i < block.content().size() + 2; i++) {
				prose.set(block.line() - 1 + i, "");
			}
		}
		return prose;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
