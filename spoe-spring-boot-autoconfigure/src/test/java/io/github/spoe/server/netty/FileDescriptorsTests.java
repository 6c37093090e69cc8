/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link FileDescriptors}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FileDescriptorsTests {

	@Test
	void enough(CapturedOutput output) {
		FileDescriptors.check(1000 + FileDescriptors.RESERVE, 1000);
		FileDescriptors.check(Long.MAX_VALUE, Integer.MAX_VALUE);
		assertThat(output).isEmpty();
	}

	@Test
	void tooFew(CapturedOutput output) {
		FileDescriptors.check(1000 + FileDescriptors.RESERVE - 1, 1000);
		assertThat(output).containsOnlyOnce("WARN")
			.contains("may open 1199 files, which is too few for 'spoe.server.max-connections=1000'");
	}

	@Test
	void thisProcess(CapturedOutput output) {
		assertThatNoException().isThrownBy(() -> FileDescriptors.check(Integer.MAX_VALUE));
		assertThat(output.toString().contains("WARN")).isEqualTo(!System.getProperty("os.name").startsWith("Windows"));
	}

	@Test
	void refusedConnectionsArePartOfTheReserve() {
		assertThat(Admission.MAX_REFUSED).isLessThan(FileDescriptors.RESERVE);
	}

}
