/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TypedDataCodecTests {

	static Stream<Arguments> vectors() throws UnknownHostException {
		return Stream.of(Arguments.of(TypedData.NULL, "00"), Arguments.of(TypedData.of(true), "11"),
				Arguments.of(TypedData.of(false), "01"), integer(DataType.INT32, 0, "02 00"),
				integer(DataType.INT32, Integer.MAX_VALUE, "02 ff f0 fe fe 3e"),
				integer(DataType.INT32, -1, "02 ff f0 fe fe fe fe fe fe fe 0e"),
				integer(DataType.INT32, Integer.MIN_VALUE, "02 f0 f1 fe fe be fe fe fe fe 0e"),
				integer(DataType.UINT32, 4294967295L, "03 ff f0 fe fe 7e"),
				integer(DataType.INT64, -5, "04 fb f0 fe fe fe fe fe fe fe 0e"),
				integer(DataType.INT64, Long.MIN_VALUE, "04 f0 f1 fe fe fe fe fe fe fe 06"),
				integer(DataType.INT64, Long.MAX_VALUE, "04 ff f0 fe fe fe fe fe fe fe 06"),
				integer(DataType.UINT64, -1, "05 ff f0 fe fe fe fe fe fe fe 0e"),
				address("127.0.0.1", "06 7f 00 00 01"), address("255.255.255.255", "06 ff ff ff ff"),
				address("::1", "07" + "00".repeat(15) + "01"),
				address("2001:db8::25", "07 20 01 0d b8" + "00".repeat(11) + "25"), string("abc", "08 03 'abc'"),
				string("", "08 00"), string("a".repeat(239), "08 ef" + "61".repeat(239)),
				string("a".repeat(240), "08 f0 00" + "61".repeat(240)), string("\u00e9", "08 02 c3 a9"),
				string("\ud83d\ude00", "08 04 f0 9f 98 80"), string("a\0b", "08 03 61 00 62"),
				Arguments.of(TypedData.of(new byte[] { 0, (byte) 0xff }), "09 02 00 ff"),
				Arguments.of(TypedData.of(new byte[0]), "09 00"));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("vectors")
	void writes(TypedData data, String bytes) {
		assertThat(Wire.hex(Wire.written((out) -> TypedDataCodec.write(out, data)))).isEqualTo(Wire.hex(bytes));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("vectors")
	void reads(TypedData data, String bytes) {
		ByteBuf in = Wire.bytes(bytes + "ff");
		assertThat(TypedDataCodec.read(in)).usingRecursiveComparison().isEqualTo(data);
		assertThat(in.readableBytes()).isOne();
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("vectors")
	void findsTheValue(TypedData data, String bytes) {
		ByteReader in = Wire.reader(Wire.bytes(bytes));
		int first = in.readUnsignedByte();
		assertThat(DataType.of(first)).isEqualTo(data.type());
		assertThat(TypedDataCodec.readValueSize(in, first)).isEqualTo(in.end() - in.position());
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("vectors")
	void refusesTruncated(TypedData data, String bytes) {
		Wire.assertMalformedIfTruncated(bytes, Set.of(), TypedDataCodec::read);
		Wire.assertMalformedIfTruncated(bytes, Set.of(), TypedDataCodecTests::skip);
	}

	@ParameterizedTest
	@ValueSource(strings = { "01", "21", "31", "81", "f1" })
	void onlyOneByteIsTrue(String bytes) {
		assertThat(TypedDataCodec.read(Wire.bytes(bytes))).isEqualTo(TypedData.of(false));
	}

	@ParameterizedTest
	@CsvSource({ "f0, NULL", "14 05, INT64", "26 7f 00 00 01, IPV4", "18 03 61 62 63, STRING", "19 01 00, BINARY" })
	void flagsOfOtherTypesDoNotMatter(String bytes, DataType type) {
		assertThat(TypedDataCodec.read(Wire.bytes(bytes)).type()).isEqualTo(type);
	}

	// HAProxy takes the bits as they are, too.
	@Test
	void doesNotExtendTheSign() {
		assertThat(TypedDataCodec.read(Wire.bytes("02 ff f0 fe fe 7e")))
			.isEqualTo(new TypedData(DataType.INT32, 4294967295L));
	}

	@ParameterizedTest(name = "type {0}")
	@ValueSource(ints = { 10, 11, 12, 13, 14, 15 })
	void refusesReservedTypes(int type) {
		for (int flags = 0x00; flags <= 0xF0; flags += 0x10) {
			String bytes = "%02x 00 00 00 00".formatted(flags | type);
			Wire.assertMalformed(bytes, TypedDataCodec::read);
			Wire.assertMalformed(bytes, TypedDataCodecTests::skip);
		}
	}

	// The lower 32 bits of some of them are a length that fits.
	@ParameterizedTest
	@ValueSource(strings = { "4", "2147483647", "2147483648", "4294967295", "4294967296", "4294967297",
			"9223372036854775807", "9223372036854775808", "9223372036854775809", "18446744073709551615" })
	void refusesLengthBeyondTheFrame(String length) {
		for (String type : Set.of("08", "09")) {
			String bytes = type + Wire.varint(length) + "61 62 63";
			Wire.assertMalformed(bytes, TypedDataCodec::read);
			Wire.assertMalformed(bytes, TypedDataCodecTests::skip);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "02", "03", "04", "05", "08", "09" })
	void refusesVarintBeyond64Bits(String type) {
		for (String varint : Set.of("f0 f1 fe fe fe fe fe fe fe 0e", "ff ff ff ff ff ff ff ff ff ff 00")) {
			Wire.assertMalformed(type + varint, TypedDataCodec::read);
			Wire.assertMalformed(type + varint, TypedDataCodecTests::skip);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "08", "09" })
	void allocatesNothingForALengthThatIsNotThere(String type) {
		ByteBuf in = Wire.bytes(type + Wire.varint("268435456"));
		assertThat(
				Wire.allocatedBytes(() -> Wire.assertRefused(StatusCode.INVALID_FRAME, () -> TypedDataCodec.read(in))))
			.isLessThan(10_000_000);
	}

	@Test
	void ipv4InIpv6StaysIpv6() {
		String bytes = Wire.hex("07" + "00".repeat(10) + "ff ff 01 02 03 04");
		TypedData data = TypedDataCodec.read(Wire.bytes(bytes));
		assertThat(data.value()).isInstanceOf(Inet6Address.class);
		assertThat(Wire.hex(Wire.written((out) -> TypedDataCodec.write(out, data)))).isEqualTo(bytes);
		assertThat(TypedDataCodec.read(Wire.bytes("06 01 02 03 04")).value()).isInstanceOf(Inet4Address.class);
	}

	@Test
	void bytesThatAreNoTextAreReplaced() {
		assertThat(TypedDataCodec.read(Wire.bytes("08 03 61 ff 62"))).isEqualTo(TypedData.of("a\ufffdb"));
	}

	@Test
	void halfACharacterIsReplaced() {
		assertThat(Wire.hex(Wire.written((out) -> TypedDataCodec.writeString(out, "a\ud83d"))))
			.isEqualTo(Wire.hex("08 02 'a?'"));
	}

	@Test
	void noValueIsNull() {
		TypedData data = new TypedData(DataType.STRING, null);
		assertThat(Wire.hex(Wire.written((out) -> TypedDataCodec.write(out, data)))).isEqualTo("00");
	}

	@Test
	void nullHasNoValue() {
		TypedData data = new TypedData(DataType.NULL, "a");
		assertThatIllegalArgumentException().isThrownBy(() -> Wire.written((out) -> TypedDataCodec.write(out, data)));
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void roundTrip(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < 500; i++) {
			TypedData data = samples.typedData();
			ByteBuf buffer = Wire.written((out) -> TypedDataCodec.write(out, data));
			assertThat(TypedDataCodec.read(buffer)).usingRecursiveComparison().isEqualTo(data);
			assertThat(buffer.isReadable()).isFalse();
		}
	}

	private static void skip(ByteBuf in) {
		ByteReader reader = Wire.reader(in);
		reader.skip(TypedDataCodec.readValueSize(reader, reader.readUnsignedByte()));
	}

	private static Arguments integer(DataType type, long value, String bytes) {
		return Arguments.of(new TypedData(type, value), bytes);
	}

	private static Arguments address(String value, String bytes) throws UnknownHostException {
		return Arguments.of(TypedData.of(InetAddress.getByName(value)), bytes);
	}

	private static Arguments string(String value, String bytes) {
		return Arguments.of(TypedData.of(value), bytes);
	}

}
