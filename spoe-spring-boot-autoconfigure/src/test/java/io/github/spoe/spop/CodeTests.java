/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the numbers of {@link FrameType}, {@link DataType}, {@link VariableScope} and
 * {@link StatusCode}.
 */
class CodeTests {

	@Test
	void frameTypes() {
		assertThat(FrameType.values()).extracting(FrameType::code).containsExactly(0, 1, 2, 3, 101, 102, 103);
		for (int code = 0; code < 256; code++) {
			assertThat(FrameType.of(code)).isEqualTo(withCode(FrameType.values(), code));
		}
	}

	private static FrameType withCode(FrameType[] types, int code) {
		return Arrays.stream(types).filter((type) -> type.code() == code).findFirst().orElse(null);
	}

	@Test
	void dataTypes() {
		for (int firstByte = 0; firstByte < 256; firstByte++) {
			int code = firstByte % 16;
			DataType type = DataType.of(firstByte);
			if (code > 9) {
				assertThat(type).isNull();
			}
			else {
				assertThat(type).isNotNull().extracting(DataType::code).isEqualTo(code);
			}
		}
	}

	@Test
	void scopes() {
		for (VariableScope scope : VariableScope.values()) {
			assertThat(VariableScope.of(scope.code())).isEqualTo(scope);
		}
		assertThat(VariableScope.of(5)).isNull();
		assertThat(VariableScope.of(255)).isNull();
		assertThat(VariableScope.of(-1)).isNull();
	}

	@Test
	void statusCodes() {
		assertThat(StatusCode.values()).extracting(StatusCode::code)
			.containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 99);
	}

	@ParameterizedTest
	@EnumSource
	void statusOfCode(StatusCode status) {
		assertThat(StatusCode.of(status.code())).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(longs = { 14, 42, 98, 100, 4294967296L, Long.MAX_VALUE, Long.MIN_VALUE, -1 })
	void statusOfUnknownCode(long code) {
		assertThat(StatusCode.of(code)).isEqualTo(StatusCode.UNKNOWN_ERROR);
	}

}
