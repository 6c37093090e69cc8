/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.DefaultConversionService;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a parameter with {@link SpoeArg @SpoeArg} gets.
 */
class ArgumentBindingTests {

	private static final String SECRET = "s3cret";

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(List.of("fallback.port=8080"), Natives.class, Absents.class, Conversions.class,
				ConverterConfiguration.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@ParameterizedTest
	@MethodSource
	void present(String message, TypedData argument, String expected) throws IOException {
		assertThat(agent.ask(message, "other", TypedData.of("not this"), "value", argument))
			.containsExactly("value=" + expected);
	}

	static Stream<Arguments> present() {
		return Stream.of(Arguments.of("boolean", TypedData.of(true), "true"),
				Arguments.of("Boolean", TypedData.of(false), "false"), Arguments.of("int", TypedData.of(-7L), "-7"),
				Arguments.of("int", new TypedData(DataType.INT32, -8L), "-8"),
				Arguments.of("Integer", new TypedData(DataType.UINT32, 9L), "9"),
				Arguments.of("Integer", new TypedData(DataType.UINT64, 10L), "10"),
				Arguments.of("long", TypedData.of(Long.MIN_VALUE), "-9223372036854775808"),
				Arguments.of("Long", new TypedData(DataType.UINT32, 4294967295L), "4294967295"),
				Arguments.of("String", TypedData.of("Zürich"), "Zürich"),
				Arguments.of("String", TypedData.of(bytes("binary")), "binary"),
				Arguments.of("InetAddress", TypedData.of(address("192.0.2.1")), "192.0.2.1"),
				Arguments.of("InetAddress", TypedData.of(address("2001:db8::1")), "2001:db8:0:0:0:0:0:1"),
				Arguments.of("InetAddress", TypedData.of("192.0.2.2"), "192.0.2.2"),
				Arguments.of("Inet4Address", TypedData.of(address("192.0.2.3")), "192.0.2.3"),
				Arguments.of("Inet6Address", TypedData.of(address("2001:db8::2")), "2001:db8:0:0:0:0:0:2"),
				Arguments.of("byte[]", TypedData.of(bytes("bytes")), "bytes"),
				Arguments.of("byte[]", TypedData.of("text"), "text"),
				Arguments.of("ByteBuffer", TypedData.of(bytes("buffer")), "buffer, read-only"));
	}

	@ParameterizedTest
	@MethodSource
	void converted(String message, TypedData argument, String expected) throws IOException {
		assertThat(agent.ask(message, "value", argument)).containsExactly("value=" + expected);
	}

	static Stream<Arguments> converted() {
		return Stream.of(Arguments.of("int", TypedData.of("12"), "12"),
				Arguments.of("boolean", TypedData.of("yes"), "true"), Arguments.of("String", TypedData.of(13L), "13"),
				Arguments.of("String", TypedData.of(true), "true"),
				Arguments.of("String", TypedData.of(address("192.0.2.1")), "192.0.2.1"),
				Arguments.of("enum", TypedData.of("GREEN"), "GREEN"),
				Arguments.of("enum", TypedData.of("green"), "GREEN"),
				Arguments.of("double", TypedData.of("1.5"), "1.5"), Arguments.of("double", TypedData.of(3L), "3.0"),
				Arguments.of("list", TypedData.of("1,2,3"), "[1, 2, 3]"),
				Arguments.of("own", TypedData.of("21"), "21 degrees"),
				Arguments.of("own-optional", TypedData.of("22"), "Optional[22 degrees]"));
	}

	@Test
	void firstOfSeveralWithTheName() throws IOException {
		assertThat(agent.ask("int", "value", TypedData.of(1L), "value", TypedData.of(2L))).containsExactly("value=1");
	}

	@ParameterizedTest
	@MethodSource("absences")
	void absent(String message, String expected) throws IOException {
		assertThat(agent.ask(message)).containsExactly("value=" + expected);
	}

	@ParameterizedTest
	@MethodSource("absences")
	void nullOnTheWireIsAbsent(String message, String expected) throws IOException {
		assertThat(agent.ask(message, "value", TypedData.NULL)).containsExactly("value=" + expected);
	}

	static Stream<Arguments> absences() {
		return Stream.of(Arguments.of("optional", "Optional.empty"), Arguments.of("nullable", "null"),
				Arguments.of("not-required", "null"), Arguments.of("default", "443"),
				Arguments.of("default-placeholder", "8080"), Arguments.of("default-address", "192.0.2.9"),
				Arguments.of("default-optional", "Optional[443]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nullable", "not-required", "default", "default-placeholder" })
	void presentThoughNotRequired(String message) throws IOException {
		assertThat(agent.ask(message, "value", TypedData.of(1L))).containsExactly("value=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "optional", "default-optional" })
	void presentOptional(String message) throws IOException {
		assertThat(agent.ask(message, "value", TypedData.of(1L))).containsExactly("value=Optional[1]");
	}

	@Test
	void emptyTextThatIsConvertedToNullIsAbsent() throws IOException {
		assertThat(agent.ask("optional", "value", TypedData.of(""))).containsExactly("value=Optional.empty");
		assertThat(agent.ask("default-optional", "value", TypedData.of(""))).containsExactly("value=Optional[443]");
	}

	@ParameterizedTest
	@MethodSource
	void cannotBeBound(String message, TypedData argument, String reason) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			Object[] arguments = (argument != null) ? new Object[] { "value", argument } : new Object[0];
			assertThat(agent.ask(message, arguments)).isEmpty();
			assertThat(log.warning().getFormattedMessage())
				.startsWith("Message '" + message + "' is acknowledged without variables: method '"
						+ ArgumentBindingTests.class.getName())
				.endsWith("' failed: Argument 'value' of message '" + message + "' " + reason);
			assertThat(log.warning().getThrowableProxy()).isNull();
			assertThat(log.everything()).doesNotContain(SECRET, "192.0.2.1", "4294967296");
		}
	}

	static Stream<Arguments> cannotBeBound() {
		return Stream.of(Arguments.of("int", null, "is absent (expected: int)"),
				Arguments.of("int", TypedData.NULL, "is NULL (expected: int)"),
				Arguments.of("Integer", TypedData.of(""),
						"is STRING and is converted to null (expected: java.lang.Integer)"),
				Arguments.of("int", TypedData.of(""), "is STRING and cannot be converted to int"),
				Arguments.of("int", TypedData.of(SECRET), "is STRING and cannot be converted to int"),
				Arguments.of("int", TypedData.of(4294967296L), "is INT64 and does not fit in an int"),
				Arguments.of("boolean", TypedData.of(SECRET), "is STRING and cannot be converted to boolean"),
				Arguments.of("InetAddress", TypedData.of(SECRET),
						"is STRING and no address " + "(expected: IPV4, IPV6 or an address as STRING)"),
				Arguments.of("Inet6Address", TypedData.of(address("192.0.2.1")),
						"is IPV4 and cannot be converted to java.net.Inet6Address"),
				Arguments.of("InetAddress", TypedData.of(7L),
						"is INT64 (expected: IPV4, IPV6 or an address as STRING)"),
				Arguments.of("ByteBuffer", TypedData.of(true), "is BOOL (expected: BINARY or STRING)"),
				Arguments.of("optional", TypedData.of(SECRET),
						"is STRING and cannot be converted to java.lang.Integer"),
				Arguments.of("enum", TypedData.of(SECRET),
						"is STRING and cannot be converted to " + Color.class.getName()),
				Arguments.of("list", TypedData.of("1," + SECRET),
						"is STRING and cannot be converted to java.util.List<java.lang.Integer>"),
				Arguments.of("own", TypedData.of(SECRET),
						"is STRING and cannot be converted to " + Celsius.class.getName()));
	}

	@Test
	void conversionServiceOfTheApplication() throws IOException {
		try (Agent own = Agent.start(Conversions.class, ConversionServiceConfiguration.class)) {
			assertThat(own.ask("own", "value", TypedData.of("21"))).containsExactly("value=-21 degrees");
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static void answer(SpoeResponse response, Object value) {
		response.setVar(SpoeScope.TRANSACTION, "value", String.valueOf(value));
	}

	static class Natives {

		@SpoeMessageHandler("boolean")
		void handle(@SpoeArg boolean value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("Boolean")
		void handle(@SpoeArg Boolean value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("int")
		void handle(@SpoeArg int value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("Integer")
		void handle(@SpoeArg Integer value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("long")
		void handle(@SpoeArg long value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("Long")
		void handle(@SpoeArg Long value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("String")
		void handle(@SpoeArg String value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("InetAddress")
		void handle(@SpoeArg InetAddress value, SpoeResponse response) {
			answer(response, value.getHostAddress());
		}

		@SpoeMessageHandler("Inet4Address")
		void handle(@SpoeArg Inet4Address value, SpoeResponse response) {
			answer(response, value.getHostAddress());
		}

		@SpoeMessageHandler("Inet6Address")
		void handle(@SpoeArg Inet6Address value, SpoeResponse response) {
			answer(response, value.getHostAddress());
		}

		@SpoeMessageHandler("byte[]")
		void handle(@SpoeArg byte[] value, SpoeResponse response) {
			answer(response, new String(value, StandardCharsets.UTF_8));
		}

		@SpoeMessageHandler("ByteBuffer")
		void handle(@SpoeArg ByteBuffer value, SpoeResponse response) {
			answer(response,
					StandardCharsets.UTF_8.decode(value.duplicate()) + (value.isReadOnly() ? ", read-only" : ""));
		}

	}

	static class Absents {

		@SpoeMessageHandler("optional")
		void optional(@SpoeArg Optional<Integer> value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("nullable")
		void nullable(@SpoeArg @Nullable Integer value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("not-required")
		void notRequired(@SpoeArg(required = false) Long value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("default")
		void withDefault(@SpoeArg(defaultValue = "443") int value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("default-placeholder")
		void withPlaceholder(@SpoeArg(defaultValue = "${fallback.port}") int value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("default-address")
		void withAddress(@SpoeArg(defaultValue = "192.0.2.9") InetAddress value, SpoeResponse response) {
			answer(response, value.getHostAddress());
		}

		@SpoeMessageHandler("default-optional")
		void optionalWithDefault(@SpoeArg(defaultValue = "443") Optional<Integer> value, SpoeResponse response) {
			answer(response, value);
		}

	}

	static class Conversions {

		@SpoeMessageHandler("enum")
		void handle(@SpoeArg Color value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("double")
		void handle(@SpoeArg double value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("list")
		void handle(@SpoeArg List<Integer> value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("own")
		void handle(@SpoeArg Celsius value, SpoeResponse response) {
			answer(response, value);
		}

		@SpoeMessageHandler("own-optional")
		void handle(@SpoeArg Optional<Celsius> value, SpoeResponse response) {
			answer(response, value);
		}

	}

	enum Color {

		RED, GREEN

	}

	record Celsius(int degrees) {

		@Override
		public String toString() {
			return this.degrees + " degrees";
		}

	}

	static class CelsiusConverter implements Converter<String, Celsius> {

		@Override
		public Celsius convert(String source) {
			return new Celsius(Integer.parseInt(source));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ConverterConfiguration {

		@Bean
		CelsiusConverter celsiusConverter() {
			return new CelsiusConverter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ConversionServiceConfiguration {

		@Bean
		ConversionService conversionService() {
			DefaultConversionService conversionService = new DefaultConversionService();
			conversionService.addConverter(String.class, Celsius.class,
					(source) -> new Celsius(-Integer.parseInt(source)));
			return conversionService;
		}

	}

}
