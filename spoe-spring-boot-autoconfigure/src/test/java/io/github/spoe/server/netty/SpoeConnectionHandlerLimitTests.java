/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeScope;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what bounds the memory that a connection of {@link SpoeConnectionHandler}
 * takes.
 */
class SpoeConnectionHandlerLimitTests {

	private static final int IN_FLIGHT = 3;

	private static final int OUTBOUND = 1000;

	private static final int READ = 64 * 1024;

	private final RecordingMetrics metrics = new RecordingMetrics();

	private final ConnectionSettings settings = settings(this::detach);

	private final List<SpoeExchange> detached = new ArrayList<>();

	@Test
	void framesWaitWhenAsManyAreInFlightAsMayBe() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 6));
			assertThatInFlight(1, 2, 3);
			assertThat(isRead(connection)).isFalse();
			connection.runTasks();
			assertThat(connection.sent()).isEmpty();
			complete(connection, 2);
			assertThat(streams(connection)).containsExactly(2L);
			assertThatInFlight(1, 3, 4);
			assertThat(isRead(connection)).isFalse();
			complete(connection, 1);
			complete(connection, 3);
			assertThatInFlight(4, 5, 6);
			assertThat(isRead(connection)).isFalse();
			complete(connection, 4);
			assertThat(isRead(connection)).isTrue();
			assertThat(streams(connection)).containsExactly(1L, 3L, 4L);
			connection.receive(notifys(7, 7));
			assertThatInFlight(5, 6, 7);
			assertThat(isRead(connection)).isFalse();
		}
		assertThat(this.metrics.received).isEqualTo(1 + 7);
	}

	@Test
	void framesThatNeedNoWorkerWaitInTheirOrder() {
		SpoeDispatcher dispatcher = (exchange) -> {
			if (exchange.getContext().streamId() <= IN_FLIGHT) {
				detach(exchange);
			}
			else {
				exchange.complete();
			}
		};
		try (EmbeddedConnection connection = new EmbeddedConnection(settings(dispatcher)).hello()) {
			connection.receive(notifys(1, 50));
			assertThat(connection.sent()).isEmpty();
			connection.flushes();
			complete(connection, 1);
			assertThat(connection.flushes()).isOne();
			assertThat(streams(connection)).hasSize(48).startsWith(1L, 4L, 5L).endsWith(49L, 50L);
			assertThat(isRead(connection)).isTrue();
		}
	}

	@Test
	void partOfAFrameBehindThoseThatWaitIsKept() {
		byte[] bytes = EmbeddedConnection.bytes(notifys(1, 5));
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(Arrays.copyOf(bytes, bytes.length - 2));
			complete(connection, 1);
			assertThatInFlight(2, 3, 4);
			complete(connection, 2);
			assertThat(isRead(connection)).isTrue();
			connection.receive(Arrays.copyOfRange(bytes, bytes.length - 2, bytes.length));
			assertThatInFlight(3, 4, 5);
		}
	}

	// Or a handler that is done at once, though not inline, would stop all for nothing.
	@Test
	void whatIsCompletedDuringTheReadMakesRoom() {
		SpoeDispatcher dispatcher = (exchange) -> exchange.detach().complete();
		try (EmbeddedConnection connection = new EmbeddedConnection(settings(dispatcher)).hello()) {
			connection.receive(notifys(1, 20));
			assertThat(connection.flushes()).isOne();
			assertThat(streams(connection)).hasSize(20);
			assertThat(isRead(connection)).isTrue();
		}
	}

	@Test
	void timeOfAFrameThatWaitsCounts() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 4));
			long read = System.nanoTime();
			LockSupport.parkNanos(5_000_000);
			long waited = System.nanoTime() - read;
			for (long stream = 1; stream <= 4; stream++) {
				complete(connection, stream);
			}
			RecordingMetrics.Recorded notifys = this.metrics.notifies.get(SpoeOutcome.SUCCESS);
			assertThat(notifys.count).isEqualTo(4);
			assertThat(notifys.total).isGreaterThan(4 * waited);
			assertThat(this.metrics.activeNotifies).isZero();
		}
	}

	@Test
	void brokenFrameThatWaitsEndsTheConnectionWhenItsTurnComes() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 3), RawFrames.length(0));
			assertThat(connection.sent()).isEmpty();
			complete(connection, 3);
			assertThat(connection.sent()).containsExactly(new Ack(3, 1, List.of()),
					new Disconnect(StatusCode.INVALID_FRAME));
			assertThat(isRead(connection)).isTrue();
			complete(connection, 1);
			assertThat(connection.sent()).isEmpty();
		}
	}

	@Test
	void disconnectThatWaitsIsAnsweredWhenItsTurnComes() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 3), RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			assertThat(connection.sent()).isEmpty();
			complete(connection, 2);
			assertThat(connection.sent()).containsExactly(new Ack(2, 1, List.of()), new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void drainAnswersFramesThatWait() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 5));
			connection.drain();
			assertThat(connection.sent()).isEmpty();
			// From then on nothing more is read, but this was received before.
			connection.advanceTime(1000);
			for (SpoeExchange exchange : List.copyOf(this.detached)) {
				this.detached.remove(exchange);
				exchange.complete();
			}
			connection.runTasks();
			assertThat(streams(connection)).containsExactly(1L, 2L, 3L);
			assertThatInFlight(4, 5);
			assertThat(isRead(connection)).isFalse();
			complete(connection, 4);
			assertThat(streams(connection)).containsExactly(4L);
			complete(connection, 5);
			assertThat(connection.sent()).containsExactly(new Ack(5, 1, List.of()), new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void drainAnswersTheRestOfAReadThatIsAnsweredAtOnce() {
		SpoeDispatcher dispatcher = (exchange) -> exchange.detach().complete();
		try (EmbeddedConnection connection = new EmbeddedConnection(settings(dispatcher)).hello()) {
			connection.drain();
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NORMAL));
		}
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 1));
			connection.drain();
			this.detached.remove(0).complete();
			connection.receivePart(EmbeddedConnection.bytes(notifys(2, 5)));
			connection.endRead();
			for (long stream = 2; stream <= 5; stream++) {
				complete(connection, stream);
			}
			List<Object> sent = connection.sent();
			assertThat(sent).hasSize(6).endsWith(new Ack(5, 1, List.of()), new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void drainAnswersFramesThatWaitForThePeerToRead() {
		int frames = 40;
		try (EmbeddedConnection connection = new EmbeddedConnection(settings(this::answer100Bytes)).hello()) {
			connection.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(OUTBOUND / 2, OUTBOUND));
			connection.block();
			connection.receive(notifys(1, frames));
			connection.drain();
			connection.unblock();
			connection.runTasks();
			assertThat(connection.sent()).hasSize(frames + 1).endsWith(new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void terminateThrowsFramesAwayThatWait() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 5));
			connection.channel().pipeline().fireUserEventTriggered(SpoeConnectionHandler.TERMINATE);
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NORMAL));
			assertThat(isRead(connection)).isTrue();
			complete(connection, 1);
			connection.receive(notifys(6, 9));
			assertThatInFlight(2, 3);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1000);
			assertThat(connection.isOpen()).isFalse();
		}
		assertThat(this.metrics.activeNotifies).isZero();
	}

	@Test
	void closeThrowsFramesAwayThatWait() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 5));
			connection.channel().close();
			complete(connection, 1);
			assertThatInFlight(2, 3);
			assertThat(connection.sent()).isEmpty();
		}
		assertThat(this.metrics.activeNotifies).isZero();
	}

	// A read that was under way.
	@Test
	void whatComesWhileNothingIsToBeReadIsKept() {
		byte[] bytes = EmbeddedConnection.bytes(notifys(1, 7));
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(Arrays.copyOf(bytes, bytes.length - 15));
			connection.receive(Arrays.copyOfRange(bytes, bytes.length - 15, bytes.length));
			assertThatInFlight(1, 2, 3);
			for (long stream = 1; stream <= 4; stream++) {
				complete(connection, stream);
			}
			assertThatInFlight(5, 6, 7);
			assertThat(streams(connection)).containsExactly(1L, 2L, 3L, 4L);
		}
	}

	// A transport goes on to the end when the peer has closed its side.
	@Test
	void noMoreIsKeptThanOneReadTooMany() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 3));
			byte[] read = new byte[READ];
			int reads = 0;
			while (connection.isOpen() && reads < 100) {
				connection.receivePart(read);
				reads++;
			}
			assertThat(reads * READ).isBetween(READ, EmbeddedConnection.MAX_FRAME_SIZE + 3 * READ);
			assertThat(connection.sent()).isEmpty();
		}
	}

	@Test
	void answersThatAreTooLargeTogetherStopTheRead() {
		int frames = 40;
		try (EmbeddedConnection connection = new EmbeddedConnection(settings(this::answer100Bytes)).hello()) {
			connection.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(OUTBOUND / 2, OUTBOUND));
			connection.block();
			connection.receive(notifys(1, frames));
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isLessThanOrEqualTo(OUTBOUND / 100 + 1);
			assertThat(isRead(connection)).isFalse();
			connection.runTasks();
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isLessThanOrEqualTo(OUTBOUND / 100 + 1);
			connection.unblock();
			connection.runTasks();
			assertThat(streams(connection)).isEqualTo(LongStream.rangeClosed(1, frames).boxed().toList());
			assertThat(isRead(connection)).isTrue();
		}
	}

	@Test
	void answersThatAreTooLargeTogetherAreSentInTurn() {
		int frames = 40;
		try (EmbeddedConnection connection = new EmbeddedConnection(settings(this::answer100Bytes)).hello()) {
			connection.receive(notifys(1, frames));
			assertThat(connection.sentBuffers()).isBetween(4, 5);
			assertThat(streams(connection)).isEqualTo(LongStream.rangeClosed(1, frames).boxed().toList());
			assertThat(isRead(connection)).isTrue();
		}
	}

	@Test
	void acksThatFillTheOutboundBufferDoNotStopAllForEver() {
		byte[] value = new byte[OUTBOUND];
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings).hello()) {
			connection.receive(notifys(1, 4));
			this.detached.forEach((exchange) -> exchange.getResponse().setVar(SpoeScope.TRANSACTION, "value", value));
			for (long stream = 1; stream <= 4; stream++) {
				complete(connection, stream);
			}
			assertThat(streams(connection)).containsExactly(1L, 2L, 3L, 4L);
			assertThat(isRead(connection)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void moreThanMayBeInFlightOnAllConnectionsIsNotDetached(boolean closed) {
		List<SpoeExchange> all = new ArrayList<>();
		List<Long> refused = new ArrayList<>();
		SpoeDispatcher dispatcher = (exchange) -> {
			SpoeExchange copy = exchange.detach();
			if (copy != null) {
				all.add(copy);
			}
			else {
				refused.add(exchange.getContext().streamId());
				exchange.getResponse().setVar(SpoeScope.TRANSACTION, "full", true);
				exchange.complete();
			}
		};
		ConnectionSettings shared = settings(dispatcher, 4);
		try (EmbeddedConnection first = new EmbeddedConnection(shared).hello();
				EmbeddedConnection second = new EmbeddedConnection(shared).hello()) {
			first.receive(notifys(1, 3));
			second.receive(notifys(11, 14));
			assertThat(refused).containsExactly(12L, 13L, 14L);
			assertThat(streams(second)).containsExactly(12L, 13L, 14L);
			assertThat(shared.inFlight().count()).isEqualTo(4);
			// What is held up in a handler takes memory, whatever became of its
			// connection.
			if (closed) {
				first.channel().close();
			}
			second.receive(notifys(15, 15));
			assertThat(refused).containsExactly(12L, 13L, 14L, 15L);
			all.get(0).complete();
			second.receive(notifys(16, 17));
			assertThat(refused).containsExactly(12L, 13L, 14L, 15L, 17L);
			all.forEach((exchange) -> {
				if (exchange != all.get(0)) {
					exchange.complete();
				}
			});
			assertThat(shared.inFlight().count()).isZero();
		}
	}

	@Test
	void refusedConnectionIsToldSo() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this.settings)) {
			connection.channel().pipeline().fireUserEventTriggered(SpoeConnectionHandler.REFUSE);
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.RESOURCE_ERROR));
			connection.receive(notifys(1, 5));
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(999);
			assertThat(connection.isOpen()).isTrue();
			connection.advanceTime(1);
			assertThat(connection.isOpen()).isFalse();
		}
		assertThat(this.detached).isEmpty();
	}

	private ConnectionSettings settings(SpoeDispatcher dispatcher) {
		return settings(dispatcher, 1000);
	}

	private ConnectionSettings settings(SpoeDispatcher dispatcher, int inFlight) {
		return new ConnectionSettings(dispatcher, this.metrics, EmbeddedConnection.MAX_FRAME_SIZE, true,
				new SpoeServerLimits(1, inFlight, IN_FLIGHT, 1, OUTBOUND), SpoeServerTimeouts.DEFAULT);
	}

	private void detach(SpoeExchange exchange) {
		this.detached.add(exchange.detach());
	}

	private void answer100Bytes(SpoeExchange exchange) {
		exchange.getResponse().setVar(SpoeScope.TRANSACTION, "value", new byte[77]);
		exchange.complete();
	}

	private void complete(EmbeddedConnection connection, long stream) {
		SpoeExchange exchange = this.detached.stream()
			.filter((candidate) -> candidate.getContext().streamId() == stream)
			.findFirst()
			.orElseThrow();
		this.detached.remove(exchange);
		exchange.complete();
		connection.runTasks();
	}

	private void assertThatInFlight(long... streams) {
		assertThat(this.detached).extracting((exchange) -> exchange.getContext().streamId())
			.containsExactlyElementsOf(LongStream.of(streams).boxed().toList());
	}

	private static boolean isRead(EmbeddedConnection connection) {
		return connection.channel().config().isAutoRead();
	}

	private static List<Long> streams(EmbeddedConnection connection) {
		return connection.sent().stream().map((frame) -> ((Ack) frame).streamId()).toList();
	}

	private static Consumer<ByteWriter> notifys(long first, long last) {
		return (out) -> LongStream.rangeClosed(first, last)
			.forEach((stream) -> RawFrames.notify(stream, 1).accept(out));
	}

}
