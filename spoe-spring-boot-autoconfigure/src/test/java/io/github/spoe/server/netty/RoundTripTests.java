/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.NotifyReader;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.Samples;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written is read as it was, in one piece and cut at each byte: values on their
 * way to the agent and back, and frames of all types.
 */
class RoundTripTests {

	private static final int SAMPLES = 10;

	/**
	 * Large ACKs that follow each other are held back.
	 */
	private static final long PACE_MILLIS = 100;

	/**
	 * Time goes with the square of the size.
	 */
	private static final int MAX_SIZE = 3000;

	private static final int[] SIZES = { 0, 1, 239, 240, 2287, 2288, 5000 };

	// Where the size of a varint changes, the bounds of Java's types, and of UINT32.
	private static final long[] NUMBERS = { 0, 1, 239, 240, 2287, 2288, 264_431, 264_432, 33_818_863, 33_818_864,
			Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1, 1L << 32, 4_328_786_159L, 4_328_786_160L, 554_084_600_047L,
			554_084_600_048L, 70_922_828_777_711L, 70_922_828_777_712L, 9_078_122_083_518_703L, 9_078_122_083_518_704L,
			1_161_999_626_690_365_679L, 1_161_999_626_690_365_680L, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1,
			Integer.MIN_VALUE, Integer.MIN_VALUE + 1L };

	static Stream<TypedData> values() {
		Stream<TypedData> constants = Stream.of(TypedData.NULL, TypedData.of(true), TypedData.of(false));
		Stream<TypedData> integers = Stream.of(DataType.INT32, DataType.UINT32, DataType.INT64, DataType.UINT64)
			.flatMap((type) -> LongStream.of(NUMBERS)
				.map((number) -> narrow(type, number))
				.distinct()
				.mapToObj((number) -> new TypedData(type, number)));
		Stream<TypedData> addresses = Stream
			.of("00000000", "ffffffff", "7f000001", "00".repeat(16), "ff".repeat(16), "00".repeat(15) + "01",
					"00".repeat(10) + "ffff01020304")
			.map(RoundTripTests::address);
		Stream<TypedData> texts = Arrays.stream(SIZES)
			.boxed()
			.flatMap((size) -> Stream.of(TypedData.of("a".repeat(size)), TypedData.of(new byte[size])));
		return Stream.of(constants, integers, addresses, texts, Stream.of(TypedData.of("\0\u00e9\u20ac\ud83d\ude00")))
			.flatMap((stream) -> stream);
	}

