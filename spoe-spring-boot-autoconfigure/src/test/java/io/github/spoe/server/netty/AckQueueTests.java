/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AckQueue}.
 */
class AckQueueTests {

	private final EventLoop eventLoop = mock();

	private final List<ByteBuf> taken = new ArrayList<>();

	private final AtomicInteger wakeUps = new AtomicInteger();

	private final AckQueue queue = new AckQueue(this.eventLoop, this::drain);

	@Test
	void eventLoopIsWokenOnceForManyAcks() {
		countWakeUps();
		ByteBuf first = Unpooled.buffer();
		ByteBuf second = Unpooled.buffer();
		this.queue.add(first);
		this.queue.add(second);
		assertThat(this.wakeUps).hasValue(1);
		drain();
		assertThat(this.taken).satisfiesExactly((ack) -> assertThat(ack).isSameAs(first),
				(ack) -> assertThat(ack).isSameAs(second));
	}

	@Test
	void eventLoopIsWokenAgainAfterADrain() {
		countWakeUps();
		this.queue.add(Unpooled.buffer());
		drain();
		this.queue.add(Unpooled.buffer());
		assertThat(this.wakeUps).hasValue(2);
	}

	@Test
	void acksAreDroppedOnceTheEventLoopHasEnded() {
		willThrow(RejectedExecutionException.class).given(this.eventLoop).execute(any());
		this.queue.add(Unpooled.buffer());
		drain();
		assertThat(this.taken).isEmpty();
	}

	private void countWakeUps() {
		willAnswer((call) -> this.wakeUps.incrementAndGet()).given(this.eventLoop).execute(any());
	}

	private void drain() {
		this.queue.drainTo(this.taken::add);
	}

}
