/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for how {@link SpoeConnectionHandler} answers NOTIFYs.
 */
class SpoeConnectionHandlerNotifyTests {

	private final List<SpoeExchange> detached = new ArrayList<>();

	@Test
	void notifyIsAnsweredWithVariables() {
		SpoeDispatcher dispatcher = (exchange) -> {
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "ip_score", 77);
			exchange.complete();
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(300, 2, "check-client-ip"));
			assertThat(connection.sentBytes()).isEqualTo(
					RawFrames.hex("00 00 00 16 67 00 00 00 01 fc 03 02 01 03 02 08 69 70 5f 73 63 6f 72 65 02 4d"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 0", "0, 0", "239, 240", "264432, 264432", "33818864, 264432", "2287, 2288",
			"4294967296, 1", "9223372036854775807, 2", "-9223372036854775808, 3", "-1, -1" })
	void idsAreRepeated(long streamId, long frameId) {
		List<SpoeContext> contexts = new ArrayList<>();
		SpoeDispatcher dispatcher = (exchange) -> {
			contexts.add(exchange.getContext());
			exchange.complete();
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(streamId, frameId, "m"));
			assertThat(connection.sent()).containsExactly(new Ack(streamId, frameId, List.of()));
			assertThat(contexts)
				.containsExactly(new SpoeContext(streamId, frameId, "engine", connection.channel().remoteAddress()));
		}
	}

	@Test
	void engineIdIsNullIfHaproxyDoesNotTellIt() {
		List<SpoeContext> contexts = new ArrayList<>();
		SpoeDispatcher dispatcher = (exchange) -> {
			contexts.add(exchange.getContext());
			exchange.complete();
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher)) {
			connection.receive(new HaproxyHello("2.0", 16380, Set.of(), null, false)::write, notify(1, 1, "m"));
			assertThat(contexts).extracting(SpoeContext::engineId).containsOnlyNulls();
		}
	}

	@Test
	void messagesAreVisitedInTheOrderOfTheWire() {
		Notify notify = new Notify(1, 1, List.of(SpopTestClient.message("a"),
				SpopTestClient.message("b", "x", TypedData.NULL), SpopTestClient.message("a", "y", TypedData.of(1))));
		try (EmbeddedConnection connection = new EmbeddedConnection(this::nameMessages).hello()) {
			connection.receive(notify::write);
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of(variable("message", "message 'a'"),
					variable("message", "message 'b'"), variable("message", "message 'a'"))));
		}
	}

	@Test
	void notifyWithoutMessagesIsAnswered() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::nameMessages).hello()) {
			connection.receive(RawFrames.notify(1, 1));
			assertThat(connection.sentBytes()).isEqualTo(RawFrames.hex("00 00 00 07 67 00 00 00 01 01 01"));
		}
	}

	@Test
	void rollbackDropsTheVariablesOfTheCurrentMessage() {
		SpoeDispatcher dispatcher = (exchange) -> {
			while (exchange.next()) {
				exchange.getResponse().setVar(SpoeScope.TRANSACTION, exchange.getMessage().getName(), true);
				if (exchange.getMessage().getName().equals("b")) {
					exchange.rollback();
				}
			}
			exchange.complete();
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a", "b", "c"));
			assertThat(connection.sent())
				.containsExactly(new Ack(1, 1, List.of(variable("a", true), variable("c", true))));
		}
	}

	@Test
	void notifysOfOneReadAreAnsweredInOneBuffer() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::nameMessages).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"), notify(5, 1, "c"));
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.flushes()).isOne();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of(variable("message", "message 'a'"))),
					new Ack(3, 1, List.of(variable("message", "message 'b'"))),
					new Ack(5, 1, List.of(variable("message", "message 'c'"))));
		}
	}

	@Test
	void nothingIsSentBeforeTheReadIsComplete() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::nameMessages).hello()) {
			connection.receivePart(EmbeddedConnection.bytes(notify(1, 1, "a")));
			connection.receivePart(EmbeddedConnection.bytes(notify(3, 1, "b")));
			assertThat(connection.sentBuffers()).isZero();
			connection.endRead();
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.flushes()).isOne();
			assertThat(connection.sent()).hasSize(2);
		}
	}

	@Test
	void readThatCompletesNoFrameSendsNothing() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::nameMessages).hello()) {
			connection.receive(RawFrames.hex("00 00 00 20 03"));
			assertThat(connection.sentBuffers()).isZero();
			assertThat(connection.flushes()).isZero();
		}
	}

	@Test
	void detachedExchangesAreAnsweredInAnyOrder() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"), notify(5, 1, "c"));
			assertThat(connection.sentBuffers()).isZero();
			this.detached.get(2).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(5, 1, List.of()));
			this.detached.get(1).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(3, 1, List.of()));
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
		}
	}

	@Test
	void detachedExchangesAreAnsweredWithOneFlush() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"), notify(5, 1, "c"));
			assertThat(connection.flushes()).isZero();
			CompletableFuture.runAsync(() -> this.detached.forEach(this::nameMessages)).join();
			assertThat(connection.sentBuffers()).isZero();
			connection.runTasks();
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.flushes()).isOne();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of(variable("message", "message 'a'"))),
					new Ack(3, 1, List.of(variable("message", "message 'b'"))),
					new Ack(5, 1, List.of(variable("message", "message 'c'"))));
		}
	}

	@Test
	void exchangeThatIsCompletedBeforeTheReadIsAnsweredWithIt() {
		SpoeDispatcher dispatcher = (exchange) -> {
			boolean inline = exchange.getContext().streamId() == 3;
			(inline ? exchange : exchange.detach()).complete();
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"));
			assertThat(connection.flushes()).isOne();
			assertThat(connection.sent()).containsExactlyInAnyOrder(new Ack(1, 1, List.of()), new Ack(3, 1, List.of()));
		}
	}

	@Test
	void detachedExchangeDoesNotHoldUpOthers() {
		SpoeDispatcher dispatcher = (exchange) -> {
			if (exchange.getContext().streamId() == 3) {
				exchange.getResponse().setVar(SpoeScope.TRANSACTION, "early", true);
				this.detached.add(exchange.detach());
			}
			else {
				exchange.complete();
			}
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"), notify(5, 1, "c"));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Ack(5, 1, List.of()));
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(3, 1, List.of(variable("early", true))));
		}
	}

	@Test
	void detachedExchangeGoesOnWhereTheInlineOneWas() {
		SpoeDispatcher dispatcher = (exchange) -> {
			exchange.next();
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "one", true);
			exchange.next();
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "two", true);
			this.detached.add(exchange.detach());
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a", "b", "c"));
			connection.receive(notify(3, 1, "other", "bytes", "here"));
			SpoeExchange exchange = this.detached.get(0);
			assertThat(exchange.detach()).isSameAs(exchange);
			assertThat(exchange.getContext())
				.isEqualTo(new SpoeContext(1, 1, "engine", connection.channel().remoteAddress()));
			assertThat(exchange.getMessage().getName()).isEqualTo("b");
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "three", true);
			exchange.rollback();
			assertThat(exchange.next()).isTrue();
			SpoeMessage last = exchange.getMessage();
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "four", true);
			assertThat(exchange.next()).isFalse();
			exchange.complete();
			connection.runTasks();
			assertThat(connection.sent())
				.containsExactly(new Ack(1, 1, List.of(variable("one", true), variable("four", true))));
			assertThat(last.getName()).isEqualTo("c");
		}
	}

	@Test
	void detachedExchangeIsNotChangedByLaterFrames() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(
					new Notify(1, 1, List.of(SpopTestClient.message("first", "text", TypedData.of("kept"))))::write);
			connection.receive(
					new Notify(3, 1, List.of(SpopTestClient.message("other", "more", TypedData.of("else"))))::write);
			SpoeExchange exchange = this.detached.get(0);
			assertThat(exchange.next()).isTrue();
			assertThat(exchange.getMessage().getName()).isEqualTo("first");
			assertThat(exchange.getMessage().getArgument("text").asString()).isEqualTo("kept");
			assertThat(exchange.next()).isFalse();
		}
	}

	@Test
	void tasksRunOnTheEventLoop() {
		List<String> ran = new ArrayList<>();
		SpoeDispatcher dispatcher = (exchange) -> {
			exchange.getEventLoop().execute(() -> ran.add("inline"));
			SpoeExchange copy = exchange.detach();
			copy.getEventLoop().execute(() -> ran.add("detached"));
			assertThat(ran).isEmpty();
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a"));
			connection.runTasks();
			assertThat(ran).containsExactly("inline", "detached");
		}
	}

	@Test
	void exchangeIsCompletedOnce() {
		SpoeDispatcher dispatcher = (exchange) -> {
			exchange.complete();
			assertThatIllegalStateException().isThrownBy(exchange::complete);
			assertThatIllegalStateException().isThrownBy(exchange::detach);
			assertThatIllegalStateException().isThrownBy(exchange::rollback);
			assertThatIllegalStateException().isThrownBy(exchange::getResponse);
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a"));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
		}
	}

	@Test
	void detachedExchangeIsCompletedOnce() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(notify(1, 1, "a"));
			SpoeExchange exchange = this.detached.get(0);
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "kept", true);
			exchange.complete();
			assertThatIllegalStateException().isThrownBy(exchange::complete);
			assertThatIllegalStateException().isThrownBy(exchange::rollback);
			assertThatIllegalStateException()
				.isThrownBy(() -> exchange.getResponse().setVar(SpoeScope.TRANSACTION, "late", true));
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of(variable("kept", true))));
		}
	}

	@Test
	void inlineExchangeIsNotUsedOnceItIsDetached() {
		AtomicBoolean asserted = new AtomicBoolean();
		SpoeDispatcher dispatcher = (exchange) -> {
			exchange.next();
			SpoeResponse response = exchange.getResponse();
			this.detached.add(exchange.detach());
			assertThatIllegalStateException().isThrownBy(exchange::complete);
			assertThatIllegalStateException().isThrownBy(exchange::detach);
			assertThatIllegalStateException().isThrownBy(exchange::next);
			assertThatIllegalStateException().isThrownBy(() -> response.setVar(SpoeScope.TRANSACTION, "late", true));
			asserted.set(true);
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a", "b"));
			// What is thrown by the dispatcher does not come here.
			assertThat(asserted).isTrue();
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 100, 104, 255 })
	void frameOfUnknownTypeIsIgnored(int type) {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.frame(type, 1, 1, 1, new byte[20]), RawFrames.frame(type, 0, 1, 1),
					notify(3, 1, "a"));
			assertThat(connection.sent()).containsExactly(new Ack(3, 1, List.of()));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 101, 102, 103 })
	void frameOfUnexpectedTypeEndsTheConnection(int type) {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(notify(1, 1, "a"), RawFrames.frame(type, 1, 3, 1), notify(5, 1, "a"));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()),
					new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	@Test
	void reservedFlagsAreIgnored() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.frame(3, 0xFFFFFFFD, 1, 1));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 0", "2, 0", "2, 2", "103, 0" })
	void fragmentOfWhatIsNoNotifyEndsTheConnection(int type, int flags) {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.frame(type, flags, 1, 1), notify(3, 1, "a"));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NO_FRAGMENTATION));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "01", "01 61", "02 61", "01 61 01", "01 61 01 01 62", "01 61 01 01 62 0a",
			"01 61 01 01 62 06 7f 00 00", "01 61 01 01 62 08 02 63", "01 61 00 01", "01 61 02 01 62 00",
			"ff ff ff ff ff ff ff ff ff ff 00", "f0 f1 fe fe fe fe fe fe fe 06" })
	void malformedPayloadIsAnsweredWithoutVariables(String payload) {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::nameMessages).hello()) {
			connection.receive(notify(1, 1, "a"), RawFrames.notify(3, 1, RawFrames.hex(payload)), notify(5, 1, "c"));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of(variable("message", "message 'a'"))),
					new Ack(3, 1, List.of()), new Ack(5, 1, List.of(variable("message", "message 'c'"))));
			assertThat(connection.isOpen()).isTrue();
		}
	}

	@Test
	void idsThatReachBeyondTheFrameEndTheConnection() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.hex("00 00 00 07 03 00 00 00 01 01 ff"));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	@Test
	void dispatcherThatThrowsIsAnsweredFor() {
		SpoeDispatcher dispatcher = (exchange) -> {
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "early", true);
			throw new AssertionError("on purpose");
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of(variable("early", true))),
					new Ack(3, 1, List.of(variable("early", true))));
			assertThat(connection.isOpen()).isTrue();
		}
	}

	@Test
	void dispatcherThatThrowsLateIsNotAnsweredForTwice() {
		SpoeDispatcher dispatcher = (exchange) -> {
			if (exchange.getContext().streamId() == 1) {
				this.detached.add(exchange.detach());
			}
			else {
				exchange.complete();
			}
			throw new IllegalStateException("on purpose");
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"));
			assertThat(connection.sent()).containsExactly(new Ack(3, 1, List.of()));
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
		}
	}

	@Test
	void dispatcherThatForgetsToCompleteIsAnsweredFor() {
		SpoeDispatcher dispatcher = (exchange) -> {
			if (exchange.getContext().streamId() != 1) {
				exchange.complete();
			}
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello()) {
			connection.receive(notify(1, 1, "a"), notify(3, 1, "b"));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Ack(3, 1, List.of()));
		}
	}

	@ParameterizedTest
	@CsvSource({ "256, 255, 240", "16380, 16379, 16363", "16384, 16383, 16367", "16385, 16384, 16368" })
	void ackIsSmallerThanTheBufferOfHaproxy(int offered, int greatest, int valueSize) {
		SpoeDispatcher dispatcher = (exchange) -> {
			SpoeResponse response = exchange.getResponse();
			assertThatIllegalStateException()
				.isThrownBy(() -> response.setVar(SpoeScope.TRANSACTION, "v", new byte[valueSize + 1]));
			response.setVar(SpoeScope.TRANSACTION, "v", new byte[valueSize]);
			exchange.complete();
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(dispatcher).hello(offered)) {
			connection.receive(notify(1, 1, "a"));
			assertThat(connection.sentBytes()).hasSize(Integer.BYTES + greatest);
		}
	}

	@Test
	void framesAreFoundHoweverTheyAreSplit() {
		byte[] hello = EmbeddedConnection
			.bytes(new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false)::write);
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.bytes(hello), notify(1, 1, "a", "b"),
				RawFrames.frame(200, 1, 1, 1, new byte[3]), notify(300, 1), RawFrames.notify(5, 1, (byte) 1),
				(out) -> new Disconnect(StatusCode.NORMAL).write(out, FrameType.HAPROXY_DISCONNECT));
		byte[] answer = answer(bytes);
		for (int split = 1; split < bytes.length; split++) {
			assertThat(answer(Arrays.copyOf(bytes, split), Arrays.copyOfRange(bytes, split, bytes.length)))
				.as("split at %d", split)
				.isEqualTo(answer);
		}
		byte[][] single = new byte[bytes.length][];
		Arrays.setAll(single, (i) -> new byte[] { bytes[i] });
		assertThat(answer(single)).isEqualTo(answer);
	}

	private byte[] answer(byte[]... reads) {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::nameMessages)) {
			for (byte[] read : reads) {
				connection.receive(read);
			}
			return connection.sentBytes();
		}
	}

	@Test
	void peerThatDoesNotReadIsNotRead() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
			connection.block();
			connection.receive(notify(1, 1, "a"));
			assertThat(connection.reads()).isPositive();
			connection.receive(notify(3, 1, "b"));
			assertThat(connection.reads()).isZero();
			connection.unblock();
			assertThat(connection.reads()).isPositive();
			connection.receive(notify(5, 1, "c"));
			assertThat(connection.reads()).isPositive();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Ack(3, 1, List.of()),
					new Ack(5, 1, List.of()));
		}
	}

	private static Consumer<ByteWriter> notify(long streamId, long frameId, String... messages) {
		return new Notify(streamId, frameId, Arrays.stream(messages).map(SpopTestClient::message).toList())::write;
	}

	private static Ack.Action variable(String name, String value) {
		return new Ack.Action(VariableScope.TRANSACTION, name, TypedData.of(value));
	}

	private static Ack.Action variable(String name, boolean value) {
		return new Ack.Action(VariableScope.TRANSACTION, name, TypedData.of(value));
	}

	private void nameMessages(SpoeExchange exchange) {
		while (exchange.next()) {
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "message", exchange.getMessage().toString());
		}
		exchange.complete();
	}

	private void detach(SpoeExchange exchange) {
		this.detached.add(exchange.detach());
	}

}
