/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/**
 * The codecs against bytes of real HAProxy.
 */
class CaptureTests {

	private static final int MAX_LENGTH = 16380;

	static Stream<Arguments> cases() throws IOException {
		List<Arguments> cases = new ArrayList<>();
		for (Path testCase : Capture.cases()) {
			cases.add(
					Arguments.argumentSet(Capture.directory().relativize(testCase).toString(), Capture.read(testCase)));
		}
		return cases.stream();
	}

	@Test
	void everyFileBelongsToACase() throws IOException {
		List<String> read = new ArrayList<>();
		for (Path testCase : Capture.cases()) {
			Capture.read(testCase).forEach((capture) -> read.add(capture.file()));
		}
		try (Stream<Path> files = Files.walk(Capture.directory())) {
			assertThat(files.filter((file) -> file.toString().endsWith(".bin"))
				.map((file) -> Capture.directory().relativize(file).toString())).hasSizeGreaterThan(100)
				.containsExactlyInAnyOrderElementsOf(read);
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void framesAreWhatTheTextSays(List<Capture> captures) {
		for (Capture capture : captures) {
			assertThat(CaptureNotation.linesOf(capture.reader())).as(capture.file())
				.isNotEmpty()
				.containsExactlyElementsOf(capture.lines());
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void framesAreFoundHoweverTheStreamIsSplit(List<Capture> captures) {
		for (Capture capture : captures) {
			byte[] bytes = capture.bytes();
			FrameReader reader = new FrameReader();
			List<ByteBuf> frames = capture.frames();
			for (int split = 0; split <= bytes.length; split++) {
				List<ByteBuf> found = new ArrayList<>();
				reader.reset(bytes, 0, split);
				find(reader, bytes, found);
				reader.reset(bytes, reader.position(), bytes.length);
				find(reader, bytes, found);
				if (!found.equals(frames) || reader.rest() > 0) {
					assertThat(found).as("%s split at %d", capture.file(), split).isEqualTo(frames);
				}
			}
		}
	}

	private static void find(FrameReader reader, byte[] bytes, List<ByteBuf> frames) {
		int start = reader.position();
		while (reader.next(MAX_LENGTH)) {
			frames.add(Unpooled.wrappedBuffer(bytes, start + Integer.BYTES, reader.position() - start - Integer.BYTES));
			start = reader.position();
		}
		assertThat(reader.position()).isEqualTo(start);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void framesAreWrittenAsTheyWere(List<Capture> captures) {
		for (Capture capture : captures) {
			FrameReader frame = capture.reader();
			int start = 0;
			while (frame.next(MAX_LENGTH)) {
				if (isWhole(frame.header())) {
					byte[] bytes = Arrays.copyOfRange(capture.bytes(), start, frame.position());
					assertThat(Wire.hex(Wire.written((out) -> rewrite(frame, out)))).as(capture.file())
						.isEqualTo(ByteBufUtil.hexDump(bytes));
				}
				start = frame.position();
			}
		}
	}

	private static void rewrite(FrameReader frame, ByteWriter out) {
		FrameHeader header = frame.header();
		ByteBuf payload = frame.payloadBuffer();
		switch (header.type()) {
			case HAPROXY_HELLO -> HaproxyHello.read(payload).write(out);
			case AGENT_HELLO -> AgentHello.read(payload).write(out);
			case HAPROXY_DISCONNECT, AGENT_DISCONNECT -> Disconnect.read(payload).write(out, header.type());
			case NOTIFY -> new Notify(header.streamId(), header.frameId(), IndexedMessages.read(payload)).write(out);
			case ACK -> RawFrames.ack(Ack.read(header, payload)).accept(out);
			default -> throw new IllegalStateException(header.toString());
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void indexAgreesWithTheValues(List<Capture> captures) {
		NotifyIndex index = new NotifyIndex();
		for (Capture capture : captures) {
			FrameReader frame = capture.reader();
			while (frame.next(MAX_LENGTH)) {
				if (frame.type() == FrameType.NOTIFY && frame.isFin()) {
					ByteBuf payload = frame.payloadBuffer();
					index.read(frame.payload());
					assertThat(IndexedMessages.of(index, payload)).as(capture.file())
						.usingRecursiveComparison()
						.isEqualTo(NotifyReader.messages(payload));
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.6", "3.0" })
	void fragmentsMakeANotify(String version) throws IOException {
		FrameReader frame = Capture.read(Capture.directory().resolve(version).resolve("fragmented")).get(0).reader();
		assertThat(frame.next(MAX_LENGTH)).isTrue();
		assertThat(frame.type()).isEqualTo(FrameType.HAPROXY_HELLO);
		assertThat(frame.next(MAX_LENGTH)).isTrue();
		FrameHeader first = frame.header();
		ByteBuf start = frame.payloadBuffer();
		assertThat(frame.next(MAX_LENGTH)).isTrue();
		FrameHeader last = frame.header();
		ByteBuf rest = frame.payloadBuffer();
		assertThat(first.isFin()).isFalse();
		assertThat(last)
			.isEqualTo(new FrameHeader(FrameType.UNSET, FrameHeader.FIN, first.streamId(), first.frameId()));
		assertThat(IndexedMessages.read(Unpooled.wrappedBuffer(start, rest))).singleElement().satisfies((message) -> {
			assertThat(message.name()).isEqualTo("huge");
			assertThat(message.arguments()).extracting(Notify.Argument::name).containsExactly("id", "one", "two");
		});
	}

	private static boolean isWhole(FrameHeader header) {
		return header.isFin() && header.type() != FrameType.UNSET;
	}

}
