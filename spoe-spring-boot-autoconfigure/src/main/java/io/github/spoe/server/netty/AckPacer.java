/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Capabilities;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;

/**
 * Says how much may be written to HAProxy at a time: from 3.1 on it stops reading a
 * connection for good when it finds its buffer full. Small ACKs cannot fill it, as it
 * waits for 20 at most. From the first larger one on, what may be unread is reckoned. For
 * the event loop only.
 */
final class AckPacer {

	/**
	 * How many ACKs HAProxy waits for on a connection with pipelining.
	 */
	private static final int MAX_IN_FLIGHT = 20;

	private final EventLoop eventLoop;

	private final Runnable resume;

	private int bufferSize;

	private int maxInFlight;

	private int harmlessSize = Integer.MAX_VALUE;

	private long writtenSize;

	private @Nullable UnreadFrames unread;

	private boolean scheduled;

	/**
	 * Create a new pacer.
	 * @param eventLoop the event loop of the connection
	 * @param resume what writes the frames that were held back
	 */
	AckPacer(EventLoop eventLoop, Runnable resume) {
		this.eventLoop = eventLoop;
		this.resume = resume;
	}

	/**
	 * Take what was agreed. HAProxy up to 3.0, which offers {@code async}, reads on
	 * however full its buffer is.
	 * @param offer what HAProxy offered: its buffer is as large as a frame with its
	 * prefix
	 * @param answer what was answered
	 * @param answerSize its size with its prefix. HAProxy has read it before it asks for
	 * anything.
	 */
	void agreed(HaproxyHello offer, AgentHello answer, int answerSize) {
		this.writtenSize = -answerSize;
		if (!offer.capabilities().contains(Capabilities.ASYNC)) {
			long longest = Integer.MAX_VALUE - Integer.BYTES;
			boolean longer = Long.compareUnsigned(offer.maxFrameSize(), longest) > 0;
			this.bufferSize = (int) (longer ? longest : offer.maxFrameSize()) + Integer.BYTES;
			this.harmlessSize = this.bufferSize / MAX_IN_FLIGHT - 1;
			this.maxInFlight = answer.capabilities().contains(Capabilities.PIPELINING) ? MAX_IN_FLIGHT : 1;
		}
	}

	/**
	 * Look at an ACK that is to be written.
	 * @param size its size with its prefix
	 */
	void answered(int size) {
		if (size > this.harmlessSize && this.unread == null) {
			int before = (int) Math.min(this.writtenSize, (long) MAX_IN_FLIGHT * this.harmlessSize);
			this.unread = new UnreadFrames(this.bufferSize, this.maxInFlight, before, now());
		}
	}

	/**
	 * Take as many frames as HAProxy has room for, and see to it that the others are
	 * tried again.
	 * @param frames whole frames
	 * @param inFlight how many NOTIFYs have no ACK yet, not even among the frames
	 * @return the size of the frames that are to be written now
	 */
	int admit(ByteWriter frames, int inFlight) {
		if (this.unread == null) {
			this.writtenSize += frames.size();
			return frames.size();
		}
		return admit(frames, inFlight, this.unread, now());
	}

	private int admit(ByteWriter frames, int inFlight, UnreadFrames unread, long now) {
		int unanswered = inFlight;
		for (int at = 0; at < frames.size(); at += frameSize(frames, at)) {
			unanswered += acks(frames, at);
		}
		int end = 0;
		while (end < frames.size() && unread.offer(frameSize(frames, end), unanswered, now)) {
			unanswered -= acks(frames, end);
			end += frameSize(frames, end);
		}
		if (end < frames.size() && !this.scheduled) {
			this.scheduled = true;
			this.eventLoop.schedule(this::resume, unread.nanosToNext(now), TimeUnit.NANOSECONDS);
		}
		return end;
	}

	private static int frameSize(ByteWriter frames, int start) {
		return Integer.BYTES + frames.getInt(start);
	}

	// The type follows the length.
	private static int acks(ByteWriter frames, int start) {
		return (frames.getInt(start + Integer.BYTES) >>> 24 == FrameType.ACK.code()) ? 1 : 0;
	}

	private long now() {
		return this.eventLoop.ticker().nanoTime();
	}

	private void resume() {
		this.scheduled = false;
		this.resume.run();
	}

}
