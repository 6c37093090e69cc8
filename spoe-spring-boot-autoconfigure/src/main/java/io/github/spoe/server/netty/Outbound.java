/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;

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

	/**
	 * What is to be run when all that was appended is written.
	 */
	private final List<Runnable> afterWrite = new ArrayList<>(0);

	private @Nullable ByteWriter frames;

	private int writes;

	private ChannelPromise written;

	Outbound(ChannelHandlerContext context, EventLoopScratch scratch, AckPacer pacer) {
		this.context = context;
		this.scratch = scratch;
		this.pacer = pacer;
		this.written = context.voidPromise();
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
		this.context.writeAndFlush(buffer, all ? this.written : this.context.voidPromise());
		if (all) {
			release();
		}
	}

	/**
	 * Have a task run when all that was appended is written, or thrown away.
	 * @param task the task, which throws nothing
	 */
	void afterWrite(Runnable task) {
		this.afterWrite.add(task);
	}

	/**
	 * Write and flush the last frames.
	 * @param inFlight how many NOTIFYs have no ACK yet, not even here
	 * @param written is told when all is written
	 */
	void flush(int inFlight, ChannelPromise written) {
		this.written = written;
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
		if (!this.afterWrite.isEmpty()) {
			this.afterWrite.forEach(Runnable::run);
			this.afterWrite.clear();
		}
	}

}
