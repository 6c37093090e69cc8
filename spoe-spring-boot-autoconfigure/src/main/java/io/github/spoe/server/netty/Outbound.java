/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on a connection: whole frames, gathered in one buffer until they are
 * written and flushed at once. A write for each ACK is 3 times slower, a flush for each
 * 30 times; and HAProxy from 3.1 on drops a connection whose AGENT-HELLO comes in pieces.
 * For the event loop only.
 */
final class Outbound {

	private static final int INITIAL_CAPACITY = 8192;

	private final ChannelHandlerContext context;

	private @Nullable ByteBuf frames;

	Outbound(ChannelHandlerContext context) {
		this.context = context;
	}

	/**
	 * Return the buffer to append frames to. Valid until the next flush.
	 * @return the buffer
	 */
	ByteBuf frames() {
		ByteBuf frames = this.frames;
		if (frames == null) {
			frames = this.context.alloc().buffer(INITIAL_CAPACITY);
			this.frames = frames;
		}
		return frames;
	}

	/**
	 * Write and flush what was appended, if anything was.
	 */
	void flush() {
		flush(this.context.voidPromise());
	}

	/**
	 * Write and flush what was appended, if anything was.
	 * @param written is told when it is written
	 */
	void flush(ChannelPromise written) {
		ByteBuf frames = this.frames;
		if (frames != null && frames.isReadable()) {
			this.frames = null;
			this.context.writeAndFlush(frames, written);
		}
	}

	/**
	 * Throw away what was appended.
	 */
	void release() {
		if (this.frames != null) {
			this.frames.release();
			this.frames = null;
		}
	}

}
