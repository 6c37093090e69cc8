/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LoadOptions}.
 */
class LoadOptionsTests {

	@Test
	void defaults() {
		assertThat(LoadOptions.parse("--port", "9000")).isEqualTo(new LoadOptions("127.0.0.1", 9000, 1, 64, 0,
				Duration.ofSeconds(10), Duration.ofSeconds(2), "check-client-ip", 0, 64, null));
	}

	@Test
	void closedLoop() {
		LoadOptions options = LoadOptions.parse("--host", "localhost", "--port", "1", "--connections", "500",
				"--window", "4096", "--duration", "2m", "--warmup", "0s", "--message", "lookup-client-ip", "--extra",
				"3", "--extra-length", "0", "--json", "result.json");
		assertThat(options).isEqualTo(new LoadOptions("localhost", 1, 500, 4096, 0, Duration.ofMinutes(2),
				Duration.ZERO, "lookup-client-ip", 3, 0, Path.of("result.json").toAbsolutePath()));
		assertThat(options.isOpenLoop()).isFalse();
	}

	@Test
	void openLoop() {
		LoadOptions options = LoadOptions.parse("--port", "65535", "--rate", "20000", "--duration", "500ms");
		assertThat(options.rate()).isEqualTo(20000);
		assertThat(options.duration()).isEqualTo(Duration.ofMillis(500));
		assertThat(options.isOpenLoop()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                  | unknown option ''
			--verbose                           | unknown option '--verbose'
			--port                              | --port needs a value
			--window 64                         | --port is needed
			--port 9000 --message ' '           | --message is empty
			--port 0                            | --port takes a number from 1 to 65535, not '0'
			--port 65536                        | --port takes a number from 1 to 65535, not '65536'
			--port -1                           | --port takes a number from 1 to 65535, not '-1'
			--port 99999999999                  | --port takes a number from 1 to 65535, not '99999999999'
			--port 9000 --connections 501       | --connections takes a number from 1 to 500, not '501'
			--port 9000 --window many           | --window takes a number from 1 to 4096, not 'many'
			--port 9000 --rate 0                | --rate takes a number from 1 to 10000000, not '0'
			--port 9000 --window 1 --rate 1     | --window and --rate exclude each other
			--port 9000 --duration 10           | --duration takes a time such as 500ms, 10s or 2m, not '10'
			--port 9000 --duration 0s           | --duration takes from 1ms to 60m, not '0s'
			--port 9000 --warmup 61m            | --warmup takes from 0ms to 60m, not '61m'
			--port 9000 --extra 251             | --extra takes a number from 0 to 250, not '251'
			--port 9000 --extra-length 16381    | --extra-length takes a number from 0 to 16380, not '16381'
			--port 9000 --json /no/such/file    | --json: cannot write '/no/such/file'
			--port 9000 --json /                | --json: cannot write '/'
			""", quoteCharacter = '"')
	void badInput(String commandLine, String text) {
		String[] args = commandLine.replace("' '", "\0").split(" ");
		for (int i = 0; i < args.length; i++) {
			args[i] = args[i].replace("\0", " ").replace("''", "");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse(args)).withMessage(text);
	}

	@Test
	void frameThatIsTooLarge() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LoadOptions.parse("--port", "9000", "--extra", "4", "--extra-length", "4096"))
			.withMessageMatching("a frame takes up to 16[0-9]{3} bytes, more than 16380");
	}

	@Test
	void usageIsThatOfTheScript() throws IOException {
		assertThat(Files.readAllLines(Path.of("benchmark/load.sh"))).contains(LoadOptions.USAGE);
	}

}
