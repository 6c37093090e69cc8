/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.RawFrames;

/**
 * Bytes after which the agent either ends the connection or sends an ACK without
 * variables.
 */
final class Garbage {

	private static final int KINDS = 11;

	private final Random random;

	Garbage(Random random) {
		this.random = random;
	}

	byte[] next() {
		return switch (this.random.nextInt(KINDS)) {
			case 0 -> random(4 + this.random.nextInt(500));
			case 1 -> "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
			case 2 -> Peer.bytes(RawFrames.bytes(RawFrames.hex("16 03 01 02 00 01 00 01 fc 03 03"))
				.andThen(RawFrames.bytes(random(506))));
			case 3 -> cutHello();
			case 4 -> lying(this.random.nextInt(7));
			case 5 -> lying(-1 - this.random.nextInt(Integer.MAX_VALUE));
			case 6 -> lying(20 + this.random.nextInt(16_000));
			case 7 -> Peer.bytes(RawFrames.frame(FrameType.HAPROXY_HELLO, random(100)));
			case 8 -> Peer.bytes(Peer.question(StormAgent.INLINE, 1)::write);
			case 9 -> afterHello(RawFrames.notify(1, 1, lyingMessage()));
			default -> afterHello(RawFrames.bytes(cut(Peer.bytes(Peer.question(StormAgent.WORKER, 1)::write))));
		};
	}

	/**
	 * Return a part of a HELLO.
	 */
	byte[] cutHello() {
		return cut(Peer.HELLO);
	}

	// At least a byte, and not all of them.
	private byte[] cut(byte[] bytes) {
		return Arrays.copyOf(bytes, 1 + this.random.nextInt(bytes.length - 1));
	}

	// A length with less behind it, if it is one at all.
	private byte[] lying(int length) {
		return Peer.bytes(RawFrames.length(length).andThen(RawFrames.bytes(random(19))));
	}

	// An argument of 100 bytes that are not there.
	private static byte[] lyingMessage() {
		return RawFrames.hex("06 69 6e 6c 69 6e 65 01 06 6e 75 6d 62 65 72 08 64 61 62 63");
	}

	private static byte[] afterHello(Consumer<ByteWriter> frames) {
		return Peer.bytes(RawFrames.bytes(Peer.HELLO).andThen(frames));
	}

	private byte[] random(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

}
