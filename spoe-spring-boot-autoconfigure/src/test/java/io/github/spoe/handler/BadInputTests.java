/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for input that is not what a handler expects: what is said about it, and the ACK
 * that follows, with the variables of the other messages.
 */
class BadInputTests {

	private static final String GOOD_MESSAGE = "04 676f6f64 00";

	private static final Map<SpoeExecution, Agent> agents = new EnumMap<>(SpoeExecution.class);

	@BeforeAll
	static void start() throws IOException {
		for (SpoeExecution execution : List.of(SpoeExecution.EVENT_LOOP, SpoeExecution.WORKER)) {
			agents.put(execution, Agent.start(List.of("spoe.server.handler.execution=" + execution), Handlers.class));
		}
	}

	@AfterAll
	static void stop() throws IOException {
		for (Agent agent : agents.values()) {
			agent.close();
		}
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("failures")
	void failsAlone(SpoeExecution execution, String what, Notify.Message bad, String text) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			Notify.Message good = SpopTestClient.message("good");
			assertThat(agents.get(execution).ask(good, bad, good)).containsExactly("good=good", "good=good");
			assertThat(log.warning().getFormattedMessage())
				.startsWith("Message '" + bad.name() + "' is acknowledged without variables: method '")
				.endsWith("' failed: Argument 'value' of message '" + bad.name() + "' is " + text);
			assertThat(log.warning().getThrowableProxy()).isNull();
		}
	}

	static Stream<Arguments> failures() {
		List<Arguments> failures = new ArrayList<>();
		for (SpoeExecution execution : agents.keySet()) {
			cases().forEach((failure) -> failures.add(Arguments.of(execution, failure[0], failure[1], failure[2])));
		}
		return failures.stream();
	}

	private static Stream<Object[]> cases() {
		return Stream.of(failure("wrong type", "int", TypedData.of(true), "BOOL and cannot be converted to int"),
				failure("wrong type for bytes", "bytes", TypedData.of(1), "INT64 (expected: BINARY or STRING)"),
				failure("wrong text", "int", TypedData.of("x"), "STRING and cannot be converted to int"),
				failure("missing", "int", null, "absent (expected: int)"),
				failure("NULL", "int", TypedData.NULL, "NULL (expected: int)"),
				failure("empty", "uuid", TypedData.of(""),
						"STRING and is converted to null (expected: java.util.UUID)"),
				failure("too large for an int", "port", TypedData.of(1L << 31), "INT64 and does not fit in an int"),
				failure("too large for a byte", "byte", TypedData.of(128), "INT64 and cannot be converted to byte"),
				failure("too large for a long", "long", new TypedData(DataType.UINT64, -1L),
						"UINT64 and does not fit in a long"),
				failure("too large a text", "uuid", TypedData.of("1".repeat(15_000)),
						"STRING and cannot be converted to java.util.UUID"),
				failure("host name", "address", TypedData.of("localhost"),
						"STRING and no address (expected: IPV4, IPV6 or an address as STRING)"),
				failure("host name in a list", "addresses", TypedData.of("127.0.0.1,localhost"),
						"STRING and cannot be converted to java.util.List<java.net.InetAddress>"),
				failure("header block cut short", "headers", TypedData.of(new byte[] { 1, 'a', 2, 'b' }),
						"BINARY, and its header block is cut short"),
				failure("header block without end", "headers", TypedData.of(new byte[] { 1, 'a', 1, 'b' }),
						"BINARY, and its header block is cut short"),
				failure("header lines cut short", "headers", TypedData.of("a: b\r\n"),
						"STRING, and its header block is cut short"),
				failure("header block with more behind it", "headers", TypedData.of(new byte[] { 0, 0, 1 }),
						"BINARY, and its header block goes on after its end"),
				failure("header without a name", "headers", TypedData.of("b\r\n\r\n"),
						"STRING, and its header block has a header without a name"));
	}

	private static Object[] failure(String what, String message, TypedData value, String text) {
		Object[] arguments = (value != null) ? new Object[] { "value", value } : new Object[0];
		return new Object[] { what, SpopTestClient.message(message, arguments), text };
	}

	@ParameterizedTest
	@EnumSource(names = { "EVENT_LOOP", "WORKER" })
	void duplicateName(SpoeExecution execution) throws IOException {
		Object[] duplicates = { "value", TypedData.of(1), "value", TypedData.of("x"), "value", TypedData.NULL };
		assertThat(agents.get(execution).ask("int", duplicates)).containsExactly("int=1");
		assertThat(agents.get(execution).ask("whole", duplicates))
			.containsExactly("whole=[value=1, value=x, value=null]");
		// The first one is taken though another would do.
		assertThat(agents.get(execution).ask("int", "value", TypedData.NULL, "value", TypedData.of(1))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "EVENT_LOOP", "WORKER" })
	void emptyName(SpoeExecution execution) throws IOException {
		assertThat(agents.get(execution).ask("whole", "", TypedData.of(1), "", TypedData.of(2)))
			.containsExactly("whole=[=1, =2]");
		assertThat(agents.get(execution).ask("int", "", TypedData.of(1), "value", TypedData.of(2)))
			.containsExactly("int=2");
	}

	@ParameterizedTest
	@EnumSource(names = { "EVENT_LOOP", "WORKER" })
	void mostArguments(SpoeExecution execution) throws IOException {
		Object[] arguments = new Object[2 * 255];
		for (int i = 0; i < arguments.length; i += 2) {
			arguments[i] = (i < arguments.length - 2) ? "other" + i : "value";
			arguments[i + 1] = TypedData.of(i);
		}
		assertThat(agents.get(execution).ask("int", arguments)).containsExactly("int=508");
		assertThat(agents.get(execution).ask("count", arguments)).containsExactly("count=255");
	}

	@ParameterizedTest
	@EnumSource(names = { "EVENT_LOOP", "WORKER" })
	void notUtf8(SpoeExecution execution) throws IOException {
		// As value, as name of an argument, and as name of a message.
		String value = hex("text") + "01" + hex("value") + "08 03 61 ff 62";
		String name = hex("whole") + "01" + "02 61 ff 11";
		String message = "02 61 ff 00";
		assertThat(ask(execution, GOOD_MESSAGE + value + name + message + GOOD_MESSAGE)).containsExactly("good=good",
				"text=a\ufffdb", "whole=[a\ufffd=true]", "good=good");
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(ask(execution, GOOD_MESSAGE + hex("number") + "01" + hex("value") + "08 01 ff"))
				.containsExactly("good=good");
			assertThat(log.warning().getFormattedMessage())
				.endsWith("' failed: Argument 'value' of message 'number' is STRING and cannot be converted to int");
		}
	}

	private static List<String> ask(SpoeExecution execution, String payload) throws IOException {
		SpopTestClient client = agents.get(execution).client();
		client.send(RawFrames.notify(1, 1, RawFrames.hex(payload)));
		return Agent.variables(client.readAck());
	}

	private static String hex(String text) {
		return HexFormat.of().toHexDigits((byte) text.length())
				+ HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
	}

	static class Handlers {

		@SpoeMessageHandler("good")
		void good(SpoeResponse response) {
			answer(response, "good", "good");
		}

		// The log of each message has a limit.
		@SpoeMessageHandler({ "int", "port", "number" })
		void integer(@SpoeArg int value, SpoeResponse response) {
			answer(response, "int", value);
		}

		@SpoeMessageHandler("byte")
		void singleByte(SpoeResponse response, @SpoeArg byte value) {
			answer(response, "byte", value);
		}

		@SpoeMessageHandler("long")
		void longInteger(@SpoeArg long value, SpoeResponse response) {
			answer(response, "long", value);
		}

		@SpoeMessageHandler("bytes")
		void bytes(@SpoeArg byte[] value, SpoeResponse response) {
			answer(response, "bytes", value);
		}

		@SpoeMessageHandler("text")
		void text(@SpoeArg String value, SpoeResponse response) {
			answer(response, "text", value);
		}

		@SpoeMessageHandler("uuid")
		void uuid(@SpoeArg UUID value, SpoeResponse response) {
			answer(response, "uuid", value);
		}

		@SpoeMessageHandler("address")
		void address(@SpoeArg InetAddress value, SpoeResponse response) {
			answer(response, "address", value);
		}

		@SpoeMessageHandler("addresses")
		void addresses(@SpoeArg List<InetAddress> value, SpoeResponse response) {
			answer(response, "addresses", value);
		}

		@SpoeMessageHandler("headers")
		void headers(@SpoeArg HttpHeaders value, SpoeResponse response) {
			answer(response, "headers", value);
		}

		@SpoeMessageHandler("whole")
		void whole(SpoeMessage message, SpoeResponse response) {
			answer(response, "whole",
					message.getArguments()
						.stream()
						.map((argument) -> argument.getName() + "=" + argument.getValue())
						.toList());
		}

		@SpoeMessageHandler("count")
		void count(SpoeMessage message, SpoeResponse response) {
			answer(response, "count", message.getArguments().stream().map(SpoeArgument::getName).distinct().count());
		}

		private static void answer(SpoeResponse response, String name, Object value) {
			response.setVar(SpoeScope.TRANSACTION, name, value.toString());
		}

	}

}
