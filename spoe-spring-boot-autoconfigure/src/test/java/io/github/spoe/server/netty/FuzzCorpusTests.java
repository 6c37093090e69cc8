/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Every input that fuzzing has found worth keeping, given to its target once more.
 */
class FuzzCorpusTests {

	static Stream<Arguments> targets() {
		return Stream.of(target(FrameFuzzer.class, FrameFuzzer::fuzzerTestOneInput),
				target(KeyValueFuzzer.class, KeyValueFuzzer::fuzzerTestOneInput),
				target(NotifyFuzzer.class, NotifyFuzzer::fuzzerTestOneInput),
				target(ConnectionFuzzer.class, ConnectionFuzzer::fuzzerTestOneInput));
	}

	private static Arguments target(Class<?> type, Consumer<byte[]> target) {
		return Arguments.argumentSet(type.getSimpleName(), type.getSimpleName(), target);
	}

	@ParameterizedTest
	@MethodSource("targets")
	void inputsHold(String name, Consumer<byte[]> target) throws Exception {
		List<Path> inputs = inputs(name);
		assertThat(inputs).isNotEmpty();
		for (Path input : inputs) {
			byte[] bytes = Files.readAllBytes(input);
			assertThatCode(() -> target.accept(bytes)).as(input.toString()).doesNotThrowAnyException();
		}
	}

	private static List<Path> inputs(String target) throws Exception {
		try (Stream<Path> inputs = Files.list(Path.of(FuzzCorpusTests.class.getResource("/fuzz/" + target).toURI()))) {
			return inputs.sorted().toList();
		}
	}

}
