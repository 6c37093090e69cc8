/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

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

import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the HELLO exchange of {@link SpoeConnectionHandler}.
 */
class SpoeConnectionHandlerHelloTests {

	private static final Set<String> PIPELINING = Set.of("pipelining");

	private static final Set<String> FRAGMENTATION = Set.of("fragmentation");

	private static final Set<String> BOTH = Set.of("pipelining", "fragmentation");

	private static final byte[] OFFER = offer("2.0", 16380L, "pipelining");

	@Test
	void pipeliningAndFrameSizeOfHaproxyAreTaken() {
		try (EmbeddedConnection connection = connect()) {
			connection.receive(new HaproxyHello("2.0", 16380, PIPELINING, "engine", false)::write);
			assertThat(connection.sentBytes()).isEqualTo(RawFrames.hex("""
					00 00 00 4e 65 00 00 00 01 00 00 \
					07 76 65 72 73 69 6f 6e 08 03 32 2e 30 \
					0e 6d 61 78 2d 66 72 61 6d 65 2d 73 69 7a 65 03 fc f0 06 \
					0c 63 61 70 61 62 69 6c 69 74 69 65 73 \
					08 18 70 69 70 65 6c 69 6e 69 6e 67 2c 66 72 61 67 6d 65 6e 74 61 74 69 6f 6e"""));
			assertThat(connection.flushes()).isOne();
			assertThat(connection.isOpen()).isTrue();
		}
	}

	@Test
	void pipeliningIsNotAgreedIfHaproxyDoesNotOfferIt() {
		try (EmbeddedConnection connection = connect()) {
			connection.receive(new HaproxyHello("2.0", 16380, Set.of(), null, false)::write);
			assertThat(connection.sentBytes()).isEqualTo(RawFrames.hex("""
					00 00 00 43 65 00 00 00 01 00 00 \
					07 76 65 72 73 69 6f 6e 08 03 32 2e 30 \
					0e 6d 61 78 2d 66 72 61 6d 65 2d 73 69 7a 65 03 fc f0 06 \
					0c 63 61 70 61 62 69 6c 69 74 69 65 73 \
					08 0d 66 72 61 67 6d 65 6e 74 61 74 69 6f 6e"""));
		}
	}

