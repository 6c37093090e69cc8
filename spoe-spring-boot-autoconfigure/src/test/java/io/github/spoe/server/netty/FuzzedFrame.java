/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.github.spoe.spop.Ack;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.NotifyReader;
import io.github.spoe.spop.SpopException;

/**
 * One frame of a {@link FuzzedConversation}.
 *
 * @param header the header
 * @param bytes the frame without its length
 * @param payload what is behind the header
 */
record FuzzedFrame(FrameHeader header, ByteBuf bytes, ByteBuf payload) {

	/**
	 * Return the frames in bytes, up to the first that is not whole or not sound.
	 */
	static List<FuzzedFrame> read(byte[] bytes, long maxLength) {
		List<FuzzedFrame> frames = new ArrayList<>();
		ByteBuf in = Unpooled.wrappedBuffer(bytes);
		while (in.readableBytes() >= Integer.BYTES) {
			long length = in.readUnsignedInt();
			if (length < FrameReader.MIN_LENGTH || length > Math.min(maxLength, in.readableBytes())) {
				break;
			}
			ByteBuf frame = in.readSlice((int) length);
			try {
				frames.add(new FuzzedFrame(FrameHeader.read(frame), frame.duplicate().readerIndex(0), frame.slice()));
			}
			catch (SpopException ex) {
				break;
			}
		}
		return frames;
	}

	/**
	 * Return the NOTIFYs among frames, those in fragments made whole.
	 */
	static List<FuzzedFrame> notifies(List<FuzzedFrame> frames) {
		List<FuzzedFrame> notifies = new ArrayList<>();
		ByteBuf begun = null;
		for (FuzzedFrame frame : frames) {
			if (frame.type() == FrameType.NOTIFY && begun == null && frame.header.isFin()) {
				notifies.add(frame);
			}
			else if (frame.type() == FrameType.NOTIFY || frame.type() == FrameType.UNSET) {
				if ((frame.type() == FrameType.NOTIFY) != (begun == null)) {
					break;
				}
				begun = frame.isAbort() ? null
						: Unpooled.copiedBuffer((begun != null) ? begun : Unpooled.EMPTY_BUFFER, frame.payload());
				if (begun != null && frame.header.isFin()) {
					notifies.add(new FuzzedFrame(frame.header, begun, begun));
					begun = null;
				}
			}
		}
		return notifies;
	}

	@Override
	public ByteBuf payload() {
		return this.payload.duplicate();
	}

	int length() {
		return this.bytes.readableBytes();
	}

	@Nullable FrameType type() {
		return this.header.type();
	}

	private boolean isAbort() {
		return (this.header.flags() & FrameHeader.ABORT) != 0;
	}

	List<Ack.Action> actions() {
		return Ack.read(this.header, payload()).actions();
	}

	boolean isOf(FuzzedFrame notify) {
		return this.header.streamId() == notify.header.streamId() && this.header.frameId() == notify.header.frameId();
	}

	boolean isWellFormed() {
		try {
			NotifyReader.messages(payload());
			return true;
		}
		catch (SpopException ex) {
			return false;
		}
	}

}
