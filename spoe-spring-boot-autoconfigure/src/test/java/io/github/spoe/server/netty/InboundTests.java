/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.RawFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Inbound}.
 */
class InboundTests {

	private static final int MAX_FRAME_SIZE = 100_000;

	private final Inbound inbound = new Inbound(EventLoopScratch.current());

	private final List<String> payloads = new ArrayList<>();

	@ParameterizedTest(name = "{0} bytes a read")
	@ValueSource(ints = { 1, 2, 3, 5, 7, 11, 13, 1000, 70_000, 1_000_000 })
	void framesAreReadHoweverTheyCome(int size) {
		byte[] large = new byte[50_000];
		large[0] = 1;
		large[49_999] = 2;
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.notify(1, 1, (byte) 0xAA), RawFrames.notify(3, 1),
				RawFrames.notify(5, 1, large), RawFrames.notify(7, 1, (byte) 0xBB));
		for (int start = 0; start < bytes.length; start += size) {
			receive(Unpooled.wrappedBuffer(bytes, start, Math.min(size, bytes.length - start)));
		}
		assertThat(this.payloads).containsExactly("1:aa", "3:", "5:" + ByteBufUtil.hexDump(large), "7:bb");
	}

	@Test
	void connectionsOfAnEventLoopDoNotMixTheirFrames() {
		byte[] frame = EmbeddedConnection.bytes(RawFrames.notify(1, 1, (byte) 0xAA));
		Inbound other = new Inbound(EventLoopScratch.current());
		receive(Unpooled.wrappedBuffer(frame, 0, 5));
		other.keepRest(other.receive(Unpooled.wrappedBuffer(new byte[] { 0, 0, 0 })));
		receive(Unpooled.wrappedBuffer(frame, 5, frame.length - 5));
		assertThat(this.payloads).containsExactly("1:aa");
	}

	@Test
	void clearedRestIsForgotten() {
		byte[] frame = EmbeddedConnection.bytes(RawFrames.notify(1, 1, (byte) 0xAA));
		receive(Unpooled.wrappedBuffer(frame, 0, 5));
		this.inbound.clear();
		receive(Unpooled.wrappedBuffer(frame));
		assertThat(this.payloads).containsExactly("1:aa");
	}

	@ParameterizedTest(name = "{0} bytes of the last frame")
	@ValueSource(ints = { 0, 3, 13 })
	void framesThatWaitAreReadOneByOne(int rest) {
		byte[] frames = EmbeddedConnection.bytes(RawFrames.notify(1, 1, (byte) 0xAA), RawFrames.notify(3, 1),
				RawFrames.notify(5, 1, (byte) 0xBB), RawFrames.notify(7, 1, (byte) 0xCC, (byte) 0xDD));
		int size = frames.length - 13 + rest;
		this.inbound.keepFrames(this.inbound.receive(Unpooled.wrappedBuffer(frames, 0, size)));
		assertThat(this.inbound.size()).isEqualTo(size);
		for (int i = 0; i < 3; i++) {
			FrameReader reader = this.inbound.resume();
			readNext(reader);
			this.inbound.keepFrames(reader);
			usedByAnother();
		}
		assertThat(this.payloads).containsExactly("1:aa", "3:", "5:bb");
		assertThat(this.inbound.size()).isEqualTo(rest);
		readRest(this.inbound.resume());
		receive(Unpooled.wrappedBuffer(frames, size, frames.length - size));
		assertThat(this.payloads).containsExactly("1:aa", "3:", "5:bb", "7:ccdd");
		assertThat(this.inbound.size()).isZero();
	}

	@Test
	void whatComesWhileFramesWaitIsKeptBehindThem() {
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.notify(1, 1, (byte) 0xAA), RawFrames.notify(3, 1),
				RawFrames.notify(5, 1, (byte) 0xBB), RawFrames.notify(7, 1));
		FrameReader reader = this.inbound.receive(Unpooled.wrappedBuffer(bytes, 0, 25));
		readNext(reader);
		this.inbound.keepFrames(reader);
		this.inbound.add(Unpooled.wrappedBuffer(bytes, 25, 5));
		reader = this.inbound.resume();
		readNext(reader);
		this.inbound.keepFrames(reader);
		this.inbound.add(Unpooled.wrappedBuffer(bytes, 30, bytes.length - 30));
		readRest(this.inbound.resume());
		assertThat(this.payloads).containsExactly("1:aa", "3:", "5:bb", "7:");
		assertThat(this.inbound.size()).isZero();
	}

	@Test
	void frameThatIsStillNotWholeMayWait() {
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.notify(1, 1, (byte) 0xAA), RawFrames.notify(3, 1));
		receive(Unpooled.wrappedBuffer(bytes, 0, 5));
		this.inbound.keepFrames(this.inbound.receive(Unpooled.wrappedBuffer(bytes, 5, 3)));
		assertThat(this.inbound.size()).isEqualTo(8);
		this.inbound.add(Unpooled.wrappedBuffer(bytes, 8, 1));
		readRest(this.inbound.resume());
		assertThat(this.payloads).isEmpty();
		receive(Unpooled.wrappedBuffer(bytes, 9, bytes.length - 9));
		assertThat(this.payloads).containsExactly("1:aa", "3:");
	}

	@Test
	void nothingMayWait() {
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.notify(1, 1, (byte) 0xAA));
		FrameReader reader = this.inbound.receive(Unpooled.wrappedBuffer(bytes));
		readNext(reader);
		this.inbound.keepFrames(reader);
		readRest(this.inbound.resume());
		receive(Unpooled.wrappedBuffer(bytes));
		assertThat(this.payloads).containsExactly("1:aa", "1:aa");
	}

	// Connections of an event loop share what they read from.
	private static void usedByAnother() {
		byte[] other = EmbeddedConnection.bytes(RawFrames.notify(9, 1, new byte[200]));
		assertThat(new Inbound(EventLoopScratch.current()).receive(Unpooled.wrappedBuffer(other)).next(MAX_FRAME_SIZE))
			.isTrue();
	}

	private void readNext(FrameReader frames) {
		assertThat(frames.next(MAX_FRAME_SIZE)).isTrue();
		this.payloads.add(frames.streamId() + ":" + ByteBufUtil.hexDump(frames.payloadBuffer()));
	}

	private void readRest(FrameReader frames) {
		while (frames.next(MAX_FRAME_SIZE)) {
			this.payloads.add(frames.streamId() + ":" + ByteBufUtil.hexDump(frames.payloadBuffer()));
		}
		this.inbound.keepRest(frames);
	}

	private void receive(ByteBuf in) {
		readRest(this.inbound.receive(in));
		assertThat(in.isReadable()).isFalse();
	}

}
