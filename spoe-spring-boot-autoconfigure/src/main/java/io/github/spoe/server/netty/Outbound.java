/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

import io.github.spoe.spop.ByteWriter;

/**
 * What goes out on a connection: whole frames, gathered in one buffer until they are
 * written and flushed at once. A write for each ACK is 3 times slower, a flush for each
 * 30 times; and HAProxy from 3.1 on drops a connection whose AGENT-HELLO comes in pieces.
 * An {@link AckPacer} may hold some of them back. For the event loop only.
 */
final class Outbound {

	private final ChannelHandlerContext context;

	private final EventLoopScratch scratch;

	private final AckPacer pacer;

	private final Queue<AfterWrite> afterWrite = new ArrayDeque<>(0);

	private @Nullable ByteWriter frames;

	private int writes;

	private long written;

	private ChannelPromise lastWrite;

	Outbound(ChannelHandlerContext context, EventLoopScratch scratch, AckPacer pacer) {
		this.context = context;
		this.scratch = scratch;
		this.pacer = pacer;
		this.lastWrite = context.voidPromise();
	}

	/**
	 * Return what to append frames to. Valid until the next flush.
	 * @return the writer
	 */
	ByteWriter frames() {
		ByteWriter frames = this.frames;
		if (frames == null) {
			frames = this.scratch.borrowWriter();
			this.frames = frames;
		}
		return frames;
	}

	/**
	 * Return how much was appended and is not written.
	 * @return the number of bytes
	 */
	int size() {
		return (this.frames != null) ? this.frames.size() : 0;
	}

	/**
	 * Write and flush what was appended, as far as HAProxy has room for it.
	 * @param inFlight how many NOTIFYs have no ACK yet, not even here
	 */
	void flush(int inFlight) {
		ByteWriter frames = this.frames;
		if (frames == null || frames.size() == 0) {
			release();
			return;
		}
		int length = this.pacer.admit(frames, inFlight);
		if (length == 0) {
			return;
		}
		ByteBuf buffer = this.context.alloc().ioBuffer(length);
		frames.moveTo(buffer, length);
		boolean all = frames.size() == 0;
		this.writes++;
		this.written += length;
		this.context.writeAndFlush(buffer, all ? this.lastWrite : this.context.voidPromise());
		if (all) {
			release();
		}
		else {
			runAfterWrite(this.written);
		}
	}

	/**
	 * Have a task run when what was appended last, which may be a part of a frame, is
	 * written or thrown away.
	 * @param task the task, which throws nothing
	 */
	void afterWrite(Runnable task) {
		this.afterWrite.add(new AfterWrite(task, this.written + size()));
	}

	/**
	 * Write and flush the last frames.
	 * @param inFlight how many NOTIFYs have no ACK yet, not even here
	 * @param lastWrite is told when all is written
	 */
	void flush(int inFlight, ChannelPromise lastWrite) {
		this.lastWrite = lastWrite;
		flush(inFlight);
	}

	/**
	 * Return whether something that was written has not left yet.
	 * @return whether the peer does not read as fast as it is answered
	 */
	boolean isPending() {
		ChannelOutboundBuffer pending = this.context.channel().unsafe().outboundBuffer();
		return pending != null && pending.totalPendingWriteBytes() > 0;
	}

	/**
	 * Return how much has left of what was written.
	 * @return a number that is another when, of what is pending, anything has left
	 */
	long progress() {
		ChannelOutboundBuffer pending = this.context.channel().unsafe().outboundBuffer();
		return (pending != null) ? ((long) (this.writes - pending.size()) << Integer.SIZE) + pending.currentProgress()
				: 0;
	}

	/**
	 * Throw away what was appended.
	 */
	void release() {
		if (this.frames != null) {
			this.scratch.giveBack(this.frames);
			this.frames = null;
		}
		runAfterWrite(Long.MAX_VALUE);
	}

	// The pacer may hold something back again and again.
	private void runAfterWrite(long written) {
		for (AfterWrite next = this.afterWrite.peek(); next != null
				&& next.position() <= written; next = this.afterWrite.peek()) {
			this.afterWrite.remove();
			next.task().run();
		}
	}

	/**
	 * What is to be run when something is written.
	 *
	 * @param task the task
	 * @param position how much of all that the connection sends has to be written
	 */
	private record AfterWrite(Runnable task, long position) {

	}

}
