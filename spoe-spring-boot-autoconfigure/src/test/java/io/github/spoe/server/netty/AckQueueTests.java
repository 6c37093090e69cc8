/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.Test;

import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.spop.NotifyIndex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AckQueue}.
 */
class AckQueueTests {

	private final EventLoop eventLoop = mock();

	private final List<DetachedExchange> taken = new ArrayList<>();

	private final AtomicInteger wakeUps = new AtomicInteger();

	private final AckQueue queue = new AckQueue(this.eventLoop, this::drain);

	@Test
	void eventLoopIsWokenOnceForManyAcks() {
		countWakeUps();
		DetachedExchange first = exchange();
		DetachedExchange second = exchange();
		this.queue.add(first);
		this.queue.add(second);
		assertThat(this.wakeUps).hasValue(1);
		drain();
		assertThat(this.taken).satisfiesExactly((exchange) -> assertThat(exchange).isSameAs(first),
				(exchange) -> assertThat(exchange).isSameAs(second));
	}

	@Test
	void eventLoopIsWokenAgainAfterADrain() {
		countWakeUps();
		this.queue.add(exchange());
		drain();
		this.queue.add(exchange());
		assertThat(this.wakeUps).hasValue(2);
	}

	@Test
	void acksOfAnEventLoopThatHasEndedAreOfNoInterest() {
		willThrow(RejectedExecutionException.class).given(this.eventLoop).execute(any());
		assertThatNoException().isThrownBy(() -> this.queue.add(exchange()));
		assertThatNoException().isThrownBy(() -> this.queue.add(exchange()));
		then(this.eventLoop).should().execute(any());
	}

	private void countWakeUps() {
		willAnswer((call) -> this.wakeUps.incrementAndGet()).given(this.eventLoop).execute(any());
	}

	private void drain() {
		this.queue.drainTo(this.taken::add);
	}

	private static DetachedExchange exchange() {
		return new DetachedExchange(mock(), 1, 1, new NotifyIndex(), 0, SpoeOutcome.SUCCESS, 0, 0, mock());
	}

}
