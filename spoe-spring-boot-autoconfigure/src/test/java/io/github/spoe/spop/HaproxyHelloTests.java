/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HaproxyHelloTests {

	private static final String ENGINE_ID = "a2b04703-d38f-434f-9ae0-d211c02c7d90";

	private static final String VERSIONS = "12 'supported-versions' 08 03 '2.0'";

	private static final String SIZE = "0e 'max-frame-size' 03 fcf006";

	private static final String CAPABILITIES = "0c 'capabilities' 08 0a 'pipelining'";

	private static final String MANDATORY = VERSIONS + SIZE + CAPABILITIES;

	static Stream<Arguments> frames() {
		return Stream.of(
				Arguments.argumentSet("HAProxy 3.1 and later",
						"0000007b 01 00000001 00 00" + MANDATORY + "09 'engine-id' 08 24 '" + ENGINE_ID + "'",
						new HaproxyHello("2.0", 16380, Set.of("pipelining"), ENGINE_ID, false)),
				Arguments.argumentSet("HAProxy up to 3.0",
						"00000081 01 00000001 00 00" + VERSIONS + SIZE
								+ "0c 'capabilities' 08 10 'pipelining,async' 09 'engine-id' 08 24 '" + ENGINE_ID + "'",
						new HaproxyHello("2.0", 16380, new LinkedHashSet<>(List.of("pipelining", "async")), ENGINE_ID,
								false)),
				Arguments.argumentSet("health check",
						"0000004e 01 00000001 00 00" + VERSIONS + SIZE + "0c 'capabilities' 08 00 0b 'healthcheck' 11",
						new HaproxyHello("2.0", 16380, Set.of(), null, true)));
	}

	@ParameterizedTest
	@MethodSource("frames")
	void reads(String bytes, HaproxyHello hello) {
		FrameReader frame = Wire.frame(Wire.bytes(bytes));
		assertThat(frame.header()).isEqualTo(new FrameHeader(FrameType.HAPROXY_HELLO, FrameHeader.FIN, 0, 0));
		ByteBuf payload = frame.payloadBuffer();
		assertThat(HaproxyHello.read(frame.header(), payload)).isEqualTo(hello);
		assertThat(payload.isReadable()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("frames")
	void writes(String bytes, HaproxyHello hello) {
		assertThat(Wire.hex(Wire.written(hello::write))).isEqualTo(Wire.hex(bytes));
	}

	@Test
	void orderDoesNotMatter() {
		assertThat(read(CAPABILITIES + "0b 'healthcheck' 01" + SIZE + VERSIONS)).isEqualTo(read(MANDATORY));
	}

	@Test
	void unknownItemsAreSkipped() {
		assertThat(read("08 'versions' 00" + MANDATORY + "01 'x' 09 02 00ff 00 11")).isEqualTo(read(MANDATORY));
	}

	@Test
	void lastOfRepeatedItemsCounts() {
		assertThat(read(MANDATORY + "0e 'max-frame-size' 03 00").maxFrameSize()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "02", "03", "04", "05" })
	void sizeMayBeOfAnyIntegerType(String type) {
		assertThat(read(VERSIONS + CAPABILITIES + "0e 'max-frame-size'" + type + "fcf006").maxFrameSize())
			.isEqualTo(16380);
	}

	@ParameterizedTest
	@CsvSource({ "01, false", "11, true", "31, false" })
	void healthcheck(String value, boolean expected) {
		assertThat(read(MANDATORY + "0b 'healthcheck'" + value).healthcheck()).isEqualTo(expected);
	}

	@Test
	void refusesMissingItems() {
		Wire.assertRefused(StatusCode.NO_VERSION, () -> read(""));
		Wire.assertRefused(StatusCode.NO_VERSION, () -> read(SIZE + CAPABILITIES));
		Wire.assertRefused(StatusCode.NO_MAX_FRAME_SIZE, () -> read(VERSIONS + CAPABILITIES));
		Wire.assertRefused(StatusCode.NO_CAPABILITIES, () -> read(VERSIONS + SIZE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "12 'supported-versions' 03 02", "12 'supported-versions' 09 03 '2.0'",
			"12 'supported-versions' 00", "0e 'max-frame-size' 08 05 '16380'", "0e 'max-frame-size' 11",
			"0c 'capabilities' 00", "0c 'capabilities' 04 00", "09 'engine-id' 04 01", "0b 'healthcheck' 04 01",
			"0b 'healthcheck' 08 04 'true'" })
	void refusesItemsOfAnotherType(String item) {
		Wire.assertMalformed(MANDATORY + item, HaproxyHello::read);
	}

	@Test
	void refusesTruncated() {
		int versions = Wire.bytes(VERSIONS).readableBytes();
		int size = Wire.bytes(SIZE).readableBytes();
		Wire.assertMalformedIfTruncated(MANDATORY, Set.of(0, versions, versions + size), HaproxyHello::read);
	}

	@ParameterizedTest
	@ValueSource(strings = { "04 'abc'", "f0f1fefefefefefefe06 'a' 00", "fff0fefefefefefefe0e 'a' 00",
			"ffffffffffffffffffff00", "01 'x'", "01 'x' 0a", "01 'x' 0f 00" })
	void refusesMalformedItems(String item) {
		Wire.assertMalformed(MANDATORY + item, HaproxyHello::read);
	}

	private static HaproxyHello read(String items) {
		return HaproxyHello.read(Wire.bytes(items));
	}

}
