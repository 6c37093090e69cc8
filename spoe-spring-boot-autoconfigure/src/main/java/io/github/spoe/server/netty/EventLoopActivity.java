/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.github.spoe.spop.NotifyIndex;

/**
 * Which message an event loop handles, for those who look at it from outside. Written by
 * its thread alone, for each message: no clock is read, and no other thread is waited
 * for.
 */
final class EventLoopActivity {

	private static final long IDLE = 0;

	private static final VarHandle CALL;

	static {
		try {
			CALL = MethodHandles.lookup().findVarHandle(EventLoopActivity.class, "call", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final Thread thread = Thread.currentThread();

	private final NotifyIndex own;

	private NotifyIndex messages;

	private int message;

	private long calls;

	private long call = IDLE;

	/**
	 * Create a new activity of the current thread.
	 * @param own what the thread reads NOTIFYs with
	 */
	EventLoopActivity(NotifyIndex own) {
		this.own = own;
		this.messages = own;
	}

	/**
	 * A handler is about to be called on this event loop.
	 * @param messages the messages of the NOTIFY
	 * @param message the number of the message
	 */
	void begin(NotifyIndex messages, int message) {
		if (this.messages != messages) {
			this.messages = messages;
		}
		this.message = message;
		CALL.setRelease(this, ++this.calls);
	}

	/**
	 * No handler is called any more.
	 */
	void end() {
		CALL.setRelease(this, IDLE);
		if (this.messages != this.own) {
			// The copy of a NOTIFY is not kept.
			this.messages = this.own;
		}
	}

	/**
	 * Run a task on this event loop, in which handlers may be called.
	 * @param task the task
	 */
	void run(Runnable task) {
		try {
			task.run();
		}
		finally {
			end();
		}
	}

	/**
	 * Return the call that is under way. Called on any thread, as what follows.
	 * @return a number that no other call has, or 0 if there is none
	 */
	long call() {
		return (long) CALL.getAcquire(this);
	}

	/**
	 * Return whether a call is still under way: then what was found out since about the
	 * thread is about that call.
	 * @param call the call
	 * @return whether it is not over
	 */
	boolean isUnderWay(long call) {
		// What was read before must not be read after this.
		VarHandle.acquireFence();
		return call != IDLE && (long) CALL.getOpaque(this) == call;
	}

	/**
	 * Return the name of the message that is handled. Means nothing, and may fail, if it
	 * is not handled any more.
	 * @return the name
	 */
	String messageName() {
		return this.messages.peekMessageName(this.message);
	}

	Thread thread() {
		return this.thread;
	}

}
