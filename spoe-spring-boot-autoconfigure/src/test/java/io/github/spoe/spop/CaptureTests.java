/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
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

	private static final FrameDecoder DECODER = new FrameDecoder(16380);

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
			assertThat(CaptureNotation.linesOf(capture.bytes())).as(capture.file())
				.isNotEmpty()
				.containsExactlyElementsOf(capture.lines());
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void framesAreFoundHoweverTheStreamIsSplit(List<Capture> captures) {
		for (Capture capture : captures) {
			ByteBuf in = capture.bytes().duplicate();
			int size = in.writerIndex();
			List<ByteBuf> frames = capture.frames();
			for (int split = 0; split <= size; split++) {
				List<ByteBuf> found = new ArrayList<>();
				decode(in.setIndex(0, split), found);
				decode(in.writerIndex(size), found);
				if (!found.equals(frames) || in.isReadable()) {
					assertThat(found).as("%s split at %d", capture.file(), split).isEqualTo(frames);
				}
			}
		}
	}

	private static void decode(ByteBuf in, List<ByteBuf> frames) {
		int before = in.readerIndex();
		int length = DECODER.readLength(in);
		while (length != FrameDecoder.INCOMPLETE) {
			frames.add(in.readSlice(length));
			before = in.readerIndex();
			length = DECODER.readLength(in);
		}
		assertThat(in.readerIndex()).isEqualTo(before);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void framesAreWrittenAsTheyWere(List<Capture> captures) {
		for (Capture capture : captures) {
			for (ByteBuf frame : capture.frames()) {
				FrameHeader header = FrameHeader.read(frame.duplicate());
				if (isWhole(header)) {
					ByteBuf out = Unpooled.buffer();
					rewrite(frame.duplicate(), out);
					assertThat(Wire.hex(out.skipBytes(4))).as(capture.file()).isEqualTo(Wire.hex(frame));
				}
			}
		}
	}

	private static void rewrite(ByteBuf frame, ByteBuf out) {
		FrameHeader header = FrameHeader.read(frame);
		switch (header.type()) {
			case HAPROXY_HELLO -> HaproxyHello.read(frame).write(out);
			case AGENT_HELLO -> AgentHello.read(frame).write(out);
			case HAPROXY_DISCONNECT, AGENT_DISCONNECT -> Disconnect.read(frame).write(out, header.type());
			case NOTIFY -> Notify.read(header, frame).write(out);
			case ACK -> Ack.read(header, frame).write(out);
			default -> throw new IllegalStateException(header.toString());
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void indexAgreesWithNotify(List<Capture> captures) {
		NotifyIndex index = new NotifyIndex();
		for (Capture capture : captures) {
			for (ByteBuf frame : capture.frames()) {
				FrameHeader header = FrameHeader.read(frame);
				if (header.type() == FrameType.NOTIFY && isWhole(header)) {
					index.read(frame.duplicate());
					assertThat(IndexedMessages.of(index, frame)).as(capture.file())
						.usingRecursiveComparison()
						.isEqualTo(Notify.read(header, frame).messages());
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.6", "3.0" })
	void fragmentsMakeANotify(String version) throws IOException {
		List<ByteBuf> frames = Capture.read(Capture.directory().resolve(version).resolve("fragmented")).get(0).frames();
		FrameHeader first = FrameHeader.read(frames.get(1));
		FrameHeader last = FrameHeader.read(frames.get(2));
		assertThat(first.isFin()).isFalse();
		assertThat(last)
			.isEqualTo(new FrameHeader(FrameType.UNSET, FrameHeader.FIN, first.streamId(), first.frameId()));
		Notify notify = Notify.read(first, Unpooled.wrappedBuffer(frames.get(1), frames.get(2)));
		assertThat(notify.messages()).singleElement().satisfies((message) -> {
			assertThat(message.name()).isEqualTo("huge");
			assertThat(message.arguments()).extracting(Notify.Argument::name).containsExactly("id", "one", "two");
		});
	}

	private static boolean isWhole(FrameHeader header) {
		return header.isFin() && header.type() != FrameType.UNSET;
	}

}
