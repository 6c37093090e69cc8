/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AgentHelloTests {

	private static final String VERSION = "07 'version' 08 03 '2.0'";

	private static final String SIZE = "0e 'max-frame-size' 03 fcf006";

	private static final String CAPABILITIES = "0c 'capabilities' 08 0a 'pipelining'";

	static Arguments[] frames() {
		return new Arguments[] { Arguments.of("""
				00 00 00 40 65 00 00 00 01 00 00 07 76 65 72 73 69 6f 6e 08 03 32 2e 30
				0e 6d 61 78 2d 66 72 61 6d 65 2d 73 69 7a 65 03 fc f0 06
				0c 63 61 70 61 62 69 6c 69 74 69 65 73 08 0a 70 69 70 65 6c 69 6e 69 6e 67""", Set.of("pipelining")),
				Arguments.of("""
						00 00 00 36 65 00 00 00 01 00 00 07 76 65 72 73 69 6f 6e 08 03 32 2e 30
						0e 6d 61 78 2d 66 72 61 6d 65 2d 73 69 7a 65 03 fc f0 06
						0c 63 61 70 61 62 69 6c 69 74 69 65 73 08 00""", Set.of()) };
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("frames")
	void writes(String bytes, Set<String> capabilities) {
		AgentHello hello = new AgentHello("2.0", 16380, capabilities);
		assertThat(Wire.hex(Wire.written(hello::write))).isEqualTo(Wire.hex(bytes));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("frames")
	void reads(String bytes, Set<String> capabilities) {
		FrameReader frame = Wire.frame(Wire.bytes(bytes));
		assertThat(frame.header()).isEqualTo(new FrameHeader(FrameType.AGENT_HELLO, FrameHeader.FIN, 0, 0));
		assertThat(AgentHello.read(frame.payloadBuffer())).isEqualTo(new AgentHello("2.0", 16380, capabilities));
	}

	@Test
	void refusesMissingItems() {
		Wire.assertRefused(StatusCode.NO_VERSION, () -> read(SIZE + CAPABILITIES));
		Wire.assertRefused(StatusCode.NO_MAX_FRAME_SIZE, () -> read(VERSION + CAPABILITIES));
		Wire.assertRefused(StatusCode.NO_CAPABILITIES, () -> read(VERSION + SIZE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "07 'version' 04 02", "0e 'max-frame-size' 08 00", "0c 'capabilities' 00" })
	void refusesItemsOfAnotherType(String item) {
		Wire.assertMalformed(VERSION + SIZE + CAPABILITIES + item, AgentHello::read);
	}

	@Test
	void refusesTruncated() {
		int version = Wire.bytes(VERSION).readableBytes();
		int size = Wire.bytes(SIZE).readableBytes();
		Wire.assertMalformedIfTruncated(VERSION + SIZE + CAPABILITIES, Set.of(0, version, version + size),
				AgentHello::read);
	}

	private static AgentHello read(String items) {
		return AgentHello.read(Wire.bytes(items));
	}

}
