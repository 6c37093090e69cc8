/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.netty.buffer.ByteBufUtil;

/**
 * Frames that the codecs do not write as a whole: with any type, flags, ids and payload.
 */
public final class RawFrames {

	private RawFrames() {
	}

	public static Consumer<ByteWriter> frame(FrameType type, byte... payload) {
		return frame(type.code(), FrameHeader.FIN, 0, 0, payload);
	}

	public static Consumer<ByteWriter> notify(long streamId, long frameId, byte... payload) {
		return frame(FrameType.NOTIFY.code(), FrameHeader.FIN, streamId, frameId, payload);
	}

	public static Consumer<ByteWriter> frame(int type, int flags, long streamId, long frameId, byte... payload) {
		return (out) -> {
			int start = FrameEncoder.begin(out, FrameType.UNSET, streamId, frameId);
			out.bytes()[start + Integer.BYTES] = (byte) type;
			out.setInt(start + Integer.BYTES + 1, flags);
			out.writeBytes(payload);
			FrameEncoder.end(out, start);
		};
	}

	/**
	 * Return the length that a frame begins with, and nothing behind it.
	 */
	public static Consumer<ByteWriter> length(int length) {
		return (out) -> out.setInt(out.reserve(Integer.BYTES), length);
	}

	public static Consumer<ByteWriter> bytes(byte... bytes) {
		return (out) -> out.writeBytes(bytes);
	}

	/**
	 * Return a frame with the actions of an ACK, each as the agent writes it.
	 */
	public static Consumer<ByteWriter> ack(Ack ack) {
		return (out) -> {
			int start = FrameEncoder.begin(out, FrameType.ACK, ack.streamId(), ack.frameId());
			ack.actions().forEach((action) -> write(out, action));
			FrameEncoder.end(out, start);
		};
	}

	private static void write(ByteWriter out, Ack.Action action) {
		byte[] name = action.name().getBytes(StandardCharsets.UTF_8);
		TypedData value = action.value();
		if (value == null) {
			ActionEncoder.writeUnsetVar(out, action.scope(), name);
			return;
		}
		ActionEncoder.writeSetVar(out, action.scope(), name);
		TypedDataCodec.write(out, value);
	}

	/**
	 * Return the payload of a HELLO or DISCONNECT.
	 * @param items pairs of a key and a {@link TypedData}
	 */
	public static byte[] items(Object... items) {
		ByteWriter out = new ByteWriter(128);
		for (int i = 0; i < items.length; i += 2) {
			TypedDataCodec.writeText(out, (String) items[i]);
			TypedDataCodec.write(out, (TypedData) items[i + 1]);
		}
		return out.toByteArray(0);
	}

	public static byte[] hex(String hex) {
		return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
	}

}
