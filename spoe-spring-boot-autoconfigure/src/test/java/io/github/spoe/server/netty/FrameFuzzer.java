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

import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameEncoder;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.SpopException;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz target: frames are found in what comes, however it is cut, as if each were read on
 * its own, and answers repeat their ids.
 */
public final class FrameFuzzer {

	private static final int MAX_LENGTH = 600;

	private FrameFuzzer() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		FuzzScript script = FuzzScript.read(input);
		Frames expected = inOne(script.bytes());
		Inbound inbound = new Inbound(EventLoopScratch.current());
		Frames actual = new Frames();
		script.play(new FuzzScript.Player() {

			@Override
			public void receive(byte[] bytes) {
				if (actual.fault == null) {
					read(inbound, bytes, actual);
				}
			}

			@Override
			public void happen(int code) {
			}

		});
		assertThat(actual.fault).isEqualTo(expected.fault);
		assertThat(actual.frames).isEqualTo(expected.frames);
	}

	private static Frames inOne(byte[] bytes) {
		Frames result = new Frames();
		ByteBuf in = Unpooled.wrappedBuffer(bytes);
		while (result.fault == null && in.readableBytes() >= Integer.BYTES) {
			long length = in.readUnsignedInt();
			if (length < FrameReader.MIN_LENGTH || length > MAX_LENGTH) {
				result.fault = (length > MAX_LENGTH) ? StatusCode.FRAME_TOO_BIG : StatusCode.INVALID_FRAME;
			}
			else if (length > in.readableBytes()) {
				break;
			}
			else {
				readFrame(in.readSlice((int) length), result);
			}
		}
		return result;
	}

	private static void readFrame(ByteBuf frame, Frames result) {
		ByteBuf ids = frame.duplicate().skipBytes(1 + Integer.BYTES);
		try {
			FrameHeader header = FrameHeader.read(frame);
			result.frames.add(new Frame(header, ids.slice(ids.readerIndex(), frame.readerIndex() - ids.readerIndex()),
					frame.slice()));
		}
		catch (SpopException ex) {
			result.fault = ex.getStatus();
		}
	}

	private static void read(Inbound inbound, byte[] bytes, Frames result) {
		FrameReader reader = inbound.receive(Unpooled.wrappedBuffer(bytes));
		try {
			while (reader.next(MAX_LENGTH)) {
				result.frames.add(
						new Frame(reader.header(), answeredIds(reader), Unpooled.copiedBuffer(reader.payloadBuffer())));
			}
			inbound.keepRest(reader);
		}
		catch (SpopException ex) {
			result.fault = ex.getStatus();
		}
	}

	private static ByteBuf answeredIds(FrameReader frame) {
		ByteWriter out = new ByteWriter(0);
		FrameEncoder.end(out, FrameEncoder.beginAnswer(out, FrameType.ACK, frame));
		ByteBuf answer = Unpooled.wrappedBuffer(out.toByteArray(0));
		assertThat(answer.readInt()).isEqualTo(answer.readableBytes());
		assertThat(answer.readUnsignedByte()).isEqualTo((short) FrameType.ACK.code());
		assertThat(answer.readInt()).isEqualTo(FrameHeader.FIN);
		return answer;
	}

	private static final class Frames {

		private final List<Frame> frames = new ArrayList<>();

		private @Nullable StatusCode fault;

	}

	private record Frame(FrameHeader header, ByteBuf ids, ByteBuf payload) {

	}

}
