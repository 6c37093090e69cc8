/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Level;
import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how long {@link SpoeConnectionHandler} waits for its peer.
 */
class SpoeConnectionHandlerTimeoutTests {

	private static final byte[] HELLO = EmbeddedConnection
		.bytes(new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false)::write);

	private static final byte[] NOTIFY = EmbeddedConnection.bytes(RawFrames.notify(1, 1));

	private static final byte[] HALF = Arrays.copyOf(NOTIFY, 6);

	private static final byte[] OTHER_HALF = Arrays.copyOfRange(NOTIFY, 6, NOTIFY.length);

	private static final Ack ACK = new Ack(1, 1, List.of());

	private static final Duration NEVER = Duration.ZERO;

	private final LogRecorder log = LogRecorder.open(Level.INFO);

	private final RecordingMetrics metrics = new RecordingMetrics();

	private final List<SpoeExchange> detached = new ArrayList<>();

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void peerThatSaysNothingIsToldSo() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT)) {
			connection.advanceTime(4999);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1);
			assertTimedOut(connection);
		}
		assertThat(this.log.everything()).isEmpty();
	}

	@Test
	void peerThatSaysHalfAHelloIsToldSo() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT)) {
			connection.advanceTime(4000);
			connection.receive(Arrays.copyOf(HELLO, HELLO.length - 1));
			connection.advanceTime(1000);
			assertTimedOut(connection);
		}
	}

	@Test
	void helloInTimeIsEnough() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT)) {
			connection.advanceTime(4999);
			connection.hello();
			connection.advanceTime(1_000_000);
			connection.receive(NOTIFY);
			assertThat(connection.sent()).containsExactly(ACK);
		}
		assertThat(this.metrics.faults).isEmpty();
	}

	@Test
	void peerThatLeavesAFrameUnfinishedIsToldSo() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.advanceTime(60_000);
			connection.receive(HALF);
			connection.advanceTime(9999);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1);
			assertTimedOut(connection);
		}
		assertThat(this.log.everything()).isEmpty();
	}

	@Test
	void byteNowAndThenDoesNotMakeAFrame() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			for (int i = 0; i < 10; i++) {
				connection.receive(new byte[] { NOTIFY[i] });
				connection.advanceTime(999);
			}
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(10);
			assertTimedOut(connection);
		}
	}

	@Test
	void eachFrameHasTheWholeTime() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.receive(HALF);
			for (int i = 0; i < 10; i++) {
				connection.advanceTime(9999);
				connection.receive(RawFrames.bytes(OTHER_HALF), RawFrames.bytes(HALF));
				assertThat(connection.sent()).containsExactly(ACK);
			}
			connection.advanceTime(9999);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1);
			assertTimedOut(connection);
		}
	}

	@Test
	void fragmentsHaveTheWholeTimeTogether() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.receive(RawFrames.frame(3, 0, 1, 1));
			for (int i = 0; i < 9; i++) {
				connection.advanceTime(1000);
				connection.receive(RawFrames.frame(0, 0, 1, 1), RawFrames.frame(4, 1, 1, 1));
			}
			connection.advanceTime(999);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1);
			assertTimedOut(connection);
		}
	}

	@Test
	void eachNotifyInFragmentsHasTheWholeTime() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.receive(RawFrames.frame(3, 0, 1, 1));
			for (int i = 0; i < 10; i++) {
				connection.advanceTime(9999);
				connection.receive(RawFrames.frame(0, 1, 1, 1), RawFrames.frame(3, 0, 1, 1));
				assertThat(connection.sent()).containsExactly(ACK);
			}
			connection.advanceTime(9999);
			connection.receive(RawFrames.frame(0, 1, 1, 1));
			assertThat(connection.sent()).containsExactly(ACK);
			connection.advanceTime(60_000);
			assertThat(connection.isOpen()).isTrue();
		}
	}

	@Test
	void whatIsNotReadIsNotMissed() {
		try (EmbeddedConnection connection = connect(this::detach,
				new SpoeServerTimeouts(NEVER, Duration.ofSeconds(10), NEVER, NEVER))
			.hello()) {
			connection.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
			connection.receive(NOTIFY);
			connection.receive(HALF);
			connection.block();
			connection.advanceTime(9000);
			this.detached.get(0).complete();
			connection.runTasks();
			connection.advanceTime(60_000);
			assertThat(connection.isOpen()).isTrue();
			connection.unblock();
			assertThat(connection.sent()).containsExactly(ACK);
			connection.advanceTime(9999);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1);
			assertTimedOut(connection);
		}
	}

	@Test
	void peerThatReadsNothingIsReset() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.block();
			connection.receive(NOTIFY);
			for (int i = 0; i < 9; i++) {
				connection.advanceTime(1000);
				connection.receive(NOTIFY);
			}
			connection.advanceTime(999);
			assertThat(connection.isOpen()).isTrue();
			connection.advanceTime(1);
			assertThat(connection.isOpen()).isFalse();
			assertThat(connection.sent()).isEmpty();
		}
		assertThat(this.metrics.faults).containsOnly(Map.entry(SpoeFault.TIMEOUT, 1));
		assertThat(this.log.warning().getFormattedMessage()).startsWith("Connection from ")
			.endsWith(" is reset: nothing that was written to it was read for 10000 ms");
	}

	@Test
	void peerThatReadsALittleIsNotReset() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.block();
			connection.receive(NOTIFY);
			for (int i = 0; i < 5; i++) {
				connection.advanceTime(9000);
				connection.readBlocked(1);
				connection.receive(NOTIFY);
			}
			assertThat(connection.isOpen()).isTrue();
			// What is left is seen at the end of one wait, and given up at that of the
			// next.
			connection.advanceTime(10_000);
			connection.advanceTime(10_000);
			assertThat(connection.isOpen()).isFalse();
		}
	}

	@Test
	void peerThatReadsAllIsNotReset() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.block();
			connection.receive(NOTIFY);
			connection.advanceTime(9999);
			connection.unblock();
			connection.advanceTime(60_000);
			assertThat(connection.isOpen()).isTrue();
			assertThat(connection.sent()).containsExactly(ACK);
		}
		assertThat(this.metrics.faults).isEmpty();
	}

	@Test
	void idlePeerIsLeftAlone() {
		try (EmbeddedConnection connection = connect(SpoeServerTimeouts.DEFAULT).hello()) {
			connection.advanceTime(Duration.ofDays(30).toMillis());
			assertThat(connection.isOpen()).isTrue();
			assertThat(connection.sent()).isEmpty();
		}
	}

	@Test
	void idlePeerIsToldSoIfThatIsWanted() {
		try (EmbeddedConnection connection = connect(idle()).hello()) {
			connection.advanceTime(1000);
			connection.receive(NOTIFY);
			assertThat(connection.sent()).containsExactly(ACK);
			connection.advanceTime(59_999);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1);
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.TIMEOUT));
			connection.advanceTime(1000);
			assertThat(connection.isOpen()).isFalse();
		}
		assertThat(this.metrics.faults).isEmpty();
		assertThat(this.log.everything()).isEmpty();
	}

	@Test
	void peerThatWaitsForAnAnswerIsNotIdle() {
		try (EmbeddedConnection connection = connect(this::detach, idle()).hello()) {
			connection.receive(NOTIFY);
			connection.advanceTime(170_000);
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(ACK);
			connection.advanceTime(59_999);
			assertThat(connection.sent()).isEmpty();
			connection.advanceTime(1);
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.TIMEOUT));
		}
	}

	@Test
	void zeroIsForEver() {
		SpoeServerTimeouts none = new SpoeServerTimeouts(NEVER, NEVER, NEVER, NEVER);
		try (EmbeddedConnection silent = connect(none); EmbeddedConnection half = connect(none).hello()) {
			half.receive(HALF);
			silent.advanceTime(Duration.ofDays(30).toMillis());
			half.advanceTime(Duration.ofDays(30).toMillis());
			assertThat(silent.isOpen()).isTrue();
			assertThat(half.isOpen()).isTrue();
		}
	}

	@Test
	void closedConnectionLeavesNoTask() {
		EmbeddedConnection connection = connect(idle()).hello();
		connection.receive(HALF);
		connection.channel().close();
		assertThat(connection.channel().runScheduledPendingTasks()).isEqualTo(-1);
		connection.close();
	}

	private void assertTimedOut(EmbeddedConnection connection) {
		assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.TIMEOUT));
		connection.advanceTime(999);
		assertThat(connection.isOpen()).isTrue();
		connection.advanceTime(1);
		assertThat(connection.isOpen()).isFalse();
		assertThat(this.metrics.faults).containsOnly(Map.entry(SpoeFault.TIMEOUT, 1));
	}

	private EmbeddedConnection connect(SpoeServerTimeouts timeouts) {
		return connect(SpoeExchange::complete, timeouts);
	}

	private EmbeddedConnection connect(SpoeDispatcher dispatcher, SpoeServerTimeouts timeouts) {
		return new EmbeddedConnection(new ConnectionSettings(dispatcher, this.metrics,
				EmbeddedConnection.MAX_FRAME_SIZE, true, SpoeServerLimits.DEFAULT, timeouts));
	}

	private static SpoeServerTimeouts idle() {
		return new SpoeServerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10),
				Duration.ofSeconds(60));
	}

	private void detach(SpoeExchange exchange) {
		this.detached.add(exchange.detach());
	}

}