	@Test
	void pipeliningIsNotAgreedIfItIsSwitchedOff() {
		ConnectionSettings settings = new ConnectionSettings(SpoeExchange::complete, SpoeMetrics.NONE, 16384, false);
		try (EmbeddedConnection connection = new EmbeddedConnection(settings)) {
			connection.receive(new HaproxyHello("2.0", 16380, PIPELINING, null, false)::write);
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 16380, FRAGMENTATION));
		}
	}

	@Test
	void otherCapabilitiesAreNotAgreed() {
		try (EmbeddedConnection connection = connect()) {
			receiveHello(connection, offer("2.0", 16380L, " fragmentation, pipelining ,async,,new"));
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 16380, BOTH));
		}
	}

	@ParameterizedTest
	@CsvSource({ "16380, 16384, 16380", "16384, 16384, 16384", "16385, 16384, 16384", "256, 16384, 256",
			"16380, 256, 256", "1000000000, 131072, 131072", "4294967295, 131072, 131072", "-1, 131072, 131072" })
	void smallerFrameSizeIsAgreed(long offered, int own, long agreed) {
		ConnectionSettings settings = new ConnectionSettings(SpoeExchange::complete, SpoeMetrics.NONE, own, true);
		try (EmbeddedConnection connection = new EmbeddedConnection(settings)) {
			receiveHello(connection, offer("2.0", offered, "pipelining"));
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", agreed, BOTH));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 255 })
	void frameSizeBelowTheLeastIsRefused(long offered) {
		assertRefused(RawFrames.frame(FrameType.HAPROXY_HELLO, offer("2.0", offered, "")), StatusCode.BAD_FRAME_SIZE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.0", " 3.0 ,2.0 ", "1.0,2.0", "2.1", "2.10" })
	void version20IsFound(String versions) {
		try (EmbeddedConnection connection = connect()) {
			receiveHello(connection, offer(versions, 16380L, "pipelining"));
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 16380, BOTH));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0", "3.0", "12.0", "20.0", "2", "2.", "2.x", "-2.0", "", ",", "x" })
	void otherVersionsAreRefused(String versions) {
		assertRefused(RawFrames.frame(FrameType.HAPROXY_HELLO, offer(versions, 16380L, "")),
				StatusCode.UNSUPPORTED_VERSION);
	}

	static Stream<Arguments> incompleteOffers() {
		TypedData versions = TypedData.of("2.0");
		TypedData size = TypedData.of(16380);
		TypedData capabilities = TypedData.of("");
		return Stream.of(Arguments.of(StatusCode.NO_VERSION, RawFrames.items()),
				Arguments.of(StatusCode.NO_VERSION,
						RawFrames.items("max-frame-size", size, "capabilities", capabilities)),
				Arguments.of(StatusCode.NO_MAX_FRAME_SIZE,
						RawFrames.items("supported-versions", versions, "capabilities", capabilities)),
				Arguments.of(StatusCode.NO_CAPABILITIES,
						RawFrames.items("supported-versions", versions, "max-frame-size", size)));
	}

	@ParameterizedTest
	@MethodSource("incompleteOffers")
	void missingItemIsRefused(StatusCode status, byte[] offer) {
		assertRefused(RawFrames.frame(FrameType.HAPROXY_HELLO, offer), status);
	}

	static Stream<byte[]> malformedOffers() {
		return Stream.of(offer("2.0", "16380", ""), offer(2L, 16380L, ""), offer("2.0", 16380L, true),
				offer("2.0", null, ""), Arrays.copyOf(OFFER, OFFER.length - 1), RawFrames.hex("00"),
				RawFrames.hex("01 78 0a"), RawFrames.hex("ff ff ff ff ff ff ff ff ff ff 00"));
	}

	@ParameterizedTest
	@MethodSource("malformedOffers")
	void malformedItemIsRefused(byte[] offer) {
		assertRefused(RawFrames.frame(FrameType.HAPROXY_HELLO, offer), StatusCode.INVALID_FRAME);
	}

	@Test
	void unknownItemsAreIgnored() {
		byte[] offer = RawFrames.items("new", TypedData.of(true), "supported-versions", TypedData.of("2.0"), "",
				TypedData.NULL, "max-frame-size", TypedData.of(16380), "capabilities", TypedData.of(""));
		try (EmbeddedConnection connection = connect()) {
			receiveHello(connection, offer);
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 16380, FRAGMENTATION));
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 0", "0, 1", "-1, -1" })
	void idsMustBeZero(long streamId, long frameId) {
		assertRefused(RawFrames.frame(1, 1, streamId, frameId, OFFER), StatusCode.INVALID_FRAME);
	}

	@Test
	void fragmentedHelloIsRefused() {
		assertRefused(RawFrames.frame(1, 0, 0, 0, OFFER), StatusCode.NO_FRAGMENTATION);
	}

	@Test
	void reservedFlagsAreIgnored() {
		try (EmbeddedConnection connection = connect()) {
			connection.receive(RawFrames.frame(1, 0xFFFFFFFD, 0, 0, OFFER));
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 16380, BOTH));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 4, 101, 102, 103, 255 })
	void firstFrameMustBeHello(int type) {
		assertRefused(RawFrames.frame(type, 1, 0, 0, OFFER), StatusCode.INVALID_FRAME);
	}

	@Test
	void secondHelloIsRefused() {
		try (EmbeddedConnection connection = connect().hello()) {
			receiveHello(connection, OFFER);
			assertThat(connection.sent()).containsExactly(new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	@Test
	void refusalIsOneFrame() {
		try (EmbeddedConnection connection = connect()) {
			receiveHello(connection, offer("1.0", 16380L, ""));
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.sentBytes()).isEqualTo(RawFrames.hex("""
					00 00 00 32 66 00 00 00 01 00 00 \
					0b 73 74 61 74 75 73 2d 63 6f 64 65 03 08 \
					07 6d 65 73 73 61 67 65 08 13 75 6e 73 75 70 70 6f 72 74 65 64 20 76 65 72 73 69 6f 6e"""));
		}
	}

	// From 3.1 on HAProxy drops a connection whose AGENT-HELLO comes in pieces.
	@ParameterizedTest
	@ValueSource(ints = { 1, 4, 11, 1000 })
	void helloLeavesInOneWrite(int pieces) {
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.frame(FrameType.HAPROXY_HELLO, OFFER));
		try (EmbeddedConnection connection = connect()) {
			for (int start = 0; start < bytes.length; start += pieces) {
				connection.receive(Arrays.copyOfRange(bytes, start, Math.min(start + pieces, bytes.length)));
			}
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.flushes()).isOne();
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 16380, BOTH));
		}
	}

	@Test
	void helloLeavesInOneWriteWithWhatComesBehind() {
		try (EmbeddedConnection connection = connect()) {
			connection.receive(RawFrames.frame(FrameType.HAPROXY_HELLO, OFFER), RawFrames.notify(1, 1),
					RawFrames.length(0));
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.flushes()).isOne();
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 16380, BOTH), new Ack(1, 1, List.of()),
					new Disconnect(StatusCode.INVALID_FRAME));
		}
	}

	static Stream<Consumer<ByteWriter>> framesBehindAHealthCheck() {
		return Stream.of(RawFrames.bytes(), RawFrames.notify(1, 1), RawFrames.frame(FrameType.HAPROXY_HELLO, OFFER),
				RawFrames.frame(FrameType.HAPROXY_DISCONNECT), RawFrames.length(0), RawFrames.length(-1),
				RawFrames.bytes((byte) 0));
	}

	@ParameterizedTest
	@MethodSource("framesBehindAHealthCheck")
	void nothingComesBehindTheAnswerToAHealthCheck(Consumer<ByteWriter> behind) {
		try (EmbeddedConnection connection = connect()) {
			connection.receive(new HaproxyHello("2.0", 16380, Set.of(), null, true)::write, behind, behind);
			connection.receive(behind, behind);
			connection.drain();
			connection.channel().pipeline().fireUserEventTriggered(SpoeConnectionHandler.TERMINATE);
			assertThat(connection.sentBuffers()).isOne();
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 256, Set.of()));
			connection.advanceTime(1000);
			assertThat(connection.isOpen()).isFalse();
			assertThat(connection.sentBuffers()).isZero();
		}
	}

	@Test
	void healthCheckIsAnsweredWithOneFrame() {
		try (EmbeddedConnection connection = connect()) {
			Consumer<ByteWriter> check = new HaproxyHello("2.0", 16380, Set.of(), null, true)::write;
			connection.receive(check, RawFrames.notify(1, 1), check);
			connection.receive(RawFrames.notify(2, 1), RawFrames.frame(FrameType.HAPROXY_DISCONNECT));
			connection.drain();
			assertThat(connection.sent()).containsExactly(new AgentHello("2.0", 256, Set.of()));
			connection.advanceTime(999);
			assertThat(connection.isOpen()).isTrue();
			connection.advanceTime(1);
			assertThat(connection.isOpen()).isFalse();
			assertThat(connection.sent()).isEmpty();
		}
	}

	@Test
	void healthCheckThatIsFalseIsNone() {
		byte[] offer = RawFrames.items("supported-versions", TypedData.of("2.0"), "max-frame-size", TypedData.of(16380),
				"capabilities", TypedData.of(""), "healthcheck", TypedData.of(false));
		try (EmbeddedConnection connection = connect()) {
			receiveHello(connection, offer);
			connection.advanceTime(10_000);
			assertThat(connection.isOpen()).isTrue();
		}
	}

	private static void assertRefused(Consumer<ByteWriter> hello, StatusCode status) {
		try (EmbeddedConnection connection = connect()) {
			connection.receive(hello);
			connection.receive(RawFrames.frame(FrameType.HAPROXY_HELLO, OFFER));
			assertThat(connection.sent()).containsExactly(new Disconnect(status));
			connection.advanceTime(1000);
			assertThat(connection.isOpen()).isFalse();
		}
	}

	private static EmbeddedConnection connect() {
		return new EmbeddedConnection(SpoeExchange::complete);
	}

	private static void receiveHello(EmbeddedConnection connection, byte[] offer) {
		connection.receive(RawFrames.frame(FrameType.HAPROXY_HELLO, offer));
	}

	private static byte[] offer(Object versions, Object maxFrameSize, Object capabilities) {
		return RawFrames.items("supported-versions", typed(versions), "max-frame-size", typed(maxFrameSize),
				"capabilities", typed(capabilities));
	}

	private static TypedData typed(Object value) {
		if (value == null) {
			return TypedData.NULL;
		}
		if (value instanceof Long number) {
			return TypedData.of(number);
		}
		return (value instanceof Boolean bool) ? TypedData.of(bool) : TypedData.of((String) value);
	}

}
