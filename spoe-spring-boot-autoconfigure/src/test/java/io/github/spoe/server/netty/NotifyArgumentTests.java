/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeType;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NotifyArgument}.
 */
class NotifyArgumentTests {

	@Test
	void typesHaveTheOrderOfTheWire() {
		assertThat(Arrays.stream(SpoeType.values()).map(Enum::name))
			.containsExactlyElementsOf(Arrays.stream(DataType.values()).map(Enum::name).toList());
	}

	@Test
	void argumentHasNameAndType() {
		SpoeArgument argument = NotifyMessages.argument("08 06 73 65 63 72 65 74");
		assertThat(argument.getName()).isEqualTo("argument");
		assertThat(argument.getType()).isEqualTo(SpoeType.STRING);
		assertThat(argument).hasToString("STRING argument 'argument'");
	}

	@Test
	void nameWritesNoLineOfItsOwn() {
		SpoeArgument argument = NotifyMessages.messages("01 6d 01 03 61 0a 62 04 f0 f1 fe fe 3e")
			.get(0)
			.getArguments()
			.get(0);
		assertThat(argument.getName()).isEqualTo("a\nb");
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(argument::asBoolean)
			.withMessageStartingWith("Argument 'a?b' of message 'm' is INT64");
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(argument::asInt)
			.withMessageStartingWith("Argument 'a?b' of message 'm' is INT64");
	}

