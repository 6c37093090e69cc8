/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.nio.charset.Charset;
import java.util.function.BiConsumer;

/**
 * HTTP headers in one value, in the two formats that HAProxy has for them. Both tell
 * where they end, so that a value that was cut off is found.
 *
 * @since 0.1.0
 */
public final class HeaderBlock {

	private HeaderBlock() {
	}

	/**
	 * Read what {@code req.hdrs_bin} and {@code res.hdrs_bin} fetch: names and values in
	 * turn, each with its length as a {@link Varint} before it, up to a name and a value
	 * that are empty.
	 * @param block the value
	 * @param charset the charset of names and values
	 * @param headers takes each header
	 * @throws SpopException if the block is cut short, goes on after its end, or has a
	 * header without a name
	 */
	public static void readBinary(byte[] block, Charset charset, BiConsumer<String, String> headers) {
		ByteReader in = new ByteReader();
		in.reset(block, 0, block.length);
		String name = readString(in, charset);
		String value = readString(in, charset);
		while (!name.isEmpty()) {
			headers.accept(name, value);
			name = readString(in, charset);
			value = readString(in, charset);
		}
		if (!value.isEmpty()) {
			throw withoutName();
		}
		checkEnd(block, in.position());
	}

	/**
	 * Read what {@code req.hdrs} and {@code res.hdrs} fetch: a line for each header, up
	 * to an empty line.
	 * @param block the value
	 * @param charset the charset of names and values
	 * @param headers takes each header
	 * @throws SpopException if the block is cut short, goes on after its end, or has a
	 * header without a name
	 */
	public static void readText(byte[] block, Charset charset, BiConsumer<String, String> headers) {
		int start = 0;
		int end = endOfLine(block, start);
		while (end > start) {
			int colon = indexOf(block, ':', start, end);
			if (colon == start || colon == end) {
				throw withoutName();
			}
			int value = (colon + 1 < end && block[colon + 1] == ' ') ? colon + 2 : colon + 1;
			headers.accept(new String(block, start, colon - start, charset),
					new String(block, value, end - value, charset));
			start = end + 2;
			end = endOfLine(block, start);
		}
		checkEnd(block, end + 2);
	}

	private static String readString(ByteReader in, Charset charset) {
		int size;
		try {
			size = in.readLength();
		}
		catch (SpopException ex) {
			throw cutShort();
		}
		return new String(in.bytes(), in.skip(size), size, charset);
	}

	private static int endOfLine(byte[] block, int start) {
		int end = indexOf(block, '\r', start, block.length);
		while (end + 1 < block.length) {
			if (block[end + 1] == '\n') {
				return end;
			}
			end = indexOf(block, '\r', end + 1, block.length);
		}
		throw cutShort();
	}

	private static int indexOf(byte[] block, char character, int start, int end) {
		int at = start;
		while (at < end && block[at] != character) {
			at++;
		}
		return at;
	}

	private static void checkEnd(byte[] block, int end) {
		if (end != block.length) {
			throw SpopException.invalid("header block goes on after its end");
		}
	}

	private static SpopException cutShort() {
		return SpopException.invalid("header block is cut short");
	}

	private static SpopException withoutName() {
		return SpopException.invalid("header block has a header without a name");
	}

}
