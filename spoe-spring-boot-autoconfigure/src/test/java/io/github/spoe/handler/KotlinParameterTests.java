/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for parameters of Kotlin functions: nullability, default values and value
 * classes.
 */
@Timeout(30)
class KotlinParameterTests {

	private static final TypedData ADA = TypedData.of("Ada");

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(ParameterHandlers.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@Test
	void notNullIsRequired() throws IOException {
		assertThat(agent.ask("plain", "name", ADA, "port", TypedData.of(81))).containsExactly("values=Ada,81");
		assertFailure("Argument 'port' of message 'plain' is absent (expected: int)", "plain", "name", ADA);
		assertFailure("Argument 'name' of message 'plain' is NULL (expected: java.lang.String)", "plain", "name",
				TypedData.NULL);
	}

	@Test
	void nullableTakesNull() throws IOException {
		assertThat(agent.ask("nullable", "name", ADA, "port", TypedData.of(81))).containsExactly("values=Ada,81");
		assertThat(agent.ask("nullable", "name", TypedData.NULL)).containsExactly("values=null,null");
	}

	@Test
	void nullableWithDefaultTakesDefault() throws IOException {
		assertThat(agent.ask("nullable-default")).containsExactly("values=nobody");
		assertThat(agent.ask("nullable-default", "name", TypedData.NULL)).containsExactly("values=nobody");
		assertThat(agent.ask("nullable-default", "name", ADA)).containsExactly("values=Ada");
	}

	@Test
	void defaultsTakeThePlaceOfAbsentArguments() throws IOException {
		TypedData second = TypedData.of("two");
		assertThat(agent.ask("defaults", "second", second)).containsExactly("values=1st,two,3,true");
		assertThat(agent.ask("defaults", "second", second, "first", TypedData.NULL, "third", TypedData.NULL))
			.containsExactly("values=1st,two,3,true");
		assertThat(agent.ask("defaults", "first", ADA, "second", second)).containsExactly("values=Ada,two,3,true");
		assertThat(agent.ask("defaults", "second", second, "third", TypedData.of(0), "flag", TypedData.of(false)))
			.containsExactly("values=1st,two,0,false");
		assertFailure("Argument 'second' of message 'defaults' is absent (expected: java.lang.String)", "defaults",
				"first", ADA);
	}

	@Test
	void defaultMayDependOnAnotherArgument() throws IOException {
		assertThat(agent.ask("dependent", "first", TypedData.of(5))).containsExactly("values=5,6");
		assertThat(agent.ask("dependent", "first", TypedData.of(5), "second", TypedData.of(1)))
			.containsExactly("values=5,1");
	}

	@Test
	void defaultOfTheAnnotationGoesBefore() throws IOException {
		assertThat(agent.ask("annotated")).containsExactly("values=annotated");
		assertThat(agent.ask("annotated", "name", ADA)).containsExactly("values=Ada");
	}

	@Test
	void notRequiredTakesDefault() throws IOException {
		assertThat(agent.ask("not-required")).containsExactly("values=80");
	}

	@Test
	void optionalIsEmptyBesideDefault() throws IOException {
		assertThat(agent.ask("optional")).containsExactly("values=Optional.empty,80");
	}

	@Test
	void defaultIsComputedForEachCall() throws IOException {
		assertThat(agent.ask("address")).containsExactly("values=127.0.0.1");
		assertThat(agent.ask("address", "ip", TypedData.of("192.0.2.7"))).containsExactly("values=192.0.2.7");
	}

	@Test
	void wrongTypeIsNoReasonForTheDefault() throws IOException {
		assertFailure("Argument 'port' of message 'not-required' is STRING and cannot be converted to int",
				"not-required", "port", ADA);
	}

	@ParameterizedTest
	@ValueSource(strings = { "private", "internal", "mono" })
	void defaultsOfOtherFunctions(String message) throws IOException {
		assertThat(agent.ask(message)).containsExactly("values=nobody");
		assertThat(agent.ask(message, "name", ADA)).containsExactly("values=Ada");
	}

	@Test
	void failsWithWhatIsThrown() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("fail")).isEmpty();
			assertThat(log.warning().getThrowableProxy().getClassName()).isEqualTo(KotlinFailure.class.getName());
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo("nobody");
		}
	}

	@Test
	void valueClassIsMadeByItsConstructor() throws IOException {
		assertThat(agent.ask("value-class", "port", TypedData.of(81)))
			.containsExactly("values=Host(name=localhost),Port(number=81)");
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("value-class", "port", TypedData.of(0))).isEmpty();
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo("Not a port");
		}
	}

	@Test
	void nullableValueClassTakesNull() throws IOException {
		assertThat(agent.ask("nullable-value-class")).containsExactly("values=null");
		assertThat(agent.ask("nullable-value-class", "host", ADA)).containsExactly("values=Host(name=Ada)");
	}

	private static void assertFailure(String text, String message, Object... arguments) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask(message, arguments)).isEmpty();
			assertThat(log.warning().getFormattedMessage()).endsWith(" failed: " + text);
		}
	}

}
