/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NameCache}.
 */
class NameCacheTests {

	private final NameCache names = new NameCache();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7, 8, 9, 15, 16, 17, 24, 63, 64 })
	void nameIsDecodedOnce(int size) {
		String name = "x".repeat(size);
		assertThat(get(name)).isEqualTo(name).isSameAs(get(name));
	}

	@Test
	void longNameIsNotKept() {
		String name = "x".repeat(65);
		assertThat(get(name)).isEqualTo(name).isNotSameAs(get(name));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 8, 9, 15, 16, 17, 24, 64 })
	void namesThatDifferInOneByteAreNotMistaken(int size) {
		for (int round = 0; round < 2; round++) {
			for (int i = 0; i < size; i++) {
				String name = "x".repeat(i) + "y" + "x".repeat(size - i - 1);
				assertThat(get(name)).isEqualTo(name);
			}
		}
	}

	@Test
	void namesOfOneByteAndItsZeroesAreNotMistaken() {
		assertThat(get("a")).isEqualTo("a");
		assertThat(get("\0a")).isEqualTo("\0a");
		assertThat(get("a")).isEqualTo("a");
		assertThat(get("")).isEmpty();
		assertThat(get("\0")).isEqualTo("\0");
	}

	@Test
	void manyNamesTakeThePlaceOfEachOther() {
		for (int i = 0; i < 10_000; i++) {
			assertThat(get("message-" + i)).isEqualTo("message-" + i);
		}
	}

	@Test
	void nameIsUtf8() {
		assertThat(get("straße")).isEqualTo("straße");
	}

	private String get(String name) {
		byte[] bytes = ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
		return this.names.get(bytes, 1, bytes.length - 2);
	}

}
