/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers that say whether a request may pass, or fail in the way that it asks for.
 */
class GuardingHandlers {

	// Far below what HAProxy waits.
	private static final String TIMEOUT = "100ms";

	private final CountDownLatch never = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private final BlockingQueue<String> audited = new LinkedBlockingQueue<>();

	@SpoeMessageHandler(value = "guarded", timeout = TIMEOUT)
	void guard(@SpoeArg String way, SpoeResponse response) throws InterruptedException {
		allowUnlessItFails(way, response);
		if (way.equals("blocks")) {
			this.never.await();
		}
	}

	@SpoeMessageHandler(value = "guarded-mono", timeout = TIMEOUT)
	Mono<Void> guardLater(@SpoeArg String way, SpoeResponse response) {
		return Mono.fromRunnable(() -> allowUnlessItFails(way, response))
			.then(way.equals("blocks") ? Mono.never() : Mono.empty());
	}

	@SpoeMessageHandler(value = "guarded-event-loop", execution = SpoeExecution.EVENT_LOOP)
	void guardOnEventLoop(@SpoeArg String way, SpoeResponse response) {
		allowUnlessItFails(way, response);
	}

	private static void allowUnlessItFails(String way, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "verdict", "allowed");
		if (way.equals("fails")) {
			throw new IllegalStateException("Fails on purpose");
		}
	}

	@SpoeMessageHandler(value = "audited", acknowledge = SpoeAcknowledge.BEFORE)
	void audit(@SpoeArg String id) throws InterruptedException {
		this.released.await();
		this.audited.add(id);
	}

	/**
	 * Let messages that were answered before be handled.
	 */
	void release() {
		this.released.countDown();
	}

	@Nullable String pollAudited() {
		return this.audited.poll();
	}

	@Nullable String awaitAudited() throws InterruptedException {
		return this.audited.poll(10, TimeUnit.SECONDS);
	}

}
