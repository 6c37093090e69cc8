/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WorkerPool}.
 */
@Timeout(20)
class WorkerPoolTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final ThreadFactory threadFactory = new CustomizableThreadFactory("test-worker-");

	private final CountDownLatch release = new CountDownLatch(1);

	private final List<WorkerPool> pools = new ArrayList<>();

	@AfterEach
	void end() {
		this.release.countDown();
		this.pools.forEach(WorkerPool::close);
	}

	@ParameterizedTest(name = "{0} threads, {1} producers, bursts of {2}")
	@CsvSource({ "1, 1, 1", "1, 4, 16", "3, 1, 1", "3, 4, 1", "3, 4, 64", "64, 2, 16" })
	void everyTaskIsRunOnce(int threads, int producers, int burst) throws InterruptedException {
		WorkerPool pool = pool(threads, 1_000_000, LONG);
		int bursts = 20_000 / burst;
		AtomicInteger runs = new AtomicInteger();
		List<Thread> running = new ArrayList<>();
		for (int producer = 0; producer < producers; producer++) {
			Thread thread = new Thread(() -> {
				for (int i = 0; i < bursts; i++) {
					for (int j = 0; j < burst; j++) {
						pool.execute(runs::incrementAndGet);
					}
					Thread.yield();
				}
			});
			thread.start();
			running.add(thread);
		}
		for (Thread thread : running) {
			thread.join();
		}
		Awaitility.await().untilAtomic(runs, (value) -> assertThat(value).isEqualTo(producers * bursts * burst));
	}

	@ParameterizedTest(name = "{0} threads, kept alive for {1}")
	@CsvSource({ "2, PT0S", "2, PT60S", "1, PT0S", "1, PT60S", "1, PT0.00001S" })
	void taskIsRunThoughAllThreadsFallAsleep(int threads, Duration keepAlive) throws InterruptedException {
		WorkerPool pool = pool(threads, 10, keepAlive);
		for (int i = 0; i < 20_000; i++) {
			CountDownLatch done = new CountDownLatch(1);
			pool.execute(done::countDown);
			assertThat(done.await(5, TimeUnit.SECONDS)).as("task %d is run", i).isTrue();
		}
	}

	@Test
	void slowTaskHoldsUpNoOther() throws InterruptedException {
		WorkerPool pool = pool(4, 1000, LONG);
		CountDownLatch others = new CountDownLatch(300);
		for (int i = 0; i < 300; i++) {
			if (i % 100 == 0) {
				pool.execute(this::block);
			}
			pool.execute(others::countDown);
		}
		assertThat(others.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void quickTasksAreRunByFewThreads() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		WorkerPool pool = pool(1000, 10_000, LONG);
		AtomicInteger runs = new AtomicInteger();
		for (int i = 0; i < 10_000; i++) {
			pool.execute(() -> {
				threads.add(Thread.currentThread());
				runs.incrementAndGet();
			});
		}
		Awaitility.await().untilAtomic(runs, (value) -> assertThat(value).isEqualTo(10_000));
		assertThat(threads).hasSizeLessThan(200);
	}

	@Test
	void taskIsRejectedWhenTooManyWait() {
		WorkerPool pool = pool(1, 2, LONG);
		pool.execute(this::block);
		Awaitility.await().until(() -> {
			try {
				pool.execute(this::block);
				return false;
			}
			catch (RejectedExecutionException ex) {
				return true;
			}
		});
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {
		})).withMessage("As many tasks wait for a worker as may: 2");
	}

	@Test
	void threadOutlivesATaskThatFailsOrInterruptsIt() throws InterruptedException {
		AtomicInteger uncaught = new AtomicInteger();
		WorkerPool pool = pool((task) -> {
			Thread thread = new Thread(task);
			thread.setUncaughtExceptionHandler((where, ex) -> uncaught.incrementAndGet());
			return thread;
		}, 1, LONG);
		pool.execute(() -> {
			Thread.currentThread().interrupt();
			throw new IllegalStateException();
		});
		CountDownLatch done = new CountDownLatch(1);
		pool.execute(() -> {
			if (!Thread.currentThread().isInterrupted()) {
				done.countDown();
			}
		});
		assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(uncaught).hasValue(1);
	}

	@Test
	void threadOutlivesAnUncaughtExceptionHandlerThatFails() throws InterruptedException {
		WorkerPool pool = new WorkerPool((task) -> {
			Thread thread = new Thread(task);
			thread.setUncaughtExceptionHandler((where, ex) -> {
				throw new IllegalStateException("on purpose");
			});
			return thread;
		}, 1, 10, LONG);
		this.pools.add(pool);
		CountDownLatch done = new CountDownLatch(1);
		pool.execute(() -> {
			throw new IllegalStateException("on purpose");
		});
		pool.execute(done::countDown);
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void idleThreadEndsAndAnotherTakesItsPlace() {
		List<Thread> threads = new ArrayList<>();
		WorkerPool pool = pool((task) -> {
			Thread thread = new Thread(task);
			threads.add(thread);
			return thread;
		}, 1, Duration.ofMillis(1));
		for (int i = 0; i < 3; i++) {
			AtomicInteger runs = new AtomicInteger();
			pool.execute(runs::incrementAndGet);
			Awaitility.await().untilAtomic(runs, (value) -> assertThat(value).isOne());
			Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
		}
		assertThat(threads).hasSize(3);
	}

	@Test
	void threadThatCannotBeStartedRejectsItsTask() throws InterruptedException {
		AtomicInteger failures = new AtomicInteger(1);
		WorkerPool pool = pool((task) -> {
			if (failures.getAndDecrement() > 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return new Thread(task);
		}, 1, LONG);
		AtomicInteger runs = new AtomicInteger();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> pool.execute(runs::incrementAndGet))
			.withMessage("No thread could be started for a worker");
		CountDownLatch done = new CountDownLatch(1);
		pool.execute(done::countDown);
		assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(runs).hasValue(0);
	}

	@Test
	void closedPoolRunsWhatWaitsAndEndsItsThreads() {
		List<Thread> threads = new ArrayList<>();
		WorkerPool pool = pool((task) -> {
			Thread thread = new Thread(task);
			threads.add(thread);
			return thread;
		}, 2, LONG);
		AtomicInteger runs = new AtomicInteger();
		pool.execute(this::block);
		pool.execute(this::block);
		for (int i = 0; i < 5; i++) {
			pool.execute(runs::incrementAndGet);
		}
		pool.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(this::block));
		this.release.countDown();
		Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
		assertThat(runs).hasValue(5);
	}

	@Test
	void closedPoolEndsThreadsThatAreKept() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		WorkerPool pool = pool((task) -> {
			thread.set(new Thread(task));
			return thread.get();
		}, 1, Duration.ZERO);
		pool.execute(() -> {
		});
		Awaitility.await().until(() -> thread.get().getState() == Thread.State.WAITING);
		pool.close();
		Awaitility.await().until(() -> !thread.get().isAlive());
	}

	@Test
	void refusesLimitsBelowOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WorkerPool(this.threadFactory, 0, 1, LONG))
			.withMessage("maxThreads: 0 (expected: >= 1)");
		assertThatIllegalArgumentException().isThrownBy(() -> new WorkerPool(this.threadFactory, 1, 0, LONG))
			.withMessage("queueCapacity: 0 (expected: >= 1)");
	}

	private void block() {
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private WorkerPool pool(int threads, int queueCapacity, Duration keepAlive) {
		WorkerPool pool = new WorkerPool(this.threadFactory, threads, queueCapacity, keepAlive);
		this.pools.add(pool);
		return pool;
	}

	private WorkerPool pool(ThreadFactory factory, int threads, Duration keepAlive) {
		WorkerPool pool = new WorkerPool(factory, threads, 100, keepAlive);
		this.pools.add(pool);
		return pool;
	}

}
