/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how {@link SpoeConnectionHandler} answers NOTIFYs that come in fragments.
 */
class SpoeConnectionHandlerFragmentTests {

	private static final int FIN = 1;

	private static final int ABORT = 2;

	private static final byte[] PAYLOAD = payload("m", "text", "some text");

	private final RecordingMetrics metrics = new RecordingMetrics();

	private final List<SpoeExchange> detached = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "1, 1", "0, 1", "0, 0", "300, 2", "-1, -1" })
	void fragmentsAreAnsweredAsOne(long streamId, long frameId) {
		try (EmbeddedConnection connection = connect(this::copy)) {
			connection.receive(fragments(streamId, frameId, PAYLOAD, 5, 5, 12));
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.sent()).containsExactly(ack(streamId, frameId, "some text"));
		}
	}

	@Test
	void payloadIsCutAnywhere() {
		for (int first = 0; first <= PAYLOAD.length; first++) {
			for (int second = first; second <= PAYLOAD.length; second++) {
				try (EmbeddedConnection connection = connect(this::copy)) {
					connection.receive(fragments(1, 1, PAYLOAD, first, second));
					assertThat(connection.sent()).as("cut at %d and %d", first, second)
						.containsExactly(ack(1, 1, "some text"));
				}
			}
		}
	}

	@Test
	void framesAreFoundHoweverTheyAreSplit() {
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.notify(1, 1, PAYLOAD), fragments(3, 1, PAYLOAD, 4, 9),
				fragments(5, 1, PAYLOAD, 2), RawFrames.notify(7, 1, PAYLOAD));
		Object[] answers = { ack(1, 1, "some text"), ack(3, 1, "some text"), ack(5, 1, "some text"),
				ack(7, 1, "some text") };
		for (int split = 1; split < bytes.length; split++) {
			try (EmbeddedConnection connection = connect(this::copy)) {
				connection.receive(Arrays.copyOf(bytes, split));
				connection.receive(Arrays.copyOfRange(bytes, split, bytes.length));
				assertThat(connection.sent()).as("split at %d", split).containsExactly(answers);
			}
		}
		try (EmbeddedConnection connection = connect(this::copy)) {
			for (byte one : bytes) {
				connection.receive(new byte[] { one });
			}
			assertThat(connection.sent()).containsExactly(answers);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.6", "3.0" })
	void fragmentsOfHaproxyAreAnswered(String version) throws IOException {
		byte[] bytes = capture(version + "/fragmented.c2s.bin");
		SpoeDispatcher dispatcher = (exchange) -> {
			exchange.next();
			for (SpoeArgument argument : exchange.getMessage().getArguments()) {
				String text = argument.asString();
				exchange.getResponse()
					.setVar(SpoeScope.TRANSACTION, argument.getName(), text.matches("b+") ? (long) text.length() : -1);
			}
			exchange.complete();
		};
		for (int split = 1; split < bytes.length; split += 251) {
			try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher)) {
				connection.receive(Arrays.copyOf(bytes, split));
				connection.receive(Arrays.copyOfRange(bytes, split, bytes.length));
				assertThat(connection.sent()).as("split at %d", split)
					.containsExactly(new AgentHello("2.0", 16380, Set.of("pipelining", "fragmentation")),
							new Ack(0, 1, List.of(variable("id", 1), variable("one", 14000), variable("two", 14000))));
			}
		}
	}

	@Test
	void detachedExchangeKeepsThePayload() {
		try (EmbeddedConnection connection = connect((exchange) -> this.detached.add(exchange.detach()))) {
			connection.receive(fragments(1, 1, PAYLOAD, 5));
			connection.receive(fragments(3, 1, payload("m", "text", "other"), 5));
			assertThat(connection.sentBuffers()).isZero();
			this.detached.forEach(this::copy);
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(ack(1, 1, "some text"), ack(3, 1, "other"));
		}
	}

	@Test
	void abortedFragmentsAreNotAnswered() {
		try (EmbeddedConnection connection = connect(this::copy)) {
			connection.receive(RawFrames.frame(3, 0, 3, 1, PAYLOAD));
			connection.receive(RawFrames.hex("00 00 00 07 00 00 00 00 03 03 01"));
			assertThat(connection.sentBuffers()).isZero();
			connection.receive(RawFrames.notify(5, 1, PAYLOAD), fragments(7, 1, PAYLOAD, 5));
			assertThat(connection.sent()).containsExactly(ack(5, 1, "some text"), ack(7, 1, "some text"));
		}
	}

	@Test
	void firstFragmentThatIsAbortedIsNotAnswered() {
		try (EmbeddedConnection connection = connect(this::copy)) {
			connection.receive(RawFrames.frame(3, ABORT, 1, 1, PAYLOAD), RawFrames.notify(3, 1, PAYLOAD));
			assertThat(connection.sent()).containsExactly(ack(3, 1, "some text"));
		}
	}

	@Test
	void abortOfWhatIsNotFragmentedIsIgnored() {
		try (EmbeddedConnection connection = connect(this::copy)) {
			connection.receive(RawFrames.frame(3, FIN | ABORT, 1, 1, PAYLOAD));
			assertThat(connection.sent()).containsExactly(ack(1, 1, "some text"));
		}
	}

	static Stream<Arguments> intruders() {
		return Stream.of(Arguments.argumentSet("NOTIFY", StatusCode.INTERLACED_FRAMES, RawFrames.notify(3, 1, PAYLOAD)),
				Arguments.argumentSet("NOTIFY with the same ids", StatusCode.INTERLACED_FRAMES,
						RawFrames.notify(1, 1, PAYLOAD)),
				Arguments.argumentSet("NOTIFY without FIN", StatusCode.INTERLACED_FRAMES, RawFrames.frame(3, 0, 3, 1)),
				Arguments.argumentSet("UNSET of another stream", StatusCode.INTERLACED_FRAMES,
						RawFrames.frame(0, 0, 3, 1)),
				Arguments.argumentSet("UNSET of another frame", StatusCode.INTERLACED_FRAMES,
						RawFrames.frame(0, FIN, 1, 2)),
				Arguments.argumentSet("ABORT of another frame", StatusCode.INTERLACED_FRAMES,
						RawFrames.frame(0, FIN | ABORT, 1, 2)),
				Arguments.argumentSet("HAPROXY_HELLO", StatusCode.INVALID_FRAME,
						RawFrames.frame(FrameType.HAPROXY_HELLO)),
				Arguments.argumentSet("HAPROXY_DISCONNECT", StatusCode.NORMAL,
						RawFrames.frame(FrameType.HAPROXY_DISCONNECT)));
	}

	@ParameterizedTest
	@MethodSource("intruders")
	void otherFrameBetweenFragmentsEndsTheConnection(StatusCode status, Consumer<ByteWriter> intruder) {
		try (EmbeddedConnection connection = connect(this::copy)) {
			connection.receive(RawFrames.frame(3, 0, 1, 1, PAYLOAD), intruder, RawFrames.frame(0, FIN, 1, 1));
			assertThat(connection.sent()).containsExactly(new Disconnect(status));
		}
	}

	@Test
	void frameOfUnknownTypeBetweenFragmentsIsIgnored() {
		try (EmbeddedConnection connection = connect(this::copy)) {
			connection.receive(RawFrames.frame(3, 0, 1, 1, PAYLOAD), RawFrames.frame(200, FIN, 3, 1),
					RawFrames.frame(0, FIN, 1, 1));
			assertThat(connection.sent()).containsExactly(ack(1, 1, "some text"));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, FIN, ABORT, FIN | ABORT })
	void unsetThatContinuesNothingEndsTheConnection(int flags) {
		for (List<Consumer<ByteWriter>> before : List.<List<Consumer<ByteWriter>>>of(List.of(),
				List.of(RawFrames.notify(1, 1, PAYLOAD)), List.of(fragments(1, 1, PAYLOAD, 5)),
				List.of(RawFrames.frame(3, 0, 1, 1), RawFrames.frame(0, FIN | ABORT, 1, 1)))) {
			try (EmbeddedConnection connection = connect(this::copy)) {
				before.forEach(connection::receive);
				connection.sentBytes();
				connection.receive(RawFrames.frame(0, flags, 1, 1), RawFrames.notify(3, 1, PAYLOAD));
				assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NO_FRAME_ID));
			}
		}
	}

	@Test
	void unsetBeforeHelloIsRefused() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::copy)) {
			connection.receive(RawFrames.frame(0, FIN, 1, 1));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	@Test
	void malformedPayloadIsAnsweredWithoutVariables() {
		try (EmbeddedConnection connection = connect(this::copy)) {
			connection.receive(fragments(1, 1, Arrays.copyOf(PAYLOAD, PAYLOAD.length - 1), 5),
					fragments(3, 1, PAYLOAD, 5));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), ack(3, 1, "some text"));
		}
	}

	@Test
	void fragmentsUpToTheLimitAreAnswered() {
		try (EmbeddedConnection connection = connect(PAYLOAD.length, this::copy)) {
			connection.receive(fragments(1, 1, PAYLOAD, 5));
			assertThat(connection.sent()).containsExactly(ack(1, 1, "some text"));
			assertThat(this.metrics.faults).isEmpty();
		}
	}

	@Test
	void fragmentsBeyondTheLimitAreAnsweredWithoutVariables() {
		try (EmbeddedConnection connection = connect(PAYLOAD.length - 1, this::copy)) {
			connection.receive(fragments(1, 1, PAYLOAD, PAYLOAD.length - 1));
			connection.receive(fragments(3, 1, new byte[1000], 10, 20, 500, 800));
			connection.receive(fragments(5, 1, PAYLOAD, PAYLOAD.length));
			connection.receive(fragments(7, 1, payload("m", "text", "a text"), 5));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Ack(3, 1, List.of()),
					new Ack(5, 1, List.of()), ack(7, 1, "a text"));
			assertThat(this.metrics.faults).containsOnlyKeys(SpoeFault.NOTIFY_TOO_LARGE)
				.containsEntry(SpoeFault.NOTIFY_TOO_LARGE, 3);
			assertThat(this.metrics.notifies.get(SpoeOutcome.ERROR).count).isEqualTo(3);
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isOne();
		}
	}

	@Test
	void nothingIsAnsweredBeforeTheLastFragment() {
		try (EmbeddedConnection connection = connect(10, this::copy)) {
			connection.receive(RawFrames.frame(3, 0, 1, 1, PAYLOAD), RawFrames.frame(0, 0, 1, 1, PAYLOAD));
			assertThat(connection.sentBuffers()).isZero();
			connection.receive(RawFrames.frame(0, FIN, 1, 1));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
		}
	}

	@Test
	void notifyInOneFrameIsNotLimited() {
		try (EmbeddedConnection connection = connect(10, this::copy)) {
			connection.receive(RawFrames.notify(1, 1, PAYLOAD));
			assertThat(connection.sent()).containsExactly(ack(1, 1, "some text"));
		}
	}

	@Test
	void fragmentsAreCountedAsFramesAndOnceAsNotify() {
		try (EmbeddedConnection connection = connect(this::copy)) {
			int received = this.metrics.received;
			int sent = this.metrics.sent;
			connection.receive(fragments(1, 1, PAYLOAD, 5, 12));
			assertThat(this.metrics.received - received).isEqualTo(3);
			assertThat(this.metrics.sent - sent).isOne();
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isOne();
		}
	}

	@Test
	void drainAnswersFragmentsThatAreComplete() {
		try (EmbeddedConnection connection = connect((exchange) -> this.detached.add(exchange.detach()))) {
			connection.receive(RawFrames.notify(1, 1, PAYLOAD), RawFrames.frame(3, 0, 3, 1, PAYLOAD));
			connection.drain();
			connection.receive(RawFrames.frame(0, FIN, 3, 1));
			this.detached.forEach(this::copy);
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(ack(1, 1, "some text"), ack(3, 1, "some text"),
					new Disconnect(StatusCode.NORMAL));
		}
	}

	private EmbeddedConnection connect(SpoeDispatcher dispatcher) {
		return connect(SpoeServerLimits.DEFAULT.messageSize(), dispatcher);
	}

	private EmbeddedConnection connect(int messageSize, SpoeDispatcher dispatcher) {
		SpoeServerLimits limits = SpoeServerLimits.DEFAULT;
		return new EmbeddedConnection(new ConnectionSettings(dispatcher, this.metrics,
				EmbeddedConnection.MAX_FRAME_SIZE, true, new SpoeServerLimits(limits.connections(), limits.inFlight(),
						limits.inFlightPerConnection(), messageSize, limits.outboundSize()),
				SpoeServerTimeouts.DEFAULT))
			.hello();
	}

	// Answers each message with its arguments.
	private void copy(SpoeExchange exchange) {
		while (exchange.next()) {
			for (SpoeArgument argument : exchange.getMessage().getArguments()) {
				exchange.getResponse().setVar(SpoeScope.TRANSACTION, argument.getName(), argument.asString());
			}
		}
		exchange.complete();
	}

	private static byte[] payload(String message, String argument, String value) {
		byte[] frame = EmbeddedConnection
			.bytes(new Notify(1, 1, List.of(SpopTestClient.message(message, argument, TypedData.of(value))))::write);
		return Arrays.copyOfRange(frame, 11, frame.length);
	}

	/**
	 * Return a NOTIFY frame and UNSET frames.
	 * @param cuts where a fragment ends and the next starts
	 */
	private static Consumer<ByteWriter> fragments(long streamId, long frameId, byte[] payload, int... cuts) {
		return (out) -> {
			int start = 0;
			for (int i = 0; i <= cuts.length; i++) {
				int end = (i < cuts.length) ? cuts[i] : payload.length;
				RawFrames
					.frame((i == 0) ? 3 : 0, (i < cuts.length) ? 0 : FIN, streamId, frameId,
							Arrays.copyOfRange(payload, start, end))
					.accept(out);
				start = end;
			}
		};
	}

	private static byte[] capture(String name) throws IOException {
		try (InputStream in = SpoeConnectionHandlerFragmentTests.class.getResourceAsStream("/captures/" + name)) {
			return in.readAllBytes();
		}
	}

	private static Ack ack(long streamId, long frameId, String text) {
		return new Ack(streamId, frameId,
				List.of(new Ack.Action(VariableScope.TRANSACTION, "text", TypedData.of(text))));
	}

	private static Ack.Action variable(String name, int value) {
		return new Ack.Action(VariableScope.TRANSACTION, name, TypedData.of(value));
	}

}
