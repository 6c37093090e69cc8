/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;

/**
 * Tests for {@link PeerTimeout}.
 */
class PeerTimeoutTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final EventExecutor executor = Mockito.mock(EventExecutor.class,
			AdditionalAnswers.delegatesTo(this.channel.eventLoop()));

	private final PeerTimeout timeout = new PeerTimeout(this.executor, Duration.ofMillis(100), () -> this.expired++);

	private int expired;

	PeerTimeoutTests() {
		this.channel.freezeTime();
	}

	@Test
	void waitExpiresOnce() {
		this.timeout.begin();
		advance(99);
		assertThat(this.expired).isZero();
		assertThat(this.timeout.isWaiting()).isTrue();
		advance(1);
		assertThat(this.expired).isOne();
		assertThat(this.timeout.isWaiting()).isFalse();
		advance(1000);
		assertThat(this.expired).isOne();
	}

	@Test
	void waitThatEndsDoesNotExpire() {
		this.timeout.begin();
		advance(50);
		this.timeout.end();
		advance(1000);
		assertThat(this.expired).isZero();
		assertScheduled(1);
	}

	@Test
	void waitThatBeginsTwiceHasBegunTheFirstTime() {
		this.timeout.begin();
		advance(50);
		this.timeout.begin();
		advance(50);
		assertThat(this.expired).isOne();
	}

	@Test
	void nextWaitHasItsWholeTime() {
		this.timeout.begin();
		advance(50);
		this.timeout.end();
		this.timeout.begin();
		advance(99);
		assertThat(this.expired).isZero();
		advance(1);
		assertThat(this.expired).isOne();
		assertScheduled(2);
	}

	@Test
	void extendedWaitHasItsWholeTime() {
		this.timeout.extend();
		advance(1000);
		assertThat(this.expired).isZero();
		this.timeout.begin();
		advance(50);
		this.timeout.extend();
		advance(99);
		assertThat(this.expired).isZero();
		advance(1);
		assertThat(this.expired).isOne();
	}

	@Test
	void manyWaitsHaveFewTasks() {
		for (int i = 0; i < 1000; i++) {
			this.timeout.begin();
			advance(1);
			this.timeout.end();
		}
		assertThat(this.expired).isZero();
		assertScheduled(11);
	}

	@Test
	void expiredWaitMayBeginAgain() {
		PeerTimeout[] again = new PeerTimeout[1];
		again[0] = new PeerTimeout(this.executor, Duration.ofMillis(100), () -> {
			this.expired++;
			again[0].begin();
		});
		again[0].begin();
		advance(100);
		advance(100);
		assertThat(this.expired).isEqualTo(2);
	}

	@Test
	void cancelledTimeoutLeavesNoTask() {
		this.timeout.begin();
		this.timeout.cancel();
		assertThat(this.channel.runScheduledPendingTasks()).isEqualTo(-1);
		this.timeout.begin();
		advance(1000);
		assertThat(this.expired).isZero();
		assertScheduled(1);
	}

	@Test
	void zeroIsForEver() {
		PeerTimeout never = new PeerTimeout(this.executor, Duration.ZERO, () -> this.expired++);
		never.begin();
		advance(1_000_000);
		assertThat(this.expired).isZero();
		assertScheduled(0);
	}

	@Test
	void longTimeIsTaken() {
		PeerTimeout centuries = new PeerTimeout(this.executor, Duration.ofSeconds(Long.MAX_VALUE),
				() -> this.expired++);
		centuries.begin();
		advance(1_000_000);
		assertThat(this.expired).isZero();
	}

	private void advance(long millis) {
		this.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
	}

	private void assertScheduled(int tasks) {
		BDDMockito.then(this.executor)
			.should(Mockito.times(tasks))
			.schedule(any(Runnable.class), anyLong(), any(TimeUnit.class));
	}

}
