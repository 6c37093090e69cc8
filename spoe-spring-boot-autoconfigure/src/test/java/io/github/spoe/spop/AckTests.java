/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

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

class AckTests {

	static Stream<Arguments> frames() {
		return Stream.of(Arguments.argumentSet("empty", "00 00 00 07 67 00 00 00 01 01 01", new Ack(1, 1, List.of())),
				Arguments.argumentSet("stream 300",
						"00 00 00 16 67 00 00 00 01 fc 03 02 01 03 02 08 69 70 5f 73 63 6f 72 65 02 4d",
						new Ack(300, 2,
								List.of(set(VariableScope.TRANSACTION, "ip_score",
										new TypedData(DataType.INT32, 77L))))),
				Arguments.argumentSet("stream 0, greatest frame",
						"00 00 00 1b 67 00 00 00 01 00 fff0fefefefefefefe0e 02 02 01 01 'a' 01 03 04 01 'b' 00",
						new Ack(0, -1, List.of(unset(VariableScope.SESSION, "a"),
								set(VariableScope.RESPONSE, "b", TypedData.NULL)))));
	}

	@ParameterizedTest
	@MethodSource("frames")
	void writes(String bytes, Ack ack) {
		assertThat(Wire.hex(Wire.written(RawFrames.ack(ack)))).isEqualTo(Wire.hex(bytes));
	}

	@ParameterizedTest
	@MethodSource("frames")
	void reads(String bytes, Ack ack) {
		FrameReader frame = Wire.frame(Wire.bytes(bytes));
		assertThat(frame.type()).isEqualTo(FrameType.ACK);
		assertThat(frame.isFin()).isTrue();
		ByteBuf payload = frame.payloadBuffer();
		assertThat(Ack.read(frame.header(), payload)).isEqualTo(ack);
		assertThat(payload.isReadable()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "00, PROCESS", "01, SESSION", "02, TRANSACTION", "03, REQUEST", "04, RESPONSE" })
	void scopes(String code, VariableScope scope) {
		assertThat(Ack.readActions(Wire.bytes("01 03" + code + "01 'a' 11 02 02" + code + "01 'b'")))
			.containsExactly(set(scope, "a", TypedData.of(true)), unset(scope, "b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "00 03 02 01 'a' 00", // no such action
			"03 03 02 01 'a' 00", "ff 02 02 01 'a'", //
			"01 02 02 01 'a' 00", "01 04 02 01 'a' 00", "02 03 02 01 'a' 00", "02 01 02 01 'a'", // number
			"01 03 05 01 'a' 00", "02 02 ff 01 'a'", // scope
			"01 03 02 02 'a'", "02 02 02 f0f1fefefefefefefe06 'a'", "02 02 02 fff0fefefefefefefe0e 'a'", // name
			"01 03 02 01 'a' 0a", "01 03 02 01 'a' 08 04 'abc'", "01 03 02 01 'a' 04 ffffffffffffffffffff00" })
	void refusesMalformed(String action) {
		Wire.assertMalformed(action, Ack::readActions);
		Wire.assertMalformed("02 02 02 01 'a'" + action, Ack::readActions);
	}

	@Test
	void refusesTruncated() {
		Wire.assertMalformedIfTruncated("02 02 02 01 'a' 01 03 02 01 'b' 04 f000", Set.of(0, 5), Ack::readActions);
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void roundTrip(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < 50; i++) {
			Ack ack = samples.ack();
			FrameReader frame = Wire.frame(Wire.written(RawFrames.ack(ack)));
			assertThat(Ack.read(frame.header(), frame.payloadBuffer())).usingRecursiveComparison().isEqualTo(ack);
		}
	}

	private static Ack.Action set(VariableScope scope, String name, TypedData value) {
		return new Ack.Action(scope, name, value);
	}

	private static Ack.Action unset(VariableScope scope, String name) {
		return new Ack.Action(scope, name, null);
	}

}
