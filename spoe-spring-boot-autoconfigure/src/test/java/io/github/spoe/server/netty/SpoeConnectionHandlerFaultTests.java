/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SpoeConnectionHandler} counts, and how loud it is, when a peer is
 * not as it should be.
 */
class SpoeConnectionHandlerFaultTests {

	private static final Consumer<ByteWriter> MALFORMED = RawFrames.notify(3, 1, RawFrames.hex("01 61 01 01 62 0a"));

	private final LogRecorder log = LogRecorder.open(Level.INFO);

	private final RecordingMetrics metrics = new RecordingMetrics();

	private final List<String> handled = new ArrayList<>();

	private final ConnectionSettings settings = new ConnectionSettings(this::handle, this.metrics,
			EmbeddedConnection.MAX_FRAME_SIZE, true);

	@AfterEach
	void close() {
		this.log.close();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "name ends too early, '05 61 62', , 1, length", "no argument count, '02 61 62', ab, 1, frame ends",
			"no argument, '01 61 01', a, 1, frame ends",
			"more arguments claimed, '01 61 02 01 62 00', a, 1, frame ends",
			"fewer arguments claimed, '01 61 00 01 62 00 09', a, 3, length",
			"no type, '01 61 01 01 62', a, 1, frame ends", "reserved type 10, '01 61 01 01 62 0a', a, 1, reserved data",
			"reserved type 15, '01 61 01 01 62 ff', a, 1, reserved data",
			"string longer than the frame, '01 61 01 01 62 08 02 63', a, 1, length reaches beyond",
			"string of 2^63 bytes, '01 61 01 01 62 08 f0 f1 fe fe fe fe fe fe fe 06', a, 1, length reaches beyond",
			"address cut, '01 61 01 01 62 06 7f 00 00', a, 1, frame ends",
			"integer cut, '01 61 01 01 62 04 ff', a, 1, frame ends",
			"integer of 11 bytes, '01 61 01 01 62 04 ff ff ff ff ff ff ff ff ff ff 00', a, 1, integer does not fit",
			"second message, '01 61 00 01 62 01 01 63 0b', a, 2, reserved data",
			"name with a line break, '03 61 0a 62 01', a?b, 1, frame ends" })
	void malformedNotifyConcernsItselfOnly(String what, String payload, String name, int message, String text) {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notify(1, "before"), RawFrames.notify(3, 1, RawFrames.hex(payload)), notify(5, "after"));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Ack(3, 1, List.of()),
					new Ack(5, 1, List.of()));
			assertThat(connection.isOpen()).isTrue();
		}
		assertThat(this.handled).containsExactly("before", "after");
		assertThat(this.metrics.faults).containsOnly(Map.entry(SpoeFault.MALFORMED_NOTIFY, 1));
		String first = (name != null) ? " ('" + name + "' is the first)" : "";
		assertThat(this.log.warning().getFormattedMessage()).startsWith("NOTIFY from ")
			.contains(
					" is malformed in message " + message + first + " and is acknowledged without variables: " + text);
	}

	@Test
	void malformedNotifyLeavesThoseInFlightAlone() {
		List<SpoeExchange> detached = new ArrayList<>();
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> detached.add(exchange.detach()))
			.hello()) {
			connection.receive(notify(1, "slow"));
			connection.receive(MALFORMED);
			assertThat(connection.sent()).containsExactly(new Ack(3, 1, List.of()));
			assertThat(detached).hasSize(1);
			detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
		}
	}

	@Test
	void connectionsOfAServerShareTheLimitOfAWarning() {
		for (int i = 0; i < 10; i++) {
			try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
				connection.receive(MALFORMED, MALFORMED, MALFORMED, MALFORMED);
			}
		}
		assertThat(this.metrics.faults).containsOnly(Map.entry(SpoeFault.MALFORMED_NOTIFY, 40));
		assertThat(this.log.messages(Level.WARN)).hasSize(5);
	}

	@Test
	void oneKindOfWarningDoesNotHideAnother() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			for (int i = 0; i < 10; i++) {
				connection.receive(MALFORMED);
			}
			connection.receive(RawFrames.length(0));
			assertThat(this.log.messages(Level.WARN)).hasSize(6);
			assertThat(this.log.messages(Level.WARN).get(5)).contains("broke the protocol and is closed with status 4");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 6, 16385, -1 })
	void brokenProtocolIsCounted(int length) {
		for (int i = 0; i < 20; i++) {
			try (EmbeddedConnection connection = new EmbeddedConnection(this.settings)) {
				connection.receive(RawFrames.length(length));
			}
		}
		assertThat(this.metrics.faults).containsOnly(Map.entry(SpoeFault.PROTOCOL_ERROR, 20));
		assertThat(this.log.messages(Level.WARN)).hasSize(5)
			.allSatisfy((line) -> assertThat(line).contains("broke the protocol"));
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, 'GET /?token=s3cret HTTP/1.1\r\n\r\n'", "HTTP, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'",
			"TLS, '\26\3\1\2\0\1\0\1'", "the PROXY protocol, 'PROXY UNKNOWN\r\n'", "HTTP, 'POST'" })
	void otherProtocolIsOneLineThatSaysSo(String name, String request) {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings)) {
			for (byte each : request.getBytes(StandardCharsets.ISO_8859_1)) {
				connection.receive(new byte[] { each });
			}
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.FRAME_TOO_BIG));
			connection.channel().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
		}
		assertThat(this.metrics.faults).containsOnly(Map.entry(SpoeFault.PROTOCOL_ERROR, 1));
		assertThat(this.log.events(Level.INFO)).isEmpty();
		assertThat(this.log.warning().getFormattedMessage()).startsWith("Connection from ")
			.endsWith(" is closed: what it sent looks like " + name + " and not like SPOP");
	}

	@Test
	void helloThatClaimsTooMuchIsNoOtherProtocol() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive("GET / HTTP/1.1".getBytes(StandardCharsets.ISO_8859_1));
		}
		assertThat(this.log.warning().getFormattedMessage()).contains("broke the protocol");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2 })
	void usualDisconnectIsQuiet(long status) {
		disconnect(status);
		assertThat(this.log.everything()).isEmpty();
		assertThat(this.metrics.faults).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "3, frame is too big", "10, fragmentation not supported", "99, an unknown error occurred",
			"12345, an unknown error occurred", "-1, an unknown error occurred" })
	void otherDisconnectIsAWarning(long status, String text) {
		disconnect(status);
		assertThat(this.log.warning().getFormattedMessage()).startsWith("HAProxy at ")
			.endsWith(" disconnects with status " + Long.toUnsignedString(status) + ": " + text);
		for (int i = 0; i < 10; i++) {
			disconnect(status);
		}
		assertThat(this.log.messages(Level.WARN)).hasSize(5);
	}

	private void disconnect(long status) {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(RawFrames.frame(FrameType.HAPROXY_DISCONNECT, RawFrames.items("status-code",
					TypedData.of(status), "message", TypedData.of("text that nobody checked"))));
		}
	}

	private void handle(SpoeExchange exchange) {
		while (exchange.next()) {
			this.handled.add(exchange.getMessageName());
		}
		exchange.complete();
	}

	private static Consumer<ByteWriter> notify(long streamId, String message) {
		return new Notify(streamId, 1, List.of(SpopTestClient.message(message)))::write;
	}

}
