/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NotifyIndexTests {

	private static final String TWO_MESSAGES = "01 'm' 00 02 'nn' 02 01 'a' 04 f000 00 08 03 'abc'";

	private static final String LONG_NAME = "'a-name-of-63-characters-which-leave-no-room-for-it-in-the-shape'";

	private final NotifyIndex index = new NotifyIndex();

	static Stream<Arguments> malformed() {
		Stream<Arguments> faults = Stream.of(Arguments.argumentSet("name of the message beyond the end", "04 'abc'"),
				Arguments.argumentSet("length of 2^32", Wire.varint("4294967296") + "00"),
				Arguments.argumentSet("length of 2^63", Wire.varint("9223372036854775808") + "'abc' 00"),
				Arguments.argumentSet("length of 2^64-1", Wire.varint("18446744073709551615") + "'abc' 00"),
				Arguments.argumentSet("length of 11 bytes", "ffffffffffffffffffff00"),
				Arguments.argumentSet("no number of arguments", "01 'm'"),
				Arguments.argumentSet("more arguments counted than there are", "01 'm' 02 01 'a' 00"),
				Arguments.argumentSet("255 arguments counted", "01 'm' ff 01 'a' 00"),
				Arguments.argumentSet("fewer arguments counted than there are", "01 'm' 01 01 'a' 00 01 'b' 04 05"),
				Arguments.argumentSet("name of the argument beyond the end", "01 'm' 01 05 'a' 00"),
				Arguments.argumentSet("name of the argument of 2^63", "01 'm' 01 f0f1fefefefefefefe06 'a' 00"),
				Arguments.argumentSet("no value", "01 'm' 01 01 'a'"),
				Arguments.argumentSet("short IPv4", "01 'm' 01 01 'a' 06 7f 00 00"),
				Arguments.argumentSet("short IPv6", "01 'm' 01 01 'a' 07" + "00".repeat(15)),
				Arguments.argumentSet("string beyond the end", "01 'm' 01 01 'a' 08 04 'abc'"),
				Arguments.argumentSet("string of 2^63", "01 'm' 01 01 'a' 08 f0f1fefefefefefefe06 'abc'"),
				Arguments.argumentSet("binary of 2^64-1", "01 'm' 01 01 'a' 09 fff0fefefefefefefe0e 'abc'"),
				Arguments.argumentSet("integer of 2^64", "01 'm' 01 01 'a' 04 f0f1fefefefefefefe0e"),
				Arguments.argumentSet("unfinished integer", "01 'm' 01 01 'a' 04 f0"));
		return Stream.concat(faults, IntStream.rangeClosed(10, 15)
			.mapToObj((type) -> Arguments.argumentSet("type " + type, "01 'm' 01 01 'a' %02x 00".formatted(type))));
	}

	@Test
	void newIndexIsEmpty() {
		assertThat(this.index.messageCount()).isZero();
		assertThat(this.index.copy().messageCount()).isZero();
	}

	@Test
	void vector() {
		ByteReader payload = Wire.frame(Wire.bytes(NotifyTests.VECTOR)).payload();
		this.index.read(payload);
		assertThat(payload.isReadable()).isFalse();
		assertThat(this.index.messageCount()).isOne();
		assertThat(this.index.messageName(0)).isEqualTo(1);
		assertThat(this.index.messageNameSize(0)).isEqualTo(15);
		assertThat(this.index.firstArgument(0)).isZero();
		assertThat(this.index.argumentCount(0)).isOne();
		assertThat(this.index.argumentName(0)).isEqualTo(18);
		assertThat(this.index.argumentNameSize(0)).isEqualTo(2);
		assertThat(this.index.argumentFirstByte(0)).isEqualTo(6);
		assertThat(this.index.argumentValue(0)).isEqualTo(21);
		assertThat(this.index.argumentValueSize(0)).isEqualTo(4);
	}

	@Test
	void messagesWithoutArguments() {
		assertThat(IndexedMessages.read(Wire.bytes("01 'm' 00 00 00 01 'm' 00"))).containsExactly(
				new Notify.Message("m", List.of()), new Notify.Message("", List.of()),
				new Notify.Message("m", List.of()));
	}

	@Test
	void unnamedAndRepeatedArguments() {
		assertThat(IndexedMessages.read(Wire.bytes("01 'm' 05 01 'a' 04 01 00 04 02 01 'a' 04 03 00 04 04 01 'b' 00")))
			.singleElement()
			.extracting(Notify.Message::arguments)
			.isEqualTo(List.of(argument("a", 1), argument("", 2), argument("a", 3), argument("", 4),
					new Notify.Argument("b", TypedData.NULL)));
	}

	@Test
	void keepsTheFlagsOfAValue() {
		read("01 'm' 02 00 11 00 31");
		assertThat(this.index.argumentFirstByte(0)).isEqualTo(0x11);
		assertThat(this.index.argumentFirstByte(1)).isEqualTo(0x31);
		assertThat(this.index.argumentValueSize(1)).isZero();
	}

	@Test
	void copyStaysTheSame() {
		read(TWO_MESSAGES);
		NotifyIndex copy = this.index.copy();
		read("03 'new' 01 02 'zz' 04 01");
		assertThat(IndexedMessages.of(copy, Wire.bytes(TWO_MESSAGES))).isEqualTo(messages(TWO_MESSAGES));
	}

	@Test
	void copyMayBeReadAgain() {
		NotifyIndex copy = this.index.copy();
		copy.read(Wire.reader(Wire.bytes(TWO_MESSAGES)));
		assertThat(IndexedMessages.of(copy, Wire.bytes(TWO_MESSAGES))).isEqualTo(messages(TWO_MESSAGES));
	}

	@Test
	void growsAndForgets() {
		Notify.Message message = new Notify.Message("m",
				Collections.nCopies(255, new Notify.Argument("a", TypedData.of("text"))));
		ByteBuf payload = read(new Notify(1, 1, Collections.nCopies(20, message)));
		assertThat(IndexedMessages.of(this.index, payload)).isEqualTo(Collections.nCopies(20, message));
		read(TWO_MESSAGES);
		assertThat(IndexedMessages.of(this.index, Wire.bytes(TWO_MESSAGES))).isEqualTo(messages(TWO_MESSAGES));
		read("");
		assertThat(this.index.messageCount()).isZero();
	}

	@Test
	void readingAgainAllocatesNothing() {
		byte[] payload = ByteBufUtil.getBytes(Wire.bytes(TWO_MESSAGES));
		ByteReader reader = new ByteReader();
		assertThat(Wire.allocatedBytes(() -> {
			for (int i = 0; i < 10_000; i++) {
				reader.reset(payload, 0, payload.length);
				this.index.read(reader);
			}
		})).isLessThan(100_000);
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void refusesMalformedAndKeepsTheMessagesBefore(String payload) {
		Wire.assertMalformed(payload, this::read);
		Wire.assertMalformed(TWO_MESSAGES + payload, this::read);
		List<Notify.Message> before = messages(TWO_MESSAGES);
		assertThat(this.index.messageCount()).isGreaterThanOrEqualTo(before.size());
		assertThat(IndexedMessages.of(this.index, Wire.bytes(TWO_MESSAGES + payload)).subList(0, before.size()))
			.isEqualTo(before);
	}

	@Test
	void refusesTruncated() {
		Wire.assertMalformedIfTruncated(TWO_MESSAGES, Set.of(0, 3), this::read);
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 4, 5, 6 })
	void agreesWithNotify(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < 50; i++) {
			Notify notify = samples.notification();
			ByteBuf payload = read(notify);
			assertThat(IndexedMessages.of(this.index, payload)).usingRecursiveComparison().isEqualTo(notify.messages());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0f 'check-client-ip' 01 02 'ip' 06 7f000001", "07 'message' 01 04 'text' 08 03 'abc'",
			"07 'message' 01 06 'binary' 09 00", "07 'message' 02 01 'a' 04 05 01 'b' 11",
			"07 'message' 01 06 'number' 04 f000", "07 'message' 01 04 'null' 00 01 'm' 00",
			"01 'm' 01 02 'ip' 06 7f000001", "3f" + LONG_NAME + "01 02 'ip' 06 7f000001" })
	void readsTheSameWhateverCameBefore(String payload) {
		byte[] before = ByteBufUtil.getBytes(Wire.bytes(payload));
		for (int at = 0; at < before.length; at++) {
			for (int change = 1; change < 256; change += 37) {
				byte[] bytes = before.clone();
				bytes[at] ^= (byte) change;
				assertReadsLikeNew(before, bytes);
			}
			assertReadsLikeNew(before, Arrays.copyOf(before, at));
		}
		assertReadsLikeNew(before, Arrays.copyOf(before, before.length + 1));
		assertReadsLikeNew(before, before);
	}

	private void assertReadsLikeNew(byte[] before, byte[] bytes) {
		read(Unpooled.wrappedBuffer(before));
		assertThat(outcome(this.index, bytes)).usingRecursiveComparison().isEqualTo(outcome(new NotifyIndex(), bytes));
	}

	// Behind a byte that does not belong to it.
	private static Object outcome(NotifyIndex index, byte[] bytes) {
		ByteReader payload = new ByteReader();
		byte[] all = new byte[1 + bytes.length];
		System.arraycopy(bytes, 0, all, 1, bytes.length);
		payload.reset(all, 1, all.length);
		try {
			index.read(payload);
			return List.of(IndexedMessages.of(index, Unpooled.wrappedBuffer(bytes)),
					IntStream.range(0, index.messageCount()).mapToObj(index::messageNameText).toList());
		}
		catch (SpopException ex) {
			return ex.getMessage();
		}
	}

	private void read(String payload) {
		read(Wire.bytes(payload));
	}

	private void read(ByteBuf payload) {
		this.index.read(Wire.reader(payload));
	}

	private ByteBuf read(Notify notify) {
		FrameReader frame = Wire.frame(Wire.written(notify::write));
		ByteBuf payload = frame.payloadBuffer();
		this.index.read(frame.payload());
		return payload;
	}

	private static Notify.Argument argument(String name, long value) {
		return new Notify.Argument(name, TypedData.of(value));
	}

	private static List<Notify.Message> messages(String payload) {
		return NotifyReader.messages(Wire.bytes(payload));
	}

}
