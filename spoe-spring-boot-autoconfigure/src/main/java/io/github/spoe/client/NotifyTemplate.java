/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.util.List;

import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameEncoder;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.Varint;

/**
 * The messages of a NOTIFY, encoded once to be sent many times (SPOE.txt section 3.2.6).
 * Writing one allocates nothing. May be used by several threads.
 *
 * @since 0.1.0
 */
public final class NotifyTemplate {

	// Of a frame whose ids take one byte each.
	private static final int PAYLOAD = Integer.BYTES + FrameReader.MIN_LENGTH;

	private final ByteWriter frame = new ByteWriter(256);

	/**
	 * Create a new template.
	 * @param messages the messages in their order
	 */
	public NotifyTemplate(List<Notify.Message> messages) {
		new Notify(0, 0, messages).write(this.frame);
	}

	/**
	 * Write a NOTIFY as a frame.
	 * @param out what to write to
	 * @param streamId the stream, unsigned
	 * @param frameId the frame in the stream, unsigned
	 */
	public void write(ByteWriter out, long streamId, long frameId) {
		int start = FrameEncoder.begin(out, FrameType.NOTIFY, streamId, frameId);
		out.writeBytes(this.frame, PAYLOAD);
		FrameEncoder.end(out, start);
	}

	/**
	 * Return the length of the frame with the greatest ids, to compare with the
	 * {@code max-frame-size} of a connection.
	 * @return the length in bytes, not counting the length itself
	 */
	public int maxLength() {
		return this.frame.size() - Integer.BYTES + 2 * (Varint.MAX_SIZE - 1);
	}

}
