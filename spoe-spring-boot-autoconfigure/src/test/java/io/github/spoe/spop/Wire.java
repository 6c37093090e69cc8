/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bytes as tests write them: hexadecimal digits, spaces, and text in single quotes.
 */
public final class Wire {

	private static final HexFormat HEX = HexFormat.of();

	private static final Pattern TEXT = Pattern.compile("'([^']*)'");

	private Wire() {
	}

	static ByteBuf bytes(String notation) {
		return Unpooled.wrappedBuffer(HEX.parseHex(hex(notation)));
	}

	static String hex(String notation) {
		return TEXT.matcher(notation)
			.replaceAll((text) -> HEX.formatHex(text.group(1).getBytes(StandardCharsets.UTF_8)))
			.replaceAll("\\s", "");
	}

	static String hex(ByteBuf bytes) {
		return ByteBufUtil.hexDump(bytes);
	}

	/**
	 * Return what is written.
	 */
	static ByteBuf written(Consumer<ByteWriter> source) {
		ByteWriter out = new ByteWriter(0);
		source.accept(out);
		return Unpooled.wrappedBuffer(out.toByteArray(0));
	}

	public static String varint(String unsigned) {
		return hex(written((out) -> Varint.write(out, Long.parseUnsignedLong(unsigned))));
	}

	/**
	 * Return what has read the header of a frame that is whole, with nothing behind it.
	 */
	static FrameReader frame(ByteBuf frame) {
		byte[] bytes = ByteBufUtil.getBytes(frame);
		FrameReader reader = new FrameReader();
		reader.reset(bytes, 0, bytes.length);
		assertThat(reader.next(Integer.MAX_VALUE)).isTrue();
		assertThat(reader.rest()).isZero();
		return reader;
	}

	static void assertRefused(StatusCode status, ThrowingCallable call) {
		assertThatExceptionOfType(SpopException.class).isThrownBy(call)
			.extracting(SpopException::getStatus)
			.isEqualTo(status);
	}

	static void assertMalformed(String notation, Consumer<ByteBuf> reader) {
		assertRefused(StatusCode.INVALID_FRAME, () -> reader.accept(bytes(notation)));
	}

	/**
	 * Asserts that what is cut short is malformed, but for the sizes at which an item
	 * ends.
	 */
	static void assertMalformedIfTruncated(String notation, Set<Integer> whole, Consumer<ByteBuf> reader) {
		ByteBuf bytes = bytes(notation);
		for (int size = 0; size < bytes.readableBytes(); size++) {
			if (!whole.contains(size)) {
				assertMalformed(hex(bytes.slice(0, size)), reader);
			}
		}
	}

	public static long allocatedBytes(Runnable action) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		action.run();
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	/**
	 * Return what reads the readable bytes of a buffer.
	 */
	static ByteReader reader(ByteBuf in) {
		byte[] bytes = ByteBufUtil.getBytes(in);
		ByteReader reader = new ByteReader();
		reader.reset(bytes, 0, bytes.length);
		return reader;
	}

}
