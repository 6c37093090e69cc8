/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateLimitedLog}.
 */
class RateLimitedLogTests {

	// Near the point where the clock of the JVM would begin again from the lowest value.
	private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

	private final LogRecorder recorder = LogRecorder.open(Level.DEBUG);

	private final RateLimitedLog log = new RateLimitedLog(LogFactory.getLog(RateLimitedLogTests.class), () -> this.now);

	@AfterEach
	void close() {
		this.recorder.close();
	}

	@Test
	void fewAreLoggedInAnInterval() {
		warn(8);
		assertThat(logged()).containsExactly("1", "2", "3", "4", "5");
	}

	@Test
	void nextIntervalSaysHowManyWereLeftOut() {
		warn(8);
		advance(Duration.ofSeconds(10).minusNanos(1));
		warn(1);
		assertThat(logged()).hasSize(5);
		advance(Duration.ofNanos(1));
		warn(2);
		assertThat(logged()).hasSize(7).endsWith("1 (4 more like this were not logged)", "2");
	}

	@Test
	void intervalBeginsWithItsFirstWarning() {
		warn(1);
		advance(Duration.ofMinutes(1));
		warn(1);
		advance(Duration.ofSeconds(9));
		warn(5);
		assertThat(logged()).containsExactly("1", "1", "1", "2", "3", "4");
	}

	@Test
	void rateIsBoundedHoweverLongItGoesOn() {
		int warnings = 100_000;
		for (int i = 0; i < warnings; i++) {
			warn(1);
			advance(Duration.ofMillis(1));
		}
		assertThat(logged()).hasSize(50);
		assertThat(logged()).filteredOn((text) -> text.contains("(9995 more like this were not logged)")).hasSize(9);
	}

	@Test
	void causeThatCannotBePrinted() {
		Exception unprintable = new Exception() {

			@Override
			public String getMessage() {
				throw new IllegalStateException("no message");
			}

		};
		this.log.warn(() -> "failed", unprintable);
		assertThat(logged())
			.containsExactly("failed with " + unprintable.getClass().getName() + ", which cannot be printed");
	}

	@Test
	void textIsOnlyAskedForIfItIsLogged() {
		AtomicInteger asked = new AtomicInteger();
		IntStream.range(0, 20).forEach((i) -> this.log.warn(() -> "text " + asked.incrementAndGet()));
		assertThat(asked).hasValue(5);
		try (LogRecorder errors = LogRecorder.open(Level.ERROR)) {
			advance(Duration.ofSeconds(10));
			this.log.warn(() -> "text " + asked.incrementAndGet());
			assertThat(asked).hasValue(5);
			assertThat(errors.everything()).isEmpty();
		}
	}

	@Test
	void errorsAreLimitedAsWarningsAre() {
		IntStream.range(0, 8).forEach((i) -> this.log.error(() -> "text " + i));
		advance(Duration.ofSeconds(10));
		this.log.error(() -> "last");
		assertThat(this.recorder.messages(Level.ERROR)).containsExactly("text 0", "text 1", "text 2", "text 3",
				"text 4", "last (3 more like this were not logged)");
	}

	@Test
	void causeIsLogged() {
		this.log.warn(() -> "text", new IllegalStateException("on purpose"));
		assertThat(this.recorder.warning().getThrowableProxy().getMessage()).isEqualTo("on purpose");
	}

	@Test
	void manyThreadsShareTheLimit() {
		List<CompletableFuture<Void>> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			threads.add(CompletableFuture.runAsync(() -> warn(1000)));
		}
		threads.forEach(CompletableFuture::join);
		advance(Duration.ofSeconds(10));
		warn(1);
		assertThat(logged()).hasSize(6);
		assertThat(logged().get(5)).isEqualTo("1 (3995 more like this were not logged)");
	}

	private void warn(int times) {
		Stream.iterate(1, (i) -> i + 1).limit(times).forEach((i) -> this.log.warn(i::toString));
	}

	private void advance(Duration duration) {
		this.now += duration.toNanos();
	}

	private List<String> logged() {
		return this.recorder.messages(Level.WARN);
	}

}
