/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgs;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a parameter with {@link SpoeArgs @SpoeArgs} gets.
 */
class RecordBindingTests {

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(List.of("fallback.port=8080"), Handlers.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@Test
	void componentsAreArguments() throws IOException {
		assertThat(agent.ask("client", "src", TypedData.of(InetAddress.getByName("192.0.2.1")), "port",
				TypedData.of(443), "name", TypedData.of("a"), "weight", TypedData.of(7), "fallback", TypedData.of(80),
				"path", TypedData.of("\u00e4")))
			.containsExactly("value=Client[address=/192.0.2.1, port=443, name=Optional[a], weight=7, fallback=80, "
					+ "path=\u00c3\u00a4]");
	}

	@Test
	void componentsMayBeAbsent() throws IOException {
		assertThat(agent.ask("client", "src", TypedData.of("::1"), "port", TypedData.of(443), "weight", TypedData.NULL))
			.containsExactly("value=Client[address=/0:0:0:0:0:0:0:1, port=443, name=Optional.empty, weight=null, "
					+ "fallback=8080, path=null]");
	}

	@Test
	void componentsMayBeRecords() throws IOException {
		assertThat(agent.ask("request", "method", TypedData.of("GET"), "src", TypedData.of("192.0.2.1"), "port",
				TypedData.of(443), "ssl", TypedData.of(true)))
			.containsExactly("value=Request[method=GET, client=Client[address=/192.0.2.1, port=443, "
					+ "name=Optional.empty, weight=null, fallback=8080, path=null], tls=Tls[ssl=true]]");
	}

	@Test
	void typeMaySayIt() throws IOException {
		assertThat(agent.ask("tls", "ssl", TypedData.of(false))).containsExactly("value=Tls[ssl=false]");
	}

	@Test
	void constructorMayBeWrittenOut() throws IOException {
		assertThat(agent.ask("explicit", "renamed", TypedData.of(1)))
			.containsExactly("value=Explicit[value=2, text=null]");
	}

	@Test
	void constructorMayTakeAnyNumber() throws IOException {
		assertThat(agent.ask("names", "names", TypedData.of("a,b"))).containsExactly("value=[a, b]");
	}

	@Test
	void exceptionOfTheConstructorIsTheFailure() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("checked", "port", TypedData.of(0))).isEmpty();
			assertThat(log.warning().getThrowableProxy().getClassName())
				.isEqualTo(IllegalArgumentException.class.getName());
			assertThat(log.warning().getThrowableProxy().getMessage()).isEqualTo("No port");
		}
		assertThat(agent.ask("checked", "port", TypedData.of(1))).containsExactly("value=Checked[port=1]");
	}

	@Test
	void absentComponentIsTheFailure() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			assertThat(agent.ask("request", "method", TypedData.of("GET"), "src", TypedData.of("192.0.2.1"))).isEmpty();
			assertThat(log.warning().getFormattedMessage())
				.endsWith("' failed: Argument 'port' of message 'request' is absent (expected: int)");
		}
	}

	private static void answer(SpoeResponse response, Object value) {
		response.setVar(SpoeScope.TRANSACTION, "value", value.toString());
	}

	static class Handlers {

		@SpoeMessageHandler("client")
		void client(@SpoeArgs Client client, SpoeResponse response) {
			answer(response, client);
		}

		@SpoeMessageHandler("request")
		void request(SpoeResponse response, @SpoeArgs Request request) {
			answer(response, request);
		}

		@SpoeMessageHandler("tls")
		void tls(Tls tls, SpoeResponse response) {
			answer(response, tls);
		}

		@SpoeMessageHandler("explicit")
		void explicit(@SpoeArgs Explicit explicit, SpoeResponse response) {
			answer(response, explicit);
		}

		@SpoeMessageHandler("names")
		void names(@SpoeArgs Names names, SpoeResponse response) {
			answer(response, Arrays.asList(names.names()));
		}

		@SpoeMessageHandler("checked")
		void checked(@SpoeArgs Checked checked, SpoeResponse response) {
			answer(response, checked);
		}

	}

	record Client(@SpoeArg("src") InetAddress address, int port, Optional<String> name, @Nullable Integer weight,
			@SpoeArg(defaultValue = "${fallback.port}") int fallback,
			@SpoeArg(required = false, charset = "ISO_8859_1") String path) {

	}

	record Request(String method, @SpoeArgs Client client, Tls tls) {

	}

	@SpoeArgs
	record Tls(boolean ssl) {

	}

	record Explicit(@SpoeArg("renamed") int value, @SpoeArg(required = false) String text) {

		Explicit(int value, String text) {
			this.value = value + 1;
			this.text = text;
		}

	}

	record Names(String... names) {

	}

	private record Checked(int port) {

		Checked {
			if (port < 1) {
				throw new IllegalArgumentException("No port");
			}
		}

	}

}
