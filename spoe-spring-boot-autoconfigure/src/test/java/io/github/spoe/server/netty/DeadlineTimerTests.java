/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for the timer of {@link Deadlines}.
 */
class DeadlineTimerTests {

	private final MockTicker ticker = Ticker.newMockTicker();

	private final List<ScheduledFuture<?>> timers = new ArrayList<>();

	private final List<Runnable> tasks = new ArrayList<>();

	private final Deadlines deadlines = new Deadlines(executor());

	@Test
	void laterTimeNeedsNoTimer() {
		this.deadlines.at(100);
		this.deadlines.at(200);
		assertThat(this.timers).hasSize(1);
		verify(this.timers.get(0), never()).cancel(false);
	}

	// Else those for a far time would pile up.
	@Test
	void earlierTimeCancelsTheTimer() {
		this.deadlines.at(200);
		this.deadlines.at(100);
		assertThat(this.timers).hasSize(2);
		verify(this.timers.get(0)).cancel(false);
		verify(this.timers.get(1), never()).cancel(false);
	}

	@Test
	void timerThatHasFiredIsNotCancelled() {
		this.deadlines.at(100);
		this.ticker.advance(100, TimeUnit.NANOSECONDS);
		this.tasks.get(0).run();
		this.deadlines.at(300);
		assertThat(this.timers).hasSize(2);
		verify(this.timers.get(0), never()).cancel(false);
	}

	private EventExecutor executor() {
		EventExecutor executor = mock();
		given(executor.ticker()).willReturn(this.ticker);
		given(executor.inEventLoop()).willReturn(true);
		given(executor.schedule(any(Runnable.class), anyLong(), any())).willAnswer((call) -> {
			ScheduledFuture<?> timer = mock();
			this.timers.add(timer);
			this.tasks.add(call.getArgument(0));
			return timer;
		});
		return executor;
	}

}
