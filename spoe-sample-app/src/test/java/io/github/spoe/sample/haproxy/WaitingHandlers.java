/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers that wait: for each other, or for the test.
 */
class WaitingHandlers {

	/**
	 * How many messages have to meet.
	 */
	static final int PARTIES = 30;

	private static final int TIMEOUT_SECONDS = 4;

	private static final int HELD_SECONDS = 30;

	private final CyclicBarrier meeting = new CyclicBarrier(PARTIES);

	private final Semaphore entered = new Semaphore(0);

	private final CountDownLatch released = new CountDownLatch(1);

	@SpoeMessageHandler(value = "meeting", timeout = "0")
	void meet(@SpoeArg String id, SpoeResponse response)
			throws InterruptedException, BrokenBarrierException, TimeoutException {
		this.meeting.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
		response.setVar(SpoeScope.TRANSACTION, "echo", id);
	}

	@SpoeMessageHandler(value = "held", timeout = "0")
	void hold(@SpoeArg String id, SpoeResponse response) throws InterruptedException {
		this.entered.release();
		if (this.released.await(HELD_SECONDS, TimeUnit.SECONDS)) {
			response.setVar(SpoeScope.TRANSACTION, "echo", id);
		}
	}

	/**
	 * Wait for messages that are held from then on.
	 */
	boolean awaitHeld(int messages) throws InterruptedException {
		return this.entered.tryAcquire(messages, HELD_SECONDS, TimeUnit.SECONDS);
	}

	void release() {
		this.released.countDown();
	}

}
