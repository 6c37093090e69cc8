/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.server.netty.RecordingMetrics.Recorded;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.RawFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionMetrics}.
 */
class ConnectionMetricsTests {

	private final RecordingMetrics metrics = new RecordingMetrics();

	private final Recorded messages = new Recorded(false);

	private final List<SpoeExchange> detached = new ArrayList<>();

	private static Consumer<ByteWriter> notify(long streamId) {
		return new Notify(streamId, 1, List.of(new Notify.Message("m", List.of())))::write;
	}

	@Test
	void framesAndConnectionsAreCounted() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete, this.metrics)) {
			assertThat(this.metrics.activeConnections).isOne();
			connection.hello();
			assertThat(this.metrics.received).isOne();
			assertThat(this.metrics.sent).isOne();
			connection.receive(notify(1), notify(3), RawFrames.frame(200, 1, 1, 1));
			assertThat(this.metrics.received).isEqualTo(4);
			assertThat(this.metrics.sent).isEqualTo(3);
			assertThat(this.metrics.activeConnections).isOne();
		}
		assertThat(this.metrics.activeConnections).isZero();
	}

	@Test
	void notifysOfOneReadAreRecordedOnce() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::answer, this.metrics).hello()) {
			connection.receive(notify(1), notify(3), notify(5));
			Recorded success = this.metrics.notifies.get(SpoeOutcome.SUCCESS);
			assertThat(success.calls).isOne();
			assertThat(success.count).isEqualTo(3);
			assertThat(success.total).isEqualTo(3 * success.max).isPositive();
			assertThat(this.messages.count).isEqualTo(3);
			assertThat(this.messages.total).isLessThanOrEqualTo(success.max);
			assertThat(this.metrics.activeNotifies).isZero();
		}
	}

	@Test
	void notifyEndsAsTheWorstOfItsMessages() {
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> {
			exchange.finished(SpoeOutcome.SUCCESS, this.messages);
			exchange.finished(SpoeOutcome.ERROR, this.messages);
			exchange.finished(SpoeOutcome.UNHANDLED, this.messages);
			exchange.complete();
		}, this.metrics).hello()) {
			connection.receive(notify(1));
			assertThat(this.metrics.notifies.get(SpoeOutcome.ERROR).count).isOne();
			connection.receive(notify(3));
			assertThat(this.metrics.notifies.get(SpoeOutcome.ERROR).count).isEqualTo(2);
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isZero();
		}
	}

	@Test
	void malformedAndFailedNotifysAreErrors() {
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> {
			throw new IllegalStateException("failed");
		}, this.metrics).hello()) {
			connection.receive(notify(1), RawFrames.notify(3, 1, (byte) 1));
			assertThat(this.metrics.notifies.get(SpoeOutcome.ERROR).count).isEqualTo(2);
		}
	}

	@Test
	void detachedNotifyIsActiveUntilItsAckIsWritten() {
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> this.detached.add(exchange.detach()),
				this.metrics)
			.hello()) {
			connection.receive(notify(1), notify(3));
			assertThat(this.metrics.activeNotifies).isEqualTo(2);
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isZero();
			SpoeExchange first = this.detached.get(0);
			first.started();
			first.finished(SpoeOutcome.TIMEOUT, this.messages);
			first.complete();
			connection.runTasks();
			assertThat(this.metrics.activeNotifies).isOne();
			assertThat(this.metrics.notifies.get(SpoeOutcome.TIMEOUT).count).isOne();
			assertThat(this.metrics.notifies.get(SpoeOutcome.TIMEOUT).total).isGreaterThan(this.messages.total);
			assertThat(this.messages.count).isOne();
			assertThat(this.messages.total).isPositive();
			this.detached.get(1).complete();
			connection.runTasks();
			assertThat(this.metrics.activeNotifies).isZero();
			assertThat(this.metrics.sent).isEqualTo(3);
		}
	}

	@Test
	void detachedNotifyEndsWithItsConnection() {
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> this.detached.add(exchange.detach()),
				this.metrics)
			.hello()) {
			connection.receive(notify(1), notify(3));
		}
		assertThat(this.metrics.activeNotifies).isZero();
		assertThat(this.metrics.activeConnections).isZero();
		this.detached.forEach(SpoeExchange::complete);
		assertThat(this.metrics.activeNotifies).isZero();
		assertThat(this.metrics.sent).isOne();
	}

	@Test
	void detachedNotifyThatIsNotAnsweredIsNoTimeOrFrame() {
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> this.detached.add(exchange.detach()),
				this.metrics)
			.hello()) {
			connection.receive(notify(1));
			connection.receive(RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(this.metrics.activeNotifies).isZero();
			assertThat(this.metrics.sent).isEqualTo(2);
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isZero();
		}
	}

	@Test
	void messageIsNotChargedForWhatTheServerDoes() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::answer, this.metrics).hello()) {
			long before = System.nanoTime();
			for (int i = 1; i < 40; i += 2) {
				connection.receivePart(EmbeddedConnection.bytes(notify(i)));
				LockSupport.parkNanos(1_000_000);
				connection.endRead();
			}
			assertThat(this.messages.count).isEqualTo(20);
			assertThat(this.messages.total).isLessThan((System.nanoTime() - before) / 2);
		}
	}

	@Test
	void messageThatWasNotStartedTookNoTime() {
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> this.detached.add(exchange.detach()),
				this.metrics)
			.hello()) {
			connection.receive(notify(1));
			this.detached.get(0).finished(SpoeOutcome.REJECTED, this.messages);
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(this.messages.count).isOne();
			assertThat(this.messages.total).isZero();
			assertThat(this.metrics.notifies.get(SpoeOutcome.REJECTED).count).isOne();
		}
	}

	@Test
	void recorderThatNobodyReadsIsLeftAlone() {
		try (EmbeddedConnection connection = new EmbeddedConnection((exchange) -> {
			exchange.started();
			exchange.finished(SpoeOutcome.SUCCESS, DurationRecorder.NONE);
			exchange.complete();
		}, this.metrics).hello()) {
			connection.receive(notify(1));
			assertThat(this.metrics.notifies.get(SpoeOutcome.SUCCESS).count).isOne();
		}
	}

	private void answer(SpoeExchange exchange) {
		exchange.started();
		exchange.finished(SpoeOutcome.SUCCESS, this.messages);
		exchange.complete();
	}

}