	private static TypedData address(String hex) {
		byte[] bytes = HexFormat.of().parseHex(hex);
		try {
			return new TypedData((bytes.length == 4) ? DataType.IPV4 : DataType.IPV6,
					(bytes.length == 4) ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, -1));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// What does not fit in a type of 32 bits is no value of it.
	private static long narrow(DataType type, long number) {
		return switch (type) {
			case INT32 -> (int) number;
			case UINT32 -> number & 0xFFFFFFFFL;
			default -> number;
		};
	}

	@ParameterizedTest
	@MethodSource("values")
	void valueComesBack(TypedData value) {
		assertThatComesBack(value);
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void anyValueComesBack(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < SAMPLES; i++) {
			TypedData value = samples.typedData();
			assertThatComesBack((value.value() instanceof Long number)
					? new TypedData(value.type(), narrow(value.type(), number)) : value);
		}
	}

	private static void assertThatComesBack(TypedData value) {
		Ack.Action variable = new Ack.Action(VariableScope.TRANSACTION, "name",
				(value.type() != DataType.NULL) ? value : null);
		byte[] expected = EmbeddedConnection.bytes(RawFrames.ack(new Ack(-1, 300, List.of(variable))));
		byte[] notify = EmbeddedConnection.bytes(new Notify(-1, 300,
				List.of(new Notify.Message("txn", List.of(new Notify.Argument("name", value)))))::write);
		try (EmbeddedConnection connection = new EmbeddedConnection(new EchoDispatcher()).hello()) {
			for (int cut = 0; cut < notify.length; cut++) {
				connection.receive(Arrays.copyOf(notify, cut));
				assertThat(connection.sentBuffers()).isZero();
				connection.receive(Arrays.copyOfRange(notify, cut, notify.length));
				connection.advanceTime(PACE_MILLIS);
				assertThat(connection.sentBytes()).as("ACK of a NOTIFY cut at %d", cut).isEqualTo(expected);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void frameComesBack(FrameType type) {
		int samples = 0;
		for (int seed = 0; samples < SAMPLES; seed++) {
			Object frame = sample(type, new Samples(seed));
			byte[] bytes = EmbeddedConnection.bytes(writer(type, frame));
			if (bytes.length <= MAX_SIZE) {
				samples++;
				assertThat(read(read(bytes, 0))).as("seed %d", seed).usingRecursiveComparison().isEqualTo(frame);
				for (int cut = 0; cut < bytes.length; cut++) {
					FrameReader reader = read(bytes, cut);
					assertThat(reader.type()).isEqualTo(type);
					assertThat(EmbeddedConnection.bytes(writer(type, read(reader)))).as("seed %d, cut at %d", seed, cut)
						.isEqualTo(bytes);
				}
			}
		}
	}

	private static Object sample(FrameType type, Samples samples) {
		return switch (type) {
			case UNSET -> new Fragment(samples.number(), samples.number(), samples.bytes());
			case HAPROXY_HELLO -> new HaproxyHello(samples.text(), samples.number(), Set.of("pipelining"),
					(samples.number() % 2 != 0) ? samples.text() : null, samples.number() % 2 != 0);
			case HAPROXY_DISCONNECT, AGENT_DISCONNECT -> new Disconnect(samples.number(), samples.text());
			case NOTIFY -> samples.notification();
			case AGENT_HELLO -> new AgentHello(samples.text(), samples.number(), Set.of("fragmentation"));
			case ACK -> samples.ack();
		};
	}

	private static Consumer<ByteWriter> writer(FrameType type, Object frame) {
		if (frame instanceof Fragment fragment) {
			return RawFrames.frame(type.code(), 1, fragment.streamId(), fragment.frameId(), fragment.payload());
		}
		if (frame instanceof Disconnect disconnect) {
			return (out) -> disconnect.write(out, type);
		}
		if (frame instanceof Ack ack) {
			return RawFrames.ack(ack);
		}
		if (frame instanceof Notify notify) {
			return notify::write;
		}
		return (frame instanceof HaproxyHello hello) ? hello::write : ((AgentHello) frame)::write;
	}

	private static FrameReader read(byte[] bytes, int cut) {
		Inbound inbound = new Inbound(EventLoopScratch.current());
		FrameReader reader = inbound.receive(Unpooled.wrappedBuffer(bytes, 0, cut));
		assertThat(reader.next(bytes.length)).isFalse();
		inbound.keepRest(reader);
		reader = inbound.receive(Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut));
		assertThat(reader.next(bytes.length)).isTrue();
		assertThat(reader.rest()).isZero();
		return reader;
	}

	private static Object read(FrameReader frame) {
		return switch (frame.type()) {
			case UNSET -> new Fragment(frame.streamId(), frame.frameId(), ByteBufUtil.getBytes(frame.payloadBuffer()));
			case HAPROXY_HELLO -> HaproxyHello.read(frame.payloadBuffer());
			case HAPROXY_DISCONNECT, AGENT_DISCONNECT -> Disconnect.read(frame.payloadBuffer());
			case NOTIFY -> new Notify(frame.streamId(), frame.frameId(), NotifyReader.messages(frame.payloadBuffer()));
			case AGENT_HELLO -> AgentHello.read(frame.payloadBuffer());
			case ACK -> Ack.read(frame.header(), frame.payloadBuffer());
		};
	}

	private record Fragment(long streamId, long frameId, byte[] payload) {

	}

}
