/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MarkdownPage}, {@link CodeBlock} and {@link Examples}.
 */
class MarkdownPageTests {

	private final Examples examples = new Examples();

	private static MarkdownPage page(String text) {
		return new MarkdownPage("docs/page.md", text.lines().toList());
	}

	private static String block(String example) {
		return "# Page\n\n<!-- example: " + example + " -->\n```java\nint a;\nint b;\nint c;\n```\n";
	}

	private List<String> problems(MarkdownPage page) {
		return page.codeBlocks().stream().map((block) -> String.valueOf(block.problem(this.examples))).toList();
	}

	private void source(String... lines) {
		this.examples.add("A.java", List.of(lines));
	}

	@Test
	void blockIsThatOfExample() {
		source("class A {", "\t// tag::all[]", "\tint a;", "\tint b;", "\tint c;", "\t// end::all[]", "}");
		assertThat(problems(page(block("A.java#all")))).containsExactly("null");
	}

	@Test
	void indentationIsKeptWithinTheRegion() {
		source("\t// tag::all[]", "\tvoid a() {", "", "\t\tb();", "\t}", "\t// end::all[]");
		assertThat(this.examples.get("A.java#all")).containsExactly("void a() {", "", "\tb();", "}");
	}

	@Test
	void regionsOverlap() {
		source("// tag::all[]", "a", "// tag::part[]", "b", "// end::all[]", "c", "// end::part[]");
		assertThat(this.examples.get("A.java#all")).containsExactly("a", "b");
		assertThat(this.examples.get("A.java#part")).containsExactly("b", "c");
	}

	@Test
	void differenceIsShown() {
		source("// tag::all[]", "int a;", "long b;", "int c;", "// end::all[]");
		assertThat(problems(page(block("A.java#all")))).containsExactly("""
				docs/page.md:4: Differs from A.java#all, -Ddocs.update=true takes it over
				  int a;
				- int b;
				+ long b;
				  int c;""");
	}

	@Test
	void lineThatIsMissingIsShown() {
		source("// tag::all[]", "int a;", "int b;", "int b;", "int c;", "// end::all[]");
		assertThat(problems(page(block("A.java#all")))).singleElement()
			.asString()
			.endsWith("\n  int a;\n  int b;\n+ int b;\n  int c;");
	}

	@Test
	void exampleIsAbsent() {
		source("// tag::some[]", "// end::some[]");
		assertThat(problems(page(block("A.java#all"))))
			.containsExactly("docs/page.md:4: There is no example A.java#all, there are [A.java#some]");
	}

	@Test
	void codeWithoutExample() {
		assertThat(problems(page("```java\n```\n```kotlin\n```\n```sh\n```\n"))).containsExactly(
				"docs/page.md:1: Code without an example: '<!-- example: File.java#tag -->' is missing in the line before",
				"docs/page.md:3: Code without an example: '<!-- example: File.java#tag -->' is missing in the line before",
				"null");
	}

	@Test
	void blockWithoutEnd() {
		assertThatIllegalStateException().isThrownBy(page("text\n```java\nint a;\n")::codeBlocks)
			.withMessage("docs/page.md:2: The block has no end");
	}

	@Test
	void tagsThatDoNotMatch() {
		assertThatIllegalStateException().isThrownBy(() -> source("// tag::all[]"))
			.withMessage("A.java has tags without an end: [A.java#all]");
		assertThatIllegalStateException().isThrownBy(() -> source("// end::all[]"))
			.withMessage("A.java#all ends and is not tagged");
		assertThatIllegalStateException()
			.isThrownBy(() -> source("// tag::all[]", "// end::all[]", "// tag::all[]", "// end::all[]"))
			.withMessage("A.java#all is tagged twice");
	}

	@Test
	void examplesAreTakenOver() {
		source("// tag::all[]", "long a;", "// end::all[]");
		MarkdownPage page = page("start\n" + block("A.java#all") + "```sh\nls\n```\nend");
		MarkdownPage updated = page.withExamples(this.examples);
		assertThat(updated.lines()).containsExactly("start", "# Page", "", "<!-- example: A.java#all -->", "```java",
				"long a;", "```", "```sh", "ls", "```", "end");
		assertThat(updated.withExamples(this.examples)).isEqualTo(updated);
	}

	@Test
	void anchors() {
		assertThat(page("# `spoe.x`, and [a link](b.md)!\n## Warm-up\n```\n# Code\n```\n## Warm-up\n").anchors())
			.containsExactly("spoex-and-a-link", "warm-up", "warm-up-1");
	}

	@Test
	void links() {
		assertThat(page("[a](b.md#c), `[x](y)` ![of\ntwo lines](d/e.svg)\n```\n[x](y)\n```\n").links())
			.containsExactly("b.md#c", "d/e.svg");
	}

	@Test
	void propertyNames() {
		assertThat(page("`spoe.server.port`=1 -Dspoe.server.max-in-flight=2 local.spoe.server.x\n"
				+ "etc/iprep-spoe.conf.d spoe.conf (spoe.server.timeout.hello).\n")
			.propertyNames())
			.containsExactly("spoe.server.port", "spoe.server.max-in-flight", "spoe.server.timeout.hello");
	}

}
