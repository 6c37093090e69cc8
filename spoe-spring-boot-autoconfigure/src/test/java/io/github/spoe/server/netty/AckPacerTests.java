/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AckPacer}. The ACK of a NOTIFY is as long as its message says.
 */
class AckPacerTests {

	private static final int BUFFER_SIZE = 16384;

	private static final int HARMLESS = BUFFER_SIZE / 20 - 1 - Integer.BYTES;

	private static final long PAUSE = TimeUnit.NANOSECONDS.toMillis(UnreadFrames.READ_NANOS);

	private static final Set<String> PIPELINING = Set.of("pipelining");

	private final List<SpoeExchange> detached = new ArrayList<>();

	@Test
	void smallAcksAreNotHeldBack() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			for (int round = 0; round < 10; round++) {
				connection.receive(notifys(1, 60, HARMLESS));
				assertThat(connection.flushes()).isOne();
				assertThat(streams(connection)).isEqualTo(streams(1, 60));
			}
		}
	}

	@Test
	void acksThatWouldFillTheBufferAreHeldBack() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			connection.receive(notifys(1, 40, 1000));
			assertThat(streams(connection)).isEqualTo(streams(1, 16));
			connection.advanceTime(PAUSE - 1);
			assertThat(streams(connection)).isEmpty();
			connection.advanceTime(1);
			assertThat(streams(connection)).isEqualTo(streams(17, 32));
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(33, 40));
			assertThat(connection.flushes()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 2", "1, 1" })
	void bufferIsNeverFilledToItsLastByte(int more, int written) {
		int rest = BUFFER_SIZE - 1 - 1000 - 2 * Integer.BYTES;
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			settle(connection);
			connection.receive(notify(1, 1000), notify(2, rest + more));
			assertThat(streams(connection)).isEqualTo(streams(1, written));
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(written + 1, 2));
		}
	}

	@Test
	void acksThatComeLaterWaitBehindThoseThatAreHeldBack() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			connection.receive(notifys(1, 20, 1000));
			// HAProxy has read one, or it would not send another.
			connection.receive(notify(21, 20));
			assertThat(streams(connection)).isEqualTo(streams(1, 17));
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(18, 21));
		}
	}

	@Test
	void acksThatAreReadByNowMakeRoomForOthers() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			connection.receive(notifys(1, 10, 1000));
			connection.advanceTime(PAUSE - 1);
			connection.receive(notifys(11, 10, 1000));
			assertThat(streams(connection)).isEqualTo(streams(1, 16));
			connection.advanceTime(1);
			assertThat(streams(connection)).isEqualTo(streams(17, 20));
		}
	}

	@Test
	void smallAcksBeforeTheFirstLargeOneMayBeUnread() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			connection.receive(notifys(1, 19, HARMLESS));
			connection.receive(notify(20, HARMLESS + 100));
			assertThat(streams(connection)).isEqualTo(streams(1, 19));
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(20, 20));
		}
	}

	@Test
	void firstAckIsNotHeldBack() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			connection.receive(notify(1, BUFFER_SIZE / 2));
			assertThat(streams(connection)).isEqualTo(streams(1, 1));
		}
	}

	@Test
	void haproxyThatWaitsForTwentyOthersHasReadAllBefore() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			settle(connection);
			for (int round = 0; round < 10; round++) {
				connection.receive(notifys(1, 20, HARMLESS));
				assertThat(streams(connection)).isEqualTo(streams(1, 20));
			}
		}
	}

	@Test
	void whatIsInFlightTellsWhatIsRead() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(notifys(1, 20, 1000));
			for (int stream = 1; stream <= 200; stream++) {
				complete(connection, 1);
				assertThat(streams(connection)).isEqualTo(streams(stream, stream));
				connection.receive(notify(stream + 20, 1000));
			}
			complete(connection, 20);
			assertThat(streams(connection)).isEqualTo(streams(201, 216));
		}
	}

	@Test
	void frameThatIsNotWholeWaitsForWhatIsHeldBack() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(notifys(1, 20, 8000));
			byte[] frame = EmbeddedConnection.bytes(notify(21, 8000));
			connection.receive(Arrays.copyOf(frame, 5));
			complete(connection, 20);
			List<Long> answered = streams(connection);
			connection.receive(Arrays.copyOfRange(frame, 5, 7));
			while (answered.size() < 20) {
				connection.advanceTime(PAUSE);
				answered = Stream.concat(answered.stream(), streams(connection).stream()).toList();
			}
			connection.receive(Arrays.copyOfRange(frame, 7, frame.length));
			complete(connection, 1);
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(21, 21));
		}
	}

	@Test
	void acksOfNotifysThatTimedOutMayBeUnreadToo() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(notifys(1, 60, 1000));
			complete(connection, 60);
			assertThat(streams(connection)).isEqualTo(streams(1, 16));
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(17, 32));
			connection.advanceTime(PAUSE);
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(33, 60));
		}
	}

	@Test
	void haproxyUpTo30NeedsNoPacing() {
		try (EmbeddedConnection connection = connect(Set.of("pipelining", "async"))) {
			connection.receive(notifys(1, 60, 1000));
			assertThat(streams(connection)).isEqualTo(streams(1, 60));
			assertThat(connection.flushes()).isOne();
		}
	}

	@Test
	void withoutPipeliningNothingIsHeldBack() {
		try (EmbeddedConnection connection = connect(Set.of())) {
			for (int stream = 1; stream <= 10; stream++) {
				connection.receive(notify(stream, BUFFER_SIZE - Integer.BYTES - 1));
				assertThat(streams(connection)).isEqualTo(streams(stream, stream));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 256, 1 << 20, 1L << 31, -1 })
	void bufferIsAsLargeAsHaproxyOffers(long offer) {
		try (EmbeddedConnection connection = new EmbeddedConnection(AckPacerTests::answer)) {
			connection.receive(new HaproxyHello("2.0", offer, PIPELINING, null, false)::write);
			connection.sent();
			connection.receive(notifys(1, 20, 200));
			assertThat(streams(connection)).isEqualTo(streams(1, (offer == 256) ? 1 : 20));
			for (int stream = 2; stream <= 20 && offer == 256; stream++) {
				connection.advanceTime(PAUSE);
				assertThat(streams(connection)).isEqualTo(streams(stream, stream));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "19, true", "20, false" })
	void peerIsNotReadAsLongAsTooMuchIsHeldBack(int acks, boolean read) {
		SpoeServerLimits limits = new SpoeServerLimits(10_000, 10_000, 256, 1024 * 1024, 4000);
		ConnectionSettings settings = new ConnectionSettings(AckPacerTests::answer, SpoeMetrics.NONE,
				EmbeddedConnection.MAX_FRAME_SIZE, true, limits, SpoeServerTimeouts.DEFAULT);
		try (EmbeddedConnection connection = new EmbeddedConnection(settings).hello()) {
			connection.receive(notifys(1, acks, 1000));
			assertThat(connection.channel().config().isAutoRead()).isEqualTo(read);
			connection.advanceTime(PAUSE);
			assertThat(connection.channel().config().isAutoRead()).isTrue();
			assertThat(streams(connection)).isEqualTo(streams(1, acks));
		}
	}

	@Test
	void goodbyeComesBehindWhatIsHeldBack() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			connection.receive(notifys(1, 20, 1000));
			connection.drain();
			assertThat(streams(connection)).isEqualTo(streams(1, 16));
			connection.advanceTime(PAUSE);
			List<Object> sent = connection.sent();
			assertThat(sent).hasSize(5).last().isEqualTo(new Disconnect(StatusCode.NORMAL));
			connection.advanceTime(1000);
			assertThat(connection.isOpen()).isFalse();
		}
	}

	@Test
	void whatIsHeldBackIsReleasedWithTheConnection() {
		try (EmbeddedConnection connection = connect(PIPELINING)) {
			connection.receive(notifys(1, 20, 1000));
			connection.channel().close();
			connection.advanceTime(PAUSE);
			assertThat(streams(connection)).isEqualTo(streams(1, 16));
		}
	}

	// As slow as HAProxy may be: it reads when it must, to send another NOTIFY, and what
	// has been there for as long as it may take.
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void slowHaproxyNeverFindsItsBufferFull(int seed) {
		Random random = new Random(seed);
		int mostUnread = 0;
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			SlowHaproxy haproxy = new SlowHaproxy();
			for (int step = 0; step < 500; step++) {
				switch (random.nextInt(4)) {
					case 0, 1 -> haproxy.ask(connection, 1 + random.nextInt(4), random);
					case 2 -> complete(connection, Math.min(this.detached.size(), 1 + random.nextInt(20)));
					default -> haproxy.await(connection);
				}
				mostUnread = Math.max(mostUnread, haproxy.receive(connection));
				assertThat(haproxy.unreadSize).isLessThan(BUFFER_SIZE);
			}
			complete(connection, this.detached.size());
			for (int i = 0; i < 100 && !haproxy.open.isEmpty(); i++) {
				haproxy.await(connection);
				haproxy.receive(connection);
			}
			assertThat(haproxy.open).isEmpty();
		}
		assertThat(mostUnread).isGreaterThan(BUFFER_SIZE / 2);
	}

	private EmbeddedConnection connect(Set<String> capabilities) {
		EmbeddedConnection connection = new EmbeddedConnection(AckPacerTests::answer);
		connection.receive(new HaproxyHello("2.0", BUFFER_SIZE - Integer.BYTES, capabilities, null, false)::write);
		connection.sent();
		connection.flushes();
		return connection;
	}

	// So that nothing else is unread.
	private static void settle(EmbeddedConnection connection) {
		connection.receive(notify(1, HARMLESS + 1));
		connection.sent();
		connection.flushes();
		connection.advanceTime(PAUSE);
	}

	private static void answer(SpoeExchange exchange) {
		exchange.next();
		answer(exchange, Integer.parseInt(exchange.getMessageName()));
	}

	private static void answer(SpoeExchange exchange, int length) {
		int room = length - 5 - idSize(exchange.getContext().streamId()) - 1;
		// The action, its name, type and the length of the value, of 1 to 3 bytes.
		int value = room - 5 - 2;
		value -= (value >= 2288) ? 2 : (value >= 240) ? 1 : 0;
		exchange.getResponse().setVar(SpoeScope.TRANSACTION, "v", new byte[value]);
		exchange.complete();
	}

	private static int idSize(long streamId) {
		return (streamId < 240) ? 1 : (streamId < 2288) ? 2 : 3;
	}

	private void detach(SpoeExchange exchange) {
		exchange.next();
		this.detached.add(exchange.detach());
	}

	private void complete(EmbeddedConnection connection, int count) {
		for (int i = 0; i < count; i++) {
			SpoeExchange exchange = this.detached.remove(0);
			answer(exchange, Integer.parseInt(exchange.getMessageName()));
		}
		connection.runTasks();
	}

	private static Consumer<ByteWriter> notify(long stream, int length) {
		return new Notify(stream, 1, List.of(SpopTestClient.message("" + length)))::write;
	}

	private static Consumer<ByteWriter> notifys(int firstStream, int count, int length) {
		return (out) -> streams(firstStream, firstStream + count - 1)
			.forEach((stream) -> notify(stream, length).accept(out));
	}

	private static List<Long> streams(long first, long last) {
		return IntStream.rangeClosed((int) first, (int) last).mapToObj((stream) -> (long) stream).toList();
	}

	private static List<Long> streams(EmbeddedConnection connection) {
		return connection.sent().stream().map((frame) -> ((Ack) frame).streamId()).toList();
	}

	/**
	 * Plays HAProxy, as far as it reads.
	 */
	private static final class SlowHaproxy {

		private final Set<Long> open = new HashSet<>();

		private final Deque<Unread> unread = new ArrayDeque<>();

		private int unreadSize;

		private long time;

		private long lastStream;

		void ask(EmbeddedConnection connection, int count, Random random) {
			for (int i = 0; i < count; i++) {
				while (this.open.size() == 20 && !this.unread.isEmpty()) {
					read();
				}
				if (this.open.size() < 20) {
					this.open.add(++this.lastStream);
					int length = random.nextBoolean() ? 20 + random.nextInt(800) : 20 + random.nextInt(4000);
					connection.receivePart(EmbeddedConnection.bytes(AckPacerTests.notify(this.lastStream, length)));
				}
			}
			connection.endRead();
		}

		void await(EmbeddedConnection connection) {
			connection.advanceTime(1);
			this.time++;
		}

		int receive(EmbeddedConnection connection) {
			while (!this.unread.isEmpty() && this.time - this.unread.element().time() >= PAUSE) {
				read();
			}
			ByteBuf bytes = Unpooled.wrappedBuffer(connection.sentBytes());
			while (bytes.isReadable()) {
				ByteBuf frame = bytes.readSlice(bytes.readInt());
				int size = Integer.BYTES + frame.readableBytes();
				FrameHeader header = FrameHeader.read(frame);
				assertThat(header.type()).isEqualTo(FrameType.ACK);
				this.unread.add(new Unread(header.streamId(), size, this.time));
				this.unreadSize += size;
			}
			return this.unreadSize;
		}

		private void read() {
			Unread first = this.unread.remove();
			this.unreadSize -= first.size();
			assertThat(this.open.remove(first.stream())).isTrue();
		}

	}

	private record Unread(long stream, int size, long time) {

	}

}
