/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.TypedDataCodec;
import io.github.spoe.spop.Varint;

/**
 * Frames that the codecs do not write: with any type, flags, ids and payload.
 */
final class RawFrames {

	private RawFrames() {
	}

	static Consumer<ByteBuf> frame(FrameType type, byte... payload) {
		return frame(type.code(), FrameHeader.FIN, 0, 0, payload);
	}

	static Consumer<ByteBuf> notify(long streamId, long frameId, byte... payload) {
		return frame(FrameType.NOTIFY.code(), FrameHeader.FIN, streamId, frameId, payload);
	}

	static Consumer<ByteBuf> frame(int type, int flags, long streamId, long frameId, byte... payload) {
		return (out) -> {
			int start = out.writerIndex();
			out.writeInt(0);
			out.writeByte(type);
			out.writeInt(flags);
			Varint.write(out, streamId);
			Varint.write(out, frameId);
			out.writeBytes(payload);
			out.setInt(start, out.writerIndex() - start - Integer.BYTES);
		};
	}

	/**
	 * Return the payload of a HELLO or DISCONNECT.
	 * @param items pairs of a key and a {@link TypedData}
	 */
	static byte[] items(Object... items) {
		ByteBuf out = Unpooled.buffer();
		for (int i = 0; i < items.length; i += 2) {
			byte[] key = ((String) items[i]).getBytes(StandardCharsets.UTF_8);
			Varint.write(out, key.length);
			out.writeBytes(key);
			TypedDataCodec.write(out, (TypedData) items[i + 1]);
		}
		return ByteBufUtil.getBytes(out);
	}

	static byte[] hex(String hex) {
		return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
	}

}
