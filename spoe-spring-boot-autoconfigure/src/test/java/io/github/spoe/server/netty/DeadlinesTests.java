/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.util.concurrent.DefaultEventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.server.SpoeDeadline;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Deadlines}.
 */
class DeadlinesTests {

	private final Detaching detaching = new Detaching();

	private final EmbeddedConnection connection = new EmbeddedConnection(this.detaching).hello();

	// Streams whose deadline has passed.
	private final List<Integer> passed = new ArrayList<>();

	private Runnable whenPassed = () -> {
	};

	@AfterEach
	void close() {
		this.connection.close();
	}

	@Test
	void passesWhenItsTimeHasCome() {
		receive(50);
		this.connection.advanceTime(49);
		assertThat(this.passed).isEmpty();
		this.connection.advanceTime(1);
		assertThat(this.passed).containsExactly(1);
	}

	@Test
	void passesInTheOrderOfTime() {
		receive(30, 10, 20, 10, 40);
		this.connection.advanceTime(9);
		assertThat(this.passed).isEmpty();
		this.connection.advanceTime(1);
		assertThat(this.passed).containsExactly(2, 4);
		answer(2, 4);
		this.connection.advanceTime(10);
		assertThat(this.passed).containsExactly(2, 4, 3);
		answer(3);
		this.connection.advanceTime(100);
		assertThat(this.passed).containsExactly(2, 4, 3, 1, 5);
	}

	@Test
	void countsFromTheRead() {
		receive(50);
		this.connection.advanceTime(20);
		receive(50, 25);
		this.connection.advanceTime(25);
		assertThat(this.passed).containsExactly(3);
		answer(3);
		this.connection.advanceTime(5);
		assertThat(this.passed).containsExactly(3, 1);
		answer(1);
		this.connection.advanceTime(20);
		assertThat(this.passed).containsExactly(3, 1, 2);
	}

	@Test
	void countsFromTheReadThoughSetLater() {
		receive(0);
		this.connection.advanceTime(20);
		assertThat(setDeadline(1, 50)).isTrue();
		this.connection.advanceTime(30);
		assertThat(this.passed).containsExactly(1);
	}

