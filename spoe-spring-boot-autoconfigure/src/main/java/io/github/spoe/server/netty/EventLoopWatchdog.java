/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.github.spoe.server.LogText;

/**
 * Looks from outside whether handlers keep event loops busy, which stalls all connections
 * of the loop, and says so once for each message. Costs the event loops nothing but to
 * write down what they do.
 */
final class EventLoopWatchdog {

	/**
	 * A default handler may have any message.
	 */
	private static final int MAX_NAMES = 100;

	/**
	 * A call that is seen so often, half a threshold after the other, has taken longer
	 * than the threshold. Looks are counted and no time is taken, as the whole JVM may
	 * have stood still between two.
	 */
	private static final int LOOKS = 3;

	private final Duration threshold;

	private final Log log;

	private final Set<EventLoopActivity> activities = ConcurrentHashMap.newKeySet();

	private final Set<String> reported = ConcurrentHashMap.newKeySet();

	/**
	 * Create a new watchdog.
	 * @param threshold how long a handler may take, 0 to watch nothing
	 * @param log where to log to
	 */
	EventLoopWatchdog(Duration threshold, Log log) {
		this.threshold = threshold;
		this.log = log;
	}

	/**
	 * Watch an event loop until it ends, each once.
	 * @param activity what the event loop does
	 */
	void watch(EventLoopActivity activity) {
		if (!this.threshold.isZero()) {
			this.activities.add(activity);
		}
	}

	/**
	 * Start to look.
	 * @return the thread that does, to be interrupted, or {@code null} if there is
	 * nothing to look for
	 */
	@Nullable Thread start() {
		if (this.threshold.isZero()) {
			return null;
		}
		Thread thread = new Thread(new Patrol(), "spoe-watchdog");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private void report(EventLoopActivity activity, long call) {
		String name = LogText.of(activity.messageName());
		if (this.reported.size() >= MAX_NAMES || this.reported.contains(name)) {
			return;
		}
		Exception stack = new Exception("Stack of thread '" + activity.thread().getName() + "'");
		stack.setStackTrace(shortened(activity.thread().getStackTrace()));
		if (activity.isUnderWay(call)) {
			this.reported.add(name);
			this.log.warn(
					"Message '" + name + "' keeps an event loop busy for more than " + this.threshold.toMillis()
							+ " ms, and with it all connections of thread '" + activity.thread().getName()
							+ "': what handles it must not block there, as a method with execution = WORKER may"
							+ ((this.reported.size() < MAX_NAMES) ? "" : " (further messages will not be logged)"),
					stack);
		}
	}

	// How the NOTIFY came to its handler is the same for all.
	private static StackTraceElement[] shortened(StackTraceElement[] stack) {
		for (int i = 0; i < stack.length; i++) {
			String className = stack[i].getClassName();
			if (className.equals(NotifyReceiver.class.getName())
					|| className.equals(EventLoopActivity.class.getName())) {
				return Arrays.copyOf(stack, i);
			}
		}
		return stack;
	}

	/**
	 * Looks at all event loops, again and again.
	 */
	private final class Patrol implements Runnable {

		private final Map<EventLoopActivity, Sight> sights = new HashMap<>();

		@Override
		public void run() {
			long pause = Math.max(1, EventLoopWatchdog.this.threshold.toNanos() / (LOOKS - 1));
			try {
				while (true) {
					TimeUnit.NANOSECONDS.sleep(pause);
					EventLoopWatchdog.this.activities.removeIf((activity) -> !activity.thread().isAlive());
					this.sights.keySet().retainAll(EventLoopWatchdog.this.activities);
					EventLoopWatchdog.this.activities.forEach(this::look);
				}
			}
			catch (InterruptedException ex) {
				// The server has stopped.
			}
		}

		private void look(EventLoopActivity activity) {
			long call = activity.call();
			Sight sight = this.sights.computeIfAbsent(activity, (first) -> new Sight());
			if (sight.isLast(call)) {
				try {
					report(activity, call);
				}
				catch (RuntimeException ex) {
					EventLoopWatchdog.this.log.debug("A call was over before it could be reported", ex);
				}
			}
		}

	}

	/**
	 * How often a call was seen.
	 */
	private static final class Sight {

		private long call;

		private int looks;

		/**
		 * Count a look.
		 * @param call the call that was seen
		 * @return whether the call is to be reported, which it is once
		 */
		boolean isLast(long call) {
			if (call != this.call) {
				this.call = call;
				this.looks = 0;
			}
			return call != 0 && ++this.looks == LOOKS;
		}

	}

}
