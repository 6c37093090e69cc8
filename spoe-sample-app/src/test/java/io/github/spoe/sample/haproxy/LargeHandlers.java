/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers with large ACKs.
 */
class LargeHandlers {

	/**
	 * How many messages have to meet: as many as HAProxy has in flight on a connection.
	 */
	static final int PARTIES = 20;

	/**
	 * The size of the variable in each of their ACKs.
	 */
	static final int SIZE = 1000;

	/**
	 * The greatest length of an ACK, with HAProxy's buffers of 16384 bytes.
	 */
	private static final int MAX_ACK_LENGTH = 16379;

	private static final int TIMEOUT_SECONDS = 1;

	private final CyclicBarrier meeting = new CyclicBarrier(PARTIES);

	@SpoeMessageHandler(value = "large", execution = SpoeExecution.EVENT_LOOP)
	void answer(@SpoeArg String id, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "echo", id);
		response.setVar(SpoeScope.TRANSACTION, "copy", "x".repeat(SIZE));
	}

	@SpoeMessageHandler("large-meeting")
	void meet(@SpoeArg String id, SpoeResponse response) throws InterruptedException {
		try {
			this.meeting.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}
		catch (BrokenBarrierException | TimeoutException ex) {
			// One more than there should be, as a client may ask again on a connection
			// that was closed.
			this.meeting.reset();
		}
		answer(id, response);
	}

	@SpoeMessageHandler("largest")
	void fill(SpoeContext context, SpoeResponse response) {
		// Type, flags and ids of the frame; action, name, and type and length of the
		// value.
		int rest = 5 + idSize(context.streamId()) + idSize(context.frameId()) + 3 + 5 + 4;
		response.setVar(SpoeScope.TRANSACTION, "copy", "x".repeat(MAX_ACK_LENGTH - rest));
	}

	private static int idSize(long id) {
		return (id < 240) ? 1 : (id < 2288) ? 2 : 3;
	}

}
