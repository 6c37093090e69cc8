/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NotifyIndexTests {

	private static final String TWO_MESSAGES = "01 'm' 00 02 'nn' 02 01 'a' 04 f000 00 08 03 'abc'";

	private final NotifyIndex index = new NotifyIndex();

	@Test
	void newIndexIsEmpty() {
		assertThat(this.index.messageCount()).isZero();
		assertThat(this.index.copy().messageCount()).isZero();
	}

	@Test
	void vector() {
		ByteBuf frame = Wire.bytes(NotifyTests.VECTOR);
		Wire.readHeader(frame);
		this.index.read(frame);
		assertThat(frame.isReadable()).isFalse();
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
	void keepsTheFlagsOfAValue() {
		this.index.read(Wire.bytes("01 'm' 02 00 11 00 31"));
		assertThat(this.index.argumentFirstByte(0)).isEqualTo(0x11);
		assertThat(this.index.argumentFirstByte(1)).isEqualTo(0x31);
		assertThat(this.index.argumentValueSize(1)).isZero();
	}

	@Test
	void copyStaysTheSame() {
		this.index.read(Wire.bytes(TWO_MESSAGES));
		NotifyIndex copy = this.index.copy();
		this.index.read(Wire.bytes("03 'new' 01 02 'zz' 04 01"));
		assertThat(IndexedMessages.of(copy, Wire.bytes(TWO_MESSAGES))).isEqualTo(messages(TWO_MESSAGES));
	}

	@Test
	void copyMayBeReadAgain() {
		NotifyIndex copy = this.index.copy();
		copy.read(Wire.bytes(TWO_MESSAGES));
		assertThat(IndexedMessages.of(copy, Wire.bytes(TWO_MESSAGES))).isEqualTo(messages(TWO_MESSAGES));
	}

	@Test
	void growsAndForgets() {
		Notify.Message message = new Notify.Message("m",
				Collections.nCopies(255, new Notify.Argument("a", TypedData.of("text"))));
		ByteBuf frame = Wire.written(new Notify(1, 1, Collections.nCopies(20, message))::write);
		Wire.readHeader(frame);
		this.index.read(frame.slice());
		assertThat(IndexedMessages.of(this.index, frame)).isEqualTo(Collections.nCopies(20, message));
		this.index.read(Wire.bytes(TWO_MESSAGES));
		assertThat(IndexedMessages.of(this.index, Wire.bytes(TWO_MESSAGES))).isEqualTo(messages(TWO_MESSAGES));
		this.index.read(Wire.bytes(""));
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
	@MethodSource("io.github.spoe.spop.NotifyTests#malformed")
	void refusesMalformedAndKeepsTheMessagesBefore(String payload) {
		Wire.assertMalformed(payload, this.index::read);
		Wire.assertMalformed(TWO_MESSAGES + payload, this.index::read);
		List<Notify.Message> before = messages(TWO_MESSAGES);
		assertThat(this.index.messageCount()).isGreaterThanOrEqualTo(before.size());
		assertThat(IndexedMessages.of(this.index, Wire.bytes(TWO_MESSAGES + payload)).subList(0, before.size()))
			.isEqualTo(before);
	}

	@Test
	void refusesTruncated() {
		Wire.assertMalformedIfTruncated(TWO_MESSAGES, Set.of(0, 3), this.index::read);
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 4, 5, 6 })
	void agreesWithNotify(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < 50; i++) {
			Notify notify = samples.notification();
			ByteBuf frame = Wire.written(notify::write);
			Wire.readHeader(frame);
			this.index.read(frame.slice());
			assertThat(IndexedMessages.of(this.index, frame)).usingRecursiveComparison().isEqualTo(notify.messages());
		}
	}

	private static List<Notify.Message> messages(String payload) {
		return Notify.read(new FrameHeader(FrameType.NOTIFY, FrameHeader.FIN, 1, 1), Wire.bytes(payload)).messages();
	}

}