	@Test
	void nullHasNoValue() {
		SpoeArgument argument = NotifyMessages.argument("00");
		assertThat(argument.getType()).isEqualTo(SpoeType.NULL);
		assertThat(argument.getValue()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "11, true", "01, false", "21, false", "31, false", "f1, false" })
	void booleanIsAFlag(String bytes, boolean value) {
		SpoeArgument argument = NotifyMessages.argument(bytes);
		assertThat(argument.getType()).isEqualTo(SpoeType.BOOL);
		assertThat(argument.asBoolean()).isEqualTo(value);
		assertThat(argument.getValue()).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "02 00, INT32, 0", "02 ff f0 fe fe 3e, INT32, 2147483647",
			"02 f0 f1 fe fe be fe fe fe fe 0e, INT32, -2147483648", "02 ff f0 fe fe fe fe fe fe fe 0e, INT32, -1",
			"03 ef, UINT32, 239", "03 f0 00, UINT32, 240", "04 fb f0 fe fe fe fe fe fe fe 0e, INT64, -5",
			"05 f0 95 e7 02, UINT64, 1000000" })
	void integerOfAnyWidthIsInt(String bytes, SpoeType type, int value) {
		SpoeArgument argument = NotifyMessages.argument(bytes);
		assertThat(argument.getType()).isEqualTo(type);
		assertThat(argument.asInt()).isEqualTo(value);
		assertThat(argument.asLong()).isEqualTo(value);
		assertThat(argument.asBigInteger()).isEqualTo(value);
		assertThat(argument.getValue()).isEqualTo((long) value);
	}

	@ParameterizedTest
	@CsvSource({ "03 ff f0 fe fe 7e, UINT32, 4294967295", "03 f0 f1 fe fe 3e, UINT32, 2147483648",
			"04 ff f0 fe fe fe fe fe fe fe 06, INT64, 9223372036854775807",
			"04 f0 f1 fe fe fe fe fe fe fe 06, INT64, -9223372036854775808",
			"04 ff f0 fe fe be fe fe fe fe 0e, INT64, -2147483649",
			"05 ff f0 fe fe fe fe fe fe fe 06, UINT64, 9223372036854775807" })
	void integerThatIsNoIntIsRefusedAsInt(String bytes, SpoeType type, long value) {
		SpoeArgument argument = NotifyMessages.argument(bytes);
		assertThat(argument.getType()).isEqualTo(type);
		assertThat(argument.asLong()).isEqualTo(value);
		assertThat(argument.asBigInteger()).isEqualTo(value);
		assertThat(argument.getValue()).isEqualTo(value);
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(argument::asInt)
			.withMessage("Argument 'argument' of message 'm' is " + type + " and does not fit in an int");
	}

	@ParameterizedTest
	@CsvSource({ "f0 f1 fe fe fe fe fe fe fe 06, 9223372036854775808",
			"ff f0 fe fe fe fe fe fe fe 0e, 18446744073709551615" })
	void unsignedIntegerThatIsNoLongIsBigInteger(String bytes, BigInteger value) {
		SpoeArgument argument = NotifyMessages.argument("05" + bytes);
		assertThat(argument.asBigInteger()).isEqualTo(value);
		assertThat(argument.getValue()).isEqualTo(value);
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(argument::asLong)
			.withMessage("Argument 'argument' of message 'm' is UINT64 and does not fit in a long");
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(argument::asInt)
			.withMessage("Argument 'argument' of message 'm' is UINT64 and does not fit in a long");
	}

	@Test
	void ipv4IsAnAddress() {
		SpoeArgument argument = NotifyMessages.argument("06 c0 00 02 01");
		assertThat(argument.getType()).isEqualTo(SpoeType.IPV4);
		assertThat(argument.asInetAddress()).isInstanceOf(Inet4Address.class).hasToString("/192.0.2.1");
		assertThat(argument.getValue()).isEqualTo(argument.asInetAddress());
	}

	@Test
	void ipv6IsAnAddress() {
		SpoeArgument argument = NotifyMessages.argument("07 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01");
		assertThat(argument.getType()).isEqualTo(SpoeType.IPV6);
		assertThat(argument.asInetAddress()).isInstanceOf(Inet6Address.class).hasToString("/2001:db8:0:0:0:0:0:1");
		assertThat(argument.getValue()).isEqualTo(argument.asInetAddress());
	}

	@Test
	void ipv6ThatMapsIpv4StaysIpv6() {
		String bytes = "00 00 00 00 00 00 00 00 00 00 ff ff c0 00 02 01";
		SpoeArgument argument = NotifyMessages.argument("07" + bytes);
		assertThat(argument.asInetAddress()).isInstanceOf(Inet6Address.class);
		assertThat(argument.asInetAddress().getAddress()).isEqualTo(RawFrames.hex(bytes));
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, c0000201", "255.255.255.255, ffffffff", "::1, 00000000000000000000000000000001",
			"2001:DB8::a, 20010db800000000000000000000000a", "::ffff:192.0.2.1, 00000000000000000000ffffc0000201" })
	void stringMayBeAnAddress(String text, String bytes) {
		SpoeArgument argument = NotifyMessages.argument(TypedData.of(text));
		assertThat(argument.asInetAddress().getAddress()).isEqualTo(RawFrames.hex(bytes));
		assertThat(argument.getValue()).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "example.com", "127.1", "127.0.0.256", "1", "0x7f000001", "::1::", ":",
			"192.0.2.1 ", "192.0.2.1:80", "192.0.2.0/24" })
	void stringThatIsNoAddressIsRefusedWithoutDns(String text) {
		SpoeArgument argument = NotifyMessages.argument(TypedData.of(text));
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(argument::asInetAddress)
			.withMessage("Argument 'argument' of message 'message' is STRING and no address "
					+ "(expected: IPV4, IPV6 or an address as STRING)");
	}

	@Test
	void stringIsTextAndBytes() {
		SpoeArgument argument = NotifyMessages.argument("08 05 c3 a9 e2 82 ac");
		assertThat(argument.asString()).isEqualTo("\u00e9\u20ac");
		assertThat(argument.getValue()).isEqualTo("\u00e9\u20ac");
		assertThat(argument.asBytes()).isEqualTo(RawFrames.hex("c3 a9 e2 82 ac"));
	}

	@Test
	void textHasTheCharsetThatTheCallerKnows() {
		SpoeArgument argument = NotifyMessages.argument("08 05 c3 a9 e2 82 ac");
		assertThat(argument.asString(StandardCharsets.ISO_8859_1)).isEqualTo("\u00c3\u00a9\u00e2\u0082\u00ac");
	}

	@ParameterizedTest
	@ValueSource(strings = { "09 0e 01 41 01 62 01 63 00 01 61 02 c3 a9 00 00",
			"08 14 41 3a 20 62 0d 0a 63 3a 20 0d 0a 61 3a 20 c3 a9 0d 0a 0d 0a" })
	void headersHaveTheirOrderAndNoCase(String bytes) {
		SpoeArgument argument = NotifyMessages.argument(bytes);
		assertThat(argument.asHeaders()).containsExactly(Map.entry("A", List.of("b", "\u00c3\u00a9")),
				Map.entry("c", List.of("")));
		assertThat(argument.asHeaders().get("a")).containsExactly("b", "\u00c3\u00a9");
		assertThat(argument.asHeaders(StandardCharsets.UTF_8).get("a")).containsExactly("b", "\u00e9");
	}

	@ParameterizedTest
	@CsvSource({ "09 00, BINARY, is cut short", "09 03 01 61 05, BINARY, is cut short",
			"09 03 00 00 00, BINARY, goes on after its end", "08 01 0d, STRING, is cut short",
			"09 03 00 01 61, BINARY, has a header without a name" })
	void brokenHeadersAreRefused(String bytes, String type, String problem) {
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(NotifyMessages.argument(bytes)::asHeaders)
			.withMessage("Argument 'argument' of message 'm' is " + type + ", and its header block " + problem);
	}

	@Test
	void exceptionTellsWhereItComesFrom() {
		SpoeArgument argument = NotifyMessages.messages("05 65 6d 70 74 79 00 02 6d 32 02 01 61 00 01 62 11")
			.get(1)
			.getArguments()
			.get(1);
		assertThatExceptionOfType(SpoeArgumentException.class).isThrownBy(argument::asInt)
			.withMessage("Argument 'b' of message 'm2' is BOOL (expected: an integer)")
			.withNoCause()
			.satisfies((ex) -> {
				assertThat(ex.getMessageName()).isEqualTo("m2");
				assertThat(ex.getArgumentName()).isEqualTo("b");
				assertThat(ex.getActualType()).isEqualTo(SpoeType.BOOL);
			});
	}

	@Test
	void binaryIsBytesAndText() {
		SpoeArgument argument = NotifyMessages.argument("09 03 61 ff 62");
		assertThat(argument.getType()).isEqualTo(SpoeType.BINARY);
		assertThat(argument.asBytes()).isEqualTo(RawFrames.hex("61 ff 62"));
		assertThat(argument.getValue()).isEqualTo(argument.asBytes());
		assertThat(argument.asString()).isEqualTo("a\ufffdb");
	}

	@ParameterizedTest
	@CsvSource({ "08 00", "09 00" })
	void valueMayBeEmpty(String bytes) {
		SpoeArgument argument = NotifyMessages.argument(bytes);
		assertThat(argument.asString()).isEmpty();
		assertThat(argument.asBytes()).isEmpty();
	}

	@Test
	void bytesAreACopy() {
		SpoeArgument argument = NotifyMessages.argument("09 02 01 02");
		argument.asBytes()[0] = 9;
		assertThat(argument.asBytes()).containsExactly(1, 2);
	}

	static Stream<Arguments> wrongTypes() {
		return Stream.of(wrongType("BOOL", SpoeArgument::asBoolean, SpoeType.BOOL),
				wrongType("an integer", SpoeArgument::asInt, SpoeType.INT32, SpoeType.UINT32, SpoeType.INT64,
						SpoeType.UINT64),
				wrongType("an integer", SpoeArgument::asLong, SpoeType.INT32, SpoeType.UINT32, SpoeType.INT64,
						SpoeType.UINT64),
				wrongType("an integer", SpoeArgument::asBigInteger, SpoeType.INT32, SpoeType.UINT32, SpoeType.INT64,
						SpoeType.UINT64),
				wrongType("BINARY or STRING", SpoeArgument::asHeaders, SpoeType.STRING, SpoeType.BINARY),
				wrongType("STRING or BINARY", SpoeArgument::asString, SpoeType.STRING, SpoeType.BINARY),
				wrongType("BINARY or STRING", SpoeArgument::asBytes, SpoeType.STRING, SpoeType.BINARY),
				wrongType("IPV4, IPV6 or an address as STRING", SpoeArgument::asInetAddress, SpoeType.IPV4,
						SpoeType.IPV6, SpoeType.STRING));
	}

	private static Arguments wrongType(String expected, Function<SpoeArgument, Object> accessor, SpoeType... right) {
		return Arguments.of(expected, accessor, Arrays.asList(right));
	}

	@ParameterizedTest
	@MethodSource("wrongTypes")
	void otherTypesAreRefused(String expected, Function<SpoeArgument, Object> accessor, List<SpoeType> right) {
		Stream
			.of("00", "11", "02 4d", "03 4d", "04 4d", "05 4d", "06 4d 4d 4d 4d", "07" + "4d".repeat(16),
					"08 04 4d 4d 4d 4d", "09 04 4d 4d 4d 4d")
			.map(NotifyMessages::argument)
			.filter((argument) -> !right.contains(argument.getType()))
			.forEach((argument) -> assertThatExceptionOfType(SpoeArgumentException.class)
				.isThrownBy(() -> accessor.apply(argument))
				.withMessage("Argument 'argument' of message 'm' is " + argument.getType() + " (expected: " + expected
						+ ")"));
	}

}
