/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.github.spoe.spop.ByteReader;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.SpopException;
import io.github.spoe.spop.StatusCode;

/**
 * Makes one payload of a NOTIFY that does not fit in a frame: HAProxy up to 3.0 sends a
 * NOTIFY without FIN, and frames of type UNSET until one has FIN (SPOE.txt section 3.2).
 * What is kept grows with what comes, up to a limit. For the event loop only.
 */
final class Fragments {

	private static final byte[] NOTHING = {};

	private final int maxSize;

	private boolean incomplete;

	private boolean begun;

	private boolean tooLarge;

	private long streamId;

	private long frameId;

	private byte[] bytes = NOTHING;

	private int size;

	/**
	 * Create new, empty fragments.
	 * @param maxSize the most bytes that the fragments of a NOTIFY have together
	 */
	Fragments(int maxSize) {
		this.maxSize = maxSize;
	}

	/**
	 * Return whether a NOTIFY has begun and its end has not come yet.
	 * @return whether only {@link #add fragments} of it may come
	 */
	boolean isIncomplete() {
		return this.incomplete;
	}

	/**
	 * Return whether anything but further fragments of a NOTIFY has come since this was
	 * asked.
	 * @return {@code false} if the peer has yet to bring to its end what it had begun
	 */
	boolean advanced() {
		boolean advanced = this.begun || !this.incomplete;
		this.begun = false;
		return advanced;
	}

	/**
	 * Add a fragment.
	 * @param fragment a NOTIFY or UNSET frame
	 * @return whether it is the last, so that the payload can be {@link #take() taken}
	 * @throws SpopException if it does not belong to the NOTIFY that has begun, or none
	 * has
	 */
	boolean add(FrameReader fragment) {
		if (fragment.type() == FrameType.NOTIFY) {
			begin(fragment);
		}
		else {
			check(fragment);
		}
		if (fragment.isAbort()) {
			clear();
			return false;
		}
		append(fragment.payloadBuffer());
		this.incomplete = !fragment.isFin();
		return !this.incomplete;
	}

	private void begin(FrameReader notify) {
		if (this.incomplete) {
			throw new SpopException(StatusCode.INTERLACED_FRAMES, "NOTIFY before the last fragment of another");
		}
		this.begun = true;
		this.streamId = notify.streamId();
		this.frameId = notify.frameId();
	}

	private void check(FrameReader fragment) {
		if (!this.incomplete) {
			throw new SpopException(StatusCode.NO_FRAME_ID, "UNSET continues no NOTIFY");
		}
		if (fragment.streamId() != this.streamId || fragment.frameId() != this.frameId) {
			throw new SpopException(StatusCode.INTERLACED_FRAMES, "UNSET continues another NOTIFY");
		}
	}

	private void append(ByteBuf payload) {
		int more = payload.readableBytes();
		if (this.tooLarge || more > this.maxSize - this.size) {
			this.tooLarge = true;
			this.bytes = NOTHING;
			return;
		}
		int newSize = this.size + more;
		if (newSize > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(newSize, (int) Math.min(2L * this.size, this.maxSize)));
		}
		payload.readBytes(this.bytes, this.size, more);
		this.size = newSize;
	}

	/**
	 * Take the payload of the NOTIFY whose last fragment was added. It is not kept.
	 * @return what reads the payload, or {@code null} if it is larger than the limit
	 */
	@Nullable ByteReader take() {
		ByteReader payload = null;
		if (!this.tooLarge) {
			payload = new ByteReader();
			payload.reset(this.bytes, 0, this.size);
		}
		clear();
		return payload;
	}

	/**
	 * Throw away what is kept.
	 */
	void clear() {
		this.incomplete = false;
		this.tooLarge = false;
		this.bytes = NOTHING;
		this.size = 0;
	}

}
