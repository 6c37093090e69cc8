/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.spoe.server.SpoeExchange;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how a connection of {@link SpoeConnectionHandler} comes to its end.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpoeConnectionHandlerCloseTests {

	private final List<SpoeExchange> detached = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 6 })
	void lengthBelowTheLeastEndsTheConnection(int length) {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete)) {
			connection.receive(RawFrames.length(length));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.INVALID_FRAME));
		}
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.length(length));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { EmbeddedConnection.MAX_FRAME_SIZE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1 })
	void lengthAboveTheOwnLimitEndsTheConnection(int length) {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete)) {
			connection.receive(RawFrames.length(length));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.FRAME_TOO_BIG));
		}
	}

	@Test
	void helloOfTheGreatestLengthIsTaken() {
		byte[] bytes = EmbeddedConnection.bytes(new HaproxyHello("2.0", 16380, Set.of(),
				"e".repeat(EmbeddedConnection.MAX_FRAME_SIZE - 79), false)::write);
		assertThat(bytes).hasSize(Integer.BYTES + EmbeddedConnection.MAX_FRAME_SIZE);
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete)) {
			connection.receive(bytes);
			assertThat(connection.sent()).singleElement().isInstanceOf(AgentHello.class);
		}
	}

	@Test
	void lengthAboveTheAgreedLimitEndsTheConnection() {
		byte[] greatest = EmbeddedConnection.bytes(RawFrames.frame(200, 1, 1, 1, new byte[256 - 7]));
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello(256)) {
			connection.receive(greatest);
			assertThat(connection.sent()).isEmpty();
			connection.receive(RawFrames.length(257));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.FRAME_TOO_BIG));
		}
	}

	@Test
	void whatComesAfterTheLastFrameIsThrownAway(CapturedOutput output) {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.notify(1, 1), RawFrames.length(0), RawFrames.notify(3, 1));
			connection.receive(RawFrames.notify(5, 1));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()),
					new Disconnect(StatusCode.INVALID_FRAME));
			assertThat(output).containsOnlyOnce("broke the protocol and is closed with status 4");
		}
	}

	@Test
	void peerHasASecondToCloseTheConnection() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete)) {
			connection.receive(RawFrames.length(0));
			connection.advanceTime(999);
			assertThat(connection.isOpen()).isTrue();
			connection.advanceTime(1);
			assertThat(connection.isOpen()).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, normal", "1, I/O error", "2, a timeout occurred", "99, an unknown error occurred",
			"42, an unknown error occurred", "4294967295, an unknown error occurred" })
	void disconnectIsAnsweredWithItsStatus(long code, String text) {
		byte[] payload = RawFrames.items("status-code", TypedData.of(code), "message", TypedData.of("text of HAProxy"));
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.frame(FrameType.HAPROXY_DISCONNECT, payload), RawFrames.notify(1, 1));
			assertThat(connection.sent()).containsExactly(new Disconnect(code, text));
			connection.advanceTime(1000);
			assertThat(connection.isOpen()).isFalse();
		}
	}

	@Test
	void disconnectWithoutPayloadIsNormal() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			assertThat(connection.sentBytes()).isEqualTo(RawFrames.hex("""
					00 00 00 25 66 00 00 00 01 00 00 \
					0b 73 74 61 74 75 73 2d 63 6f 64 65 03 00 \
					07 6d 65 73 73 61 67 65 08 06 6e 6f 72 6d 61 6c"""));
		}
	}

	@Test
	void disconnectBeforeHelloIsAnswered() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete)) {
			connection.receive(RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void malformedDisconnectIsRefused() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.frame(FrameType.HAPROXY_DISCONNECT, (byte) 1));
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	@Test
	void notifyBeforeDisconnectIsAnswered() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.notify(1, 1), RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void exchangeInFlightIsNotAnsweredAfterDisconnect() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(RawFrames.notify(1, 1), RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void drainEndsAnIdleConnection() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.drain();
			connection.drain();
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NORMAL));
			assertThat(connection.flushes()).isOne();
			connection.advanceTime(1000);
			assertThat(connection.isOpen()).isFalse();
		}
	}

	@Test
	void drainEndsAConnectionThatAwaitsHello() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete)) {
			connection.drain();
			connection.receive(new HaproxyHello("2.0", 16380, Set.of(), null, false)::write);
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void drainWaitsForWhatIsInFlight() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(RawFrames.notify(1, 1), RawFrames.notify(3, 1));
			connection.drain();
			this.detached.get(1).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(3, 1, List.of()));
			connection.receive(RawFrames.notify(5, 1));
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()));
			connection.advanceTime(10_000);
			assertThat(connection.isOpen()).isTrue();
			this.detached.get(2).complete();
			connection.runTasks();
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.sent()).containsExactly(new Ack(5, 1, List.of()), new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void drainSendsWhatIsAlreadyCompleted() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(RawFrames.notify(1, 1));
			this.detached.get(0).complete();
			connection.drain();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void drainDuringAReadAnswersTheRead() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receivePart(EmbeddedConnection.bytes(RawFrames.notify(1, 1)));
			connection.drain();
			connection.endRead();
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of()), new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void brokenProtocolEndsADrainingConnection() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(RawFrames.notify(1, 1));
			connection.drain();
			connection.receive(RawFrames.length(0));
			this.detached.get(0).complete();
			connection.runTasks();
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	@Test
	void drainOfAClosedConnectionDoesNothing() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			connection.drain();
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.NORMAL));
		}
	}

	@Test
	void otherEventsArePassedOn() {
		List<Object> events = new ArrayList<>();
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete)) {
			connection.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {

				@Override
				public void userEventTriggered(ChannelHandlerContext context, Object event) {
					events.add(event);
				}

			});
			connection.drain();
			connection.channel().pipeline().fireUserEventTriggered("other");
			assertThat(events).containsExactly("other");
		}
	}

	@Test
	void exchangeThatOutlivesItsConnectionIsDropped() {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(RawFrames.notify(1, 1), RawFrames.notify(3, 1));
			connection.channel().close();
			this.detached.forEach(SpoeExchange::complete);
			connection.runTasks();
			assertThat(connection.sent()).isEmpty();
		}
	}

	@Test
	void closeWithinAReadReleasesWhatWasNotSent() {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receivePart(EmbeddedConnection.bytes(RawFrames.notify(1, 1), RawFrames.bytes((byte) 0)));
			connection.channel().close();
			assertThat(connection.sent()).isEmpty();
		}
	}

	@Test
	void resetIsLoggedBelowInfo(CapturedOutput output) {
		try (EmbeddedConnection connection = new EmbeddedConnection(SpoeExchange::complete).hello()) {
			connection.receive(RawFrames.hex("00 00 00 20 03"));
			connection.channel().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
			assertThat(connection.isOpen()).isFalse();
			assertThat(output).doesNotContain("INFO", "WARN", "ERROR");
		}
	}

	@Test
	void exceptionEndsTheConnection(CapturedOutput output) {
		try (EmbeddedConnection connection = new EmbeddedConnection(this::detach).hello()) {
			connection.receive(RawFrames.notify(1, 1));
			connection.receivePart(EmbeddedConnection.bytes(RawFrames.notify(3, 1), RawFrames.length(32)));
			connection.channel().pipeline().fireExceptionCaught(new IllegalStateException("on purpose"));
			assertThat(connection.isOpen()).isFalse();
			this.detached.forEach(SpoeExchange::complete);
			connection.runTasks();
			assertThat(connection.sent()).isEmpty();
			assertThat(output).contains("ERROR", "on purpose");
		}
	}

	private void detach(SpoeExchange exchange) {
		this.detached.add(exchange.detach());
	}

}
