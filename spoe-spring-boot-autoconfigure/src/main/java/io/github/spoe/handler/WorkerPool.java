/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.time.Duration;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.Assert;

/**
 * The threads that run handler methods which may block, and the tasks that wait for one.
 * <p>
 * A burst of tasks wakes one thread, and a thread that takes a task while others wait
 * wakes the next before it runs its own. So tasks that are quick are run by few threads,
 * without a switch for each, and a slow one holds up nobody but its own thread.
 *
 * @since 0.1.0
 */
public class WorkerPool implements Executor, AutoCloseable {

	private static final long FOREVER = Long.MAX_VALUE;

	private static final long CLOSE_CHECK_NANOS = Duration.ofMillis(5).toNanos();

	private final ThreadFactory threadFactory;

	private final int maxThreads;

	private final int queueCapacity;

	private final long keepAliveNanos;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger queued = new AtomicInteger();

	private final AtomicInteger threads = new AtomicInteger();

	/**
	 * Workers that sleep; the last to fall asleep, whose memory is still in a cache, is
	 * woken first.
	 */
	private final Deque<Worker> sleeping = new ConcurrentLinkedDeque<>();

	/**
	 * Whether a worker looks for a task, or is on its way to. It will look again after it
	 * has set this to {@code false}, so that a task that came meanwhile is not missed.
	 */
	private final AtomicBoolean searching = new AtomicBoolean();

	private @Nullable TaskDecorator taskDecorator;

	private Duration closeTimeout = Duration.ZERO;

	private volatile boolean closed;

	/**
	 * Create a new pool, without threads yet.
	 * @param threadFactory what creates threads
	 * @param maxThreads the greatest number of threads, at least 1
	 * @param queueCapacity how many tasks may wait for a thread, at least 1
	 * @param keepAlive how long a thread waits for a task before it ends, 0 if it never
	 * does. Virtual threads should not: to sleep with a timer costs them more time than
	 * they take memory.
	 */
	public WorkerPool(ThreadFactory threadFactory, int maxThreads, int queueCapacity, Duration keepAlive) {
		Assert.isTrue(maxThreads >= 1, () -> "maxThreads: " + maxThreads + " (expected: >= 1)");
		Assert.isTrue(queueCapacity >= 1, () -> "queueCapacity: " + queueCapacity + " (expected: >= 1)");
		this.threadFactory = threadFactory;
		this.maxThreads = maxThreads;
		this.queueCapacity = queueCapacity;
		this.keepAliveNanos = keepAlive.isZero() ? FOREVER : keepAlive.toNanos();
	}

	/**
	 * Run a task on a thread of this pool.
	 * @param task the task
	 * @throws RejectedExecutionException if as many tasks wait as may, or the pool is
	 * closed
	 */
	@Override
	public void execute(Runnable task) {
		enqueue((this.taskDecorator != null) ? this.taskDecorator.decorate(task) : task);
	}

	private void enqueue(Runnable task) {
		if (this.closed) {
			throw new RejectedExecutionException("The workers have ended");
		}
		if (this.queued.incrementAndGet() > this.queueCapacity) {
			this.queued.decrementAndGet();
			throw new RejectedExecutionException("As many tasks wait for a worker as may: " + this.queueCapacity);
		}
		this.tasks.add(task);
		try {
			wakeOne();
		}
		catch (Throwable ex) {
			if (this.tasks.remove(task)) {
				this.queued.decrementAndGet();
				throw new RejectedExecutionException("No thread could be started for a worker", ex);
			}
		}
	}

	private void wakeOne() {
		while (!this.searching.get() && this.searching.compareAndSet(false, true)) {
			Worker worker = this.sleeping.pollFirst();
			if (worker != null) {
				worker.wake();
				return;
			}
			if (startOne()) {
				return;
			}
			this.searching.set(false);
			if (this.tasks.isEmpty() || !isAnyFree()) {
				return;
			}
			// One fell asleep or ended meanwhile, and relied on this search.
		}
	}

