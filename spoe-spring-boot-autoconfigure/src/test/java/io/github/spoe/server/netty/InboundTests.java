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

	private void receive(ByteBuf in) {
		FrameReader frames = this.inbound.receive(in);
		while (frames.next(MAX_FRAME_SIZE)) {
			this.payloads.add(frames.streamId() + ":" + ByteBufUtil.hexDump(frames.payloadBuffer()));
		}
		this.inbound.keepRest(frames);
		assertThat(in.isReadable()).isFalse();
	}

}
