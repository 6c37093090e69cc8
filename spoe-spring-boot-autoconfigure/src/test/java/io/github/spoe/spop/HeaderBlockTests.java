/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HeaderBlock}.
 */
class HeaderBlockTests {

	private static final String BINARY = "04 48 6f 73 74 01 61 01 62 00 00 00";

	private static final String TEXT = "Host: a\r\nb: \r\n\r\n";

	@Test
	void binary() {
		assertThat(binary(RawFrames.hex(BINARY))).containsExactly("Host=a", "b=");
		assertThat(binary(RawFrames.hex("00 00"))).isEmpty();
	}

	@Test
	void longBinary() {
		ByteWriter out = new ByteWriter(64);
		TypedDataCodec.writeText(out, "x-long");
		TypedDataCodec.writeText(out, "a".repeat(3000));
		TypedDataCodec.writeText(out, "");
		TypedDataCodec.writeText(out, "");
		assertThat(binary(out.toByteArray(0))).containsExactly("x-long=" + "a".repeat(3000));
	}

	@Test
	void binaryThatIsCutShort() {
		assertCutShort(RawFrames.hex(BINARY), HeaderBlock::readBinary);
	}

	@ParameterizedTest
	@CsvSource({ "00 00 00, goes on after its end", "00 01 61, has a header without a name",
			"01 61 01 62 00 01 63 00 00, has a header without a name", "ff ff ff ff ff ff ff ff ff ff, is cut short",
			"01 61 ff f0 fe fe fe fe fe fe fe 0e, is cut short" })
	void brokenBinary(String block, String problem) {
		assertBroken(RawFrames.hex(block), HeaderBlock::readBinary, problem);
	}

	@Test
	void text() {
		assertThat(text(TEXT)).containsExactly("Host=a", "b=");
		assertThat(text("\r\n")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a:b", "a: b" })
	void textWithOrWithoutSpace(String line) {
		assertThat(text(line + "\r\n\r\n")).containsExactly("a=b");
	}

	@Test
	void valueMayHaveColonsSpacesAndReturns() {
		assertThat(text("a:  b:c \r d\r\n\r\n")).containsExactly("a= b:c \r d");
	}

	@Test
	void textThatIsCutShort() {
		assertCutShort(TEXT.getBytes(StandardCharsets.US_ASCII), HeaderBlock::readText);
	}

	@ParameterizedTest
	@CsvSource({ "'\\n\\n', goes on after its end", "'a: b\\n\\nc: d\\n\\n', goes on after its end",
			"'ab\\n\\n', has a header without a name", "': b\\n\\n', has a header without a name" })
	void brokenText(String block, String problem) {
		assertBroken(block.replace("\\n", "\r\n").getBytes(StandardCharsets.US_ASCII), HeaderBlock::readText, problem);
	}

	@Test
	void charset() {
		byte[] block = RawFrames.hex("01 61 02 c3 a4 00 00");
		List<String> values = new ArrayList<>();
		HeaderBlock.readBinary(block, StandardCharsets.UTF_8, (name, value) -> values.add(value));
		HeaderBlock.readBinary(block, StandardCharsets.ISO_8859_1, (name, value) -> values.add(value));
		assertThat(values).containsExactly("\u00e4", "\u00c3\u00a4");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.6", "3.0", "3.2" })
	void binaryOfHaproxy(String version) throws IOException {
		List<List<String>> blocks = new ArrayList<>();
		for (Capture capture : Capture.read(Capture.directory().resolve(version).resolve("hello-notify"))) {
			FrameReader frames = capture.reader();
			while (frames.next(16380)) {
				if (frames.type() == FrameType.NOTIFY) {
					arguments(frames.payload()).filter((argument) -> argument.name().equals("hdrs"))
						.forEach((argument) -> blocks.add(binary((byte[]) argument.value().value())));
				}
			}
		}
		assertThat(blocks).hasSize(2);
		assertThat(blocks.get(0)).contains("user-agent=curl/7.88.1", "accept=*/*", "cookie=sid=abc", "content-length=8")
			.hasSize(6);
		assertThat(blocks.get(1)).containsExactly("content-length=7", "content-type=text/plain");
	}

	private static Stream<Notify.Argument> arguments(ByteReader payload) {
		int start = payload.position();
		return NotifyReader.messages(Unpooled.wrappedBuffer(payload.bytes(), start, payload.end() - start))
			.stream()
			.flatMap((message) -> message.arguments().stream());
	}

	private static void assertCutShort(byte[] block, Reader reader) {
		for (int size = 0; size < block.length; size++) {
			assertBroken(Arrays.copyOf(block, size), reader, "is cut short");
		}
	}

	private static void assertBroken(byte[] block, Reader reader, String problem) {
		assertThatExceptionOfType(SpopException.class).isThrownBy(() -> read(block, reader))
			.withMessage("header block " + problem);
	}

	private static List<String> binary(byte[] block) {
		return read(block, HeaderBlock::readBinary);
	}

	private static List<String> text(String block) {
		return read(block.getBytes(StandardCharsets.US_ASCII), HeaderBlock::readText);
	}

	private static List<String> read(byte[] block, Reader reader) {
		List<String> headers = new ArrayList<>();
		reader.read(block, StandardCharsets.ISO_8859_1, (name, value) -> headers.add(name + "=" + value));
		return headers;
	}

	@FunctionalInterface
	private interface Reader {

		void read(byte[] block, Charset charset, BiConsumer<String, String> headers);

	}

}