	// Those that are busy look for a task when they are done.
	private boolean isAnyFree() {
		return !this.sleeping.isEmpty() || this.threads.get() < this.maxThreads;
	}

	private boolean startOne() {
		if (this.threads.incrementAndGet() > this.maxThreads) {
			this.threads.decrementAndGet();
			return false;
		}
		try {
			Worker worker = new Worker();
			Thread thread = this.threadFactory.newThread(worker);
			worker.thread = thread;
			thread.start();
			return true;
		}
		catch (Throwable ex) {
			this.threads.decrementAndGet();
			this.searching.set(false);
			throw ex;
		}
	}

	/**
	 * Set what decorates each task.
	 * @param taskDecorator the decorator, {@code null} for none as if it is not set
	 */
	public void setTaskDecorator(@Nullable TaskDecorator taskDecorator) {
		this.taskDecorator = taskDecorator;
	}

	/**
	 * Set how long {@link #close()} waits for tasks.
	 * @param closeTimeout the time, 0 if it is not set
	 */
	public void setCloseTimeout(Duration closeTimeout) {
		this.closeTimeout = closeTimeout;
	}

	/**
	 * Let the threads end once no task waits. Tasks that come later are rejected. Returns
	 * when all threads have ended, or the time for that has passed.
	 */
	@Override
	public void close() {
		this.closed = true;
		wakeAll();
		long start = System.nanoTime();
		while (this.threads.get() > 0 && System.nanoTime() - start < this.closeTimeout.toNanos()
				&& !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(this, CLOSE_CHECK_NANOS);
		}
	}

	private void wakeAll() {
		for (Worker worker = this.sleeping.pollFirst(); worker != null; worker = this.sleeping.pollFirst()) {
			worker.wake();
		}
	}

	/**
	 * Runs tasks on one thread.
	 */
	private final class Worker implements Runnable {

		private @Nullable Thread thread;

		private volatile boolean woken;

		@Override
		public void run() {
			do {
				work();
			}
			while (sleep());
		}

		// Begins as the one that is searching.
		private void work() {
			Runnable task = WorkerPool.this.tasks.poll();
			WorkerPool.this.searching.set(false);
			if (task != null) {
				wakeNext();
			}
			while (task != null) {
				WorkerPool.this.queued.decrementAndGet();
				run(task);
				task = WorkerPool.this.tasks.poll();
			}
		}

		private void wakeNext() {
			try {
				if (!WorkerPool.this.tasks.isEmpty()) {
					wakeOne();
				}
			}
			catch (Throwable ex) {
				// No further thread can be started: the tasks are left to those there
				// are.
			}
		}

		private void run(Runnable task) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				uncaught(ex);
			}
			Thread.interrupted();
		}

		private void uncaught(Throwable ex) {
			Thread thread = Thread.currentThread();
			try {
				thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
			}
			catch (Throwable another) {
				// The JVM would not tell of it either, and the thread is still counted.
			}
		}

		void wake() {
			this.woken = true;
			LockSupport.unpark(this.thread);
		}

		/**
		 * Sleep until there is a task.
		 * @return whether to search for it, else to end
		 */
		private boolean sleep() {
			this.woken = false;
			WorkerPool.this.sleeping.addFirst(this);
			wakeNext();
			long keepAlive = WorkerPool.this.keepAliveNanos;
			long start = System.nanoTime();
			while (!this.woken) {
				long left = keepAlive - (System.nanoTime() - start);
				boolean late = left <= 0 || WorkerPool.this.closed;
				if (late && WorkerPool.this.sleeping.remove(this)) {
					WorkerPool.this.threads.decrementAndGet();
					// A task that came in between may have found all threads busy.
					wakeNext();
					return false;
				}
				if (late || keepAlive == FOREVER) {
					LockSupport.park(this);
				}
				else {
					LockSupport.parkNanos(this, left);
				}
				Thread.interrupted();
			}
			return true;
		}

	}

}
