/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Limit}.
 */
class LimitTests {

	@Test
	void thereIsRoomAgainOnceOneIsReleased() {
		Limit limit = new Limit(2);
		assertThat(limit.tryAcquire()).isTrue();
		assertThat(limit.tryAcquire()).isTrue();
		assertThat(limit.tryAcquire()).isFalse();
		assertThat(limit.tryAcquire()).isFalse();
		limit.release();
		assertThat(limit.tryAcquire()).isTrue();
		assertThat(limit.tryAcquire()).isFalse();
		assertThat(limit.count()).isEqualTo(2);
	}

	@Test
	void asManyThreadsAsMayBeAcquireAtATime() {
		int threads = 4;
		int rounds = 2000;
		Limit limit = new Limit(2);
		AtomicInteger acquired = new AtomicInteger();
		CyclicBarrier barrier = new CyclicBarrier(threads);
		List<CompletableFuture<Void>> runs = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			runs.add(CompletableFuture.runAsync(() -> {
				for (int round = 0; round < rounds; round++) {
					await(barrier);
					boolean mine = limit.tryAcquire();
					await(barrier);
					if (mine) {
						acquired.incrementAndGet();
						limit.release();
					}
				}
			}, (task) -> new Thread(task).start()));
		}
		runs.forEach(CompletableFuture::join);
		assertThat(acquired).hasValue(2 * rounds);
		assertThat(limit.count()).isZero();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
