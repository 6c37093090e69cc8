/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.spoe.handler.SpoeMdc;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the pages show compiles, and that what they point to exists.
 * {@code -Ddocs.update=true} first writes the examples into the pages.
 */
class DocumentationTests {

	private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

	private static final Examples EXAMPLES = new Examples();

	private static final Set<String> NAMES = new HashSet<>();

	@BeforeAll
	static void prepare() throws IOException {
		EXAMPLES.addDirectory(Path.of("src/test/java/io/github/spoe/docs"));
		EXAMPLES.addDirectory(Path.of("src/test/kotlin/io/github/spoe/docs"));
		NAMES.addAll(DocumentedNames.properties());
		NAMES.addAll(DocumentedNames.meters());
		NAMES.addAll(SpoeMdc.KEYS);
		if (Boolean.getBoolean("docs.update")) {
			for (MarkdownPage page : pages()) {
				Files.write(TOP.resolve(page.name()), page.withExamples(EXAMPLES).lines());
			}
		}
	}

	static List<MarkdownPage> pages() throws IOException {
		List<MarkdownPage> pages = new ArrayList<>();
		pages.add(page(TOP.resolve("README.md")));
		pages.add(page(TOP.resolve("CONTRIBUTING.md")));
		try (Stream<Path> files = Files.list(TOP.resolve("docs"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".md")).sorted().toList()) {
				pages.add(page(file));
			}
		}
		return pages;
	}

	private static MarkdownPage page(Path file) throws IOException {
		return new MarkdownPage(TOP.relativize(file).toString(), Files.readAllLines(file));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void codeIsThatOfExamples(MarkdownPage page) {
		assertThat(page.codeBlocks().stream().map((block) -> block.problem(EXAMPLES)).filter(Objects::nonNull))
			.isEmpty();
	}

	@Test
	void examplesAreShown() throws IOException {
		List<String> shown = pages().stream()
			.flatMap((page) -> page.codeBlocks().stream())
			.map(CodeBlock::example)
			.toList();
		assertThat(EXAMPLES.names()).isNotEmpty().as("examples that no page shows").isSubsetOf(shown);
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadSomewhere(MarkdownPage page) {
		assertThat(page.links()).as("links of " + page + " that lead nowhere")
			.filteredOn((link) -> !leadsSomewhere(page, link))
			.isEmpty();
	}

	private static boolean leadsSomewhere(MarkdownPage page, String link) {
		URI base = TOP.resolve(page.name()).toUri();
		URI target = base.resolve(link);
		if (!"file".equals(target.getScheme())) {
			return true;
		}
		Path file = Path.of(target.getPath());
		if (!Files.exists(file)) {
			return false;
		}
		try {
			return target.getFragment() == null || page(file).anchors().contains(target.getFragment());
		}
		catch (IOException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void propertiesExist(MarkdownPage page) {
		assertThat(page.propertyNames()).as("names in " + page + " of neither a property, a meter nor a key of the MDC")
			.filteredOn((name) -> !isKnown(name))
			.isEmpty();
	}

	private static boolean isKnown(String name) {
		// A page may name a group of properties too.
		return NAMES.stream().anyMatch((known) -> known.equals(name) || known.startsWith(name + "."));
	}

}
