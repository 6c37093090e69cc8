/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NotifyTests {

	static final String VECTOR = "00 00 00 20 03 00 00 00 01 01 01 0f 'check-client-ip' 01 02 69 70 06 7f 00 00 01";

	private static final FrameHeader HEADER = new FrameHeader(FrameType.NOTIFY, FrameHeader.FIN, 1, 1);

	static Stream<Arguments> malformed() {
		Stream<Arguments> faults = Stream.of(Arguments.argumentSet("name of the message beyond the end", "04 'abc'"),
				Arguments.argumentSet("length of 2^32", Wire.varint("4294967296") + "00"),
				Arguments.argumentSet("length of 2^63", Wire.varint("9223372036854775808") + "'abc' 00"),
				Arguments.argumentSet("length of 2^64-1", Wire.varint("18446744073709551615") + "'abc' 00"),
				Arguments.argumentSet("length of 11 bytes", "ffffffffffffffffffff00"),
				Arguments.argumentSet("no number of arguments", "01 'm'"),
				Arguments.argumentSet("more arguments counted than there are", "01 'm' 02 01 'a' 00"),
				Arguments.argumentSet("255 arguments counted", "01 'm' ff 01 'a' 00"),
				Arguments.argumentSet("fewer arguments counted than there are", "01 'm' 01 01 'a' 00 01 'b' 04 05"),
				Arguments.argumentSet("name of the argument beyond the end", "01 'm' 01 05 'a' 00"),
				Arguments.argumentSet("name of the argument of 2^63", "01 'm' 01 f0f1fefefefefefefe06 'a' 00"),
				Arguments.argumentSet("no value", "01 'm' 01 01 'a'"),
				Arguments.argumentSet("short IPv4", "01 'm' 01 01 'a' 06 7f 00 00"),
				Arguments.argumentSet("short IPv6", "01 'm' 01 01 'a' 07" + "00".repeat(15)),
				Arguments.argumentSet("string beyond the end", "01 'm' 01 01 'a' 08 04 'abc'"),
				Arguments.argumentSet("string of 2^63", "01 'm' 01 01 'a' 08 f0f1fefefefefefefe06 'abc'"),
				Arguments.argumentSet("binary of 2^64-1", "01 'm' 01 01 'a' 09 fff0fefefefefefefe0e 'abc'"),
				Arguments.argumentSet("integer of 2^64", "01 'm' 01 01 'a' 04 f0f1fefefefefefefe0e"),
				Arguments.argumentSet("unfinished integer", "01 'm' 01 01 'a' 04 f0"));
		return Stream.concat(faults, IntStream.rangeClosed(10, 15)
			.mapToObj((type) -> Arguments.argumentSet("type " + type, "01 'm' 01 01 'a' %02x 00".formatted(type))));
	}

	@Test
	void vector() throws Exception {
		Notify notify = new Notify(1, 1, List.of(new Notify.Message("check-client-ip",
				List.of(new Notify.Argument("ip", TypedData.of(InetAddress.getByName("127.0.0.1")))))));
		assertThat(Wire.hex(Wire.written(notify::write))).isEqualTo(Wire.hex(VECTOR));
		ByteBuf frame = Wire.bytes(VECTOR);
		assertThat(Notify.read(Wire.readHeader(frame), frame)).isEqualTo(notify);
		assertThat(frame.isReadable()).isFalse();
	}

	@Test
	void takesIdsFromTheHeader() {
		FrameHeader header = new FrameHeader(FrameType.NOTIFY, FrameHeader.FIN, -1, 0);
		assertThat(Notify.read(header, Wire.bytes(""))).isEqualTo(new Notify(-1, 0, List.of()));
	}

	@Test
	void messagesWithoutArguments() {
		assertThat(read("01 'm' 00 00 00 01 'm' 00").messages()).extracting(Notify.Message::name)
			.containsExactly("m", "", "m");
	}

	@Test
	void unnamedAndRepeatedArguments() {
		Notify notify = read("01 'm' 05 01 'a' 04 01 00 04 02 01 'a' 04 03 00 04 04 01 'b' 00");
		assertThat(notify.messages()).singleElement()
			.extracting(Notify.Message::arguments)
			.isEqualTo(List.of(argument("a", 1), argument("", 2), argument("a", 3), argument("", 4),
					new Notify.Argument("b", TypedData.NULL)));
	}

	@Test
	void upTo255Arguments() {
		Notify.Argument argument = argument("a", 1);
		Notify notify = new Notify(1, 1, List.of(new Notify.Message("m", Collections.nCopies(255, argument)),
				new Notify.Message("n", List.of(argument))));
		ByteBuf frame = Wire.written(notify::write);
		assertThat(Notify.read(Wire.readHeader(frame), frame)).isEqualTo(notify);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Notify.Message("m", Collections.nCopies(256, argument)));
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void refusesMalformed(String payload) {
		Wire.assertMalformed(payload, NotifyTests::read);
		Wire.assertMalformed("01 'm' 00" + payload, NotifyTests::read);
	}

	@Test
	void refusesTruncated() {
		Wire.assertMalformedIfTruncated("01 'm' 00 01 'n' 02 01 'a' 04 f000 00 08 03 'abc'", Set.of(0, 3),
				NotifyTests::read);
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void roundTrip(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < 50; i++) {
			Notify notify = samples.notification();
			ByteBuf frame = Wire.written(notify::write);
			assertThat(Notify.read(Wire.readHeader(frame), frame)).usingRecursiveComparison().isEqualTo(notify);
			assertThat(frame.isReadable()).isFalse();
		}
	}

	private static Notify read(String payload) {
		return read(Wire.bytes(payload));
	}

	private static Notify read(ByteBuf payload) {
		return Notify.read(HEADER, payload);
	}

	private static Notify.Argument argument(String name, long value) {
		return new Notify.Argument(name, TypedData.of(value));
	}

}
