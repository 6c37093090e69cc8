/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CapabilitiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "pipelining,async", " pipelining , async ", ",pipelining,,async,",
			"pipelining,async,pipelining" })
	void parsesNames(String text) {
		assertThat(Capabilities.parse(text)).containsExactly(Capabilities.PIPELINING, Capabilities.ASYNC);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", " , ," })
	void parsesNothing(String text) {
		assertThat(Capabilities.parse(text)).isEmpty();
	}

	@Test
	void keepsUnknownNames() {
		assertThat(Capabilities.parse("Pipelining,new")).containsExactly("Pipelining", "new");
	}

	@Test
	void formats() {
		assertThat(Capabilities.format(Set.of())).isEmpty();
		assertThat(
				Capabilities.format(new LinkedHashSet<>(List.of(Capabilities.PIPELINING, Capabilities.FRAGMENTATION))))
			.isEqualTo("pipelining,fragmentation");
	}

}