	@Test
	void earlierTakesThePlaceOfALater() {
		receive(1000);
		this.connection.advanceTime(10);
		receive(10);
		this.connection.advanceTime(10);
		assertThat(this.passed).containsExactly(2);
		answer(2);
		this.connection.advanceTime(979);
		assertThat(this.passed).containsExactly(2);
		this.connection.advanceTime(1);
		assertThat(this.passed).containsExactly(2, 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void answeredDoesNotPass(int answered) {
		receive(50, 50, 50);
		answer(answered);
		this.connection.advanceTime(50);
		assertThat(this.passed).containsExactlyElementsOf(
				IntStream.rangeClosed(1, 3).filter((stream) -> stream != answered).boxed().toList());
	}

	@Test
	void othersPassThoughManyAreAnswered() {
		int count = 100;
		receive(IntStream.generate(() -> 50).limit(count).toArray());
		List<Integer> streams = new ArrayList<>(IntStream.rangeClosed(1, count).boxed().toList());
		Collections.shuffle(streams, new Random(1));
		streams.subList(0, 70).forEach(this::answer);
		receive(IntStream.generate(() -> 50).limit(count).toArray());
		IntStream.rangeClosed(count + 1, 2 * count).forEach(streams::add);
		this.connection.advanceTime(50);
		assertThat(this.passed).containsExactlyInAnyOrderElementsOf(streams.subList(70, 2 * count));
	}

	@Test
	void allAnsweredAndOthersCome() {
		receive(50, 50);
		this.connection.advanceTime(20);
		answer(2, 1);
		receive(50);
		this.connection.advanceTime(49);
		assertThat(this.passed).isEmpty();
		this.connection.advanceTime(1);
		assertThat(this.passed).containsExactly(3);
	}

	@Test
	void nextMessageHasADeadlineOfItsOwn() {
		receive(50, 50);
		assertThat(setDeadline(1, 80)).isTrue();
		this.connection.advanceTime(50);
		assertThat(this.passed).containsExactly(2);
		answer(2);
		this.connection.advanceTime(30);
		assertThat(this.passed).containsExactly(2, 1);
	}

	@Test
	void nextMessageHasNone() {
		receive(50);
		this.detaching.exchange(1).next();
		assertThat(this.detaching.exchange(1).setDeadline(null)).isTrue();
		this.connection.advanceTime(50);
		assertThat(this.passed).isEmpty();
	}

	@Test
	void nextMessageIsTooLate() {
		receive(0);
		this.connection.advanceTime(50);
		assertThat(setDeadline(1, 50)).isFalse();
		assertThat(setDeadline(1, 51)).isTrue();
		this.connection.advanceTime(1);
		assertThat(this.passed).containsExactly(1);
	}

	@Test
	void exchangesAreAnsweredAsTheyPass() {
		receive(50, 50, 50);
		this.whenPassed = () -> this.detaching.exchange(last()).complete();
		this.connection.advanceTime(50);
		assertThat(this.passed).containsExactly(1, 2, 3);
		this.connection.runTasks();
		assertThat(this.connection.sent()).extracting((ack) -> ((Ack) ack).streamId()).containsExactly(1L, 2L, 3L);
		this.connection.advanceTime(1000);
		assertThat(this.passed).hasSize(3);
	}

	@Test
	void exchangesGoOnAsTheyPass() {
		receive(50, 50, 60);
		this.whenPassed = () -> setDeadline(last(), 55);
		this.connection.advanceTime(50);
		assertThat(this.passed).containsExactly(1, 2);
		this.whenPassed = () -> {
		};
		this.connection.advanceTime(5);
		assertThat(this.passed).containsExactly(1, 2, 1, 2);
		answer(1, 2);
		this.connection.advanceTime(5);
		assertThat(this.passed).containsExactly(1, 2, 1, 2, 3);
	}

	@Test
	void eventLoopHasEnded() {
		DefaultEventExecutor ended = new DefaultEventExecutor();
		ended.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
		assertThatNoException().isThrownBy(() -> new Deadlines(ended).at(1));
	}

	private int last() {
		return this.passed.get(this.passed.size() - 1);
	}

	// A NOTIFY for each time, in milliseconds, 0 for none.
	private void receive(int... timeouts) {
		int stream = this.detaching.exchanges.size();
		ByteWriter frames = new ByteWriter(256);
		for (int timeout : timeouts) {
			this.detaching.timeouts.add(timeout);
			Notify.Message message = new Notify.Message("check", List.of());
			new Notify(++stream, 1, List.of(message, message, message)).write(frames);
		}
		this.connection.receive(frames.toByteArray(0));
	}

	private boolean setDeadline(int stream, int millis) {
		this.detaching.exchange(stream).next();
		return this.detaching.exchange(stream).setDeadline(new Deadline(stream, millis));
	}

	private void answer(int... streams) {
		for (int stream : streams) {
			this.detaching.exchange(stream).complete();
		}
		this.connection.runTasks();
	}

	private final class Detaching implements SpoeDispatcher {

		private final List<Integer> timeouts = new ArrayList<>();

		private final List<SpoeExchange> exchanges = new ArrayList<>();

		SpoeExchange exchange(int stream) {
			return this.exchanges.get(stream - 1);
		}

		@Override
		public void dispatch(SpoeExchange exchange) {
			exchange.next();
			SpoeExchange detached = exchange.detach();
			this.exchanges.add(detached);
			int stream = this.exchanges.size();
			int timeout = this.timeouts.get(stream - 1);
			detached.setDeadline((timeout > 0) ? new Deadline(stream, timeout) : null);
		}

	}

	private final class Deadline implements SpoeDeadline {

		private final int stream;

		private final int millis;

		Deadline(int stream, int millis) {
			this.stream = stream;
			this.millis = millis;
		}

		@Override
		public long getNanos() {
			return Duration.ofMillis(this.millis).toNanos();
		}

		@Override
		public void passed() {
			DeadlinesTests.this.passed.add(this.stream);
			DeadlinesTests.this.whenPassed.run();
		}

	}

}
