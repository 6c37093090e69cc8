/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeDeadline;
import io.github.spoe.server.SpoeExchange;

/**
 * One message of a detached exchange on its way through its handler. Either the handler
 * comes to its end, or the deadline passes: whoever is first goes on with the exchange,
 * and the other must not touch it any more.
 */
final class Turn implements Runnable, SpoeDeadline, BiConsumer<@Nullable Object, @Nullable Throwable> {

	private final ExchangeTask task;

	private final SpoeExchange exchange;

	private final HandledMessage handled;

	private final @Nullable Executor place;

	private final SpoeMessage message;

	private final SpoeResponse response;

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	/**
	 * Runs the handler method.
	 */
	private @Nullable Thread thread;

	/**
	 * Completes when the handler is done.
	 */
	private @Nullable CompletableFuture<?> result;

	/**
	 * Create the turn of the current message of an exchange.
	 * @param task carries the exchange
	 * @param exchange the exchange
	 * @param handled the message
	 * @param place where the handler method runs, {@code null} for the event loop
	 */
	Turn(ExchangeTask task, SpoeExchange exchange, HandledMessage handled, @Nullable Executor place) {
		this.task = task;
		this.exchange = exchange;
		this.handled = handled;
		this.place = place;
		this.message = exchange.getMessage();
		this.response = exchange.getResponse();
	}

	HandledMessage handled() {
		return this.handled;
	}

	@Nullable Executor place() {
		return this.place;
	}

	/**
	 * Take the turn from whoever has it handed over, if it is not over.
	 * @return {@code false} if the deadline has passed
	 */
	boolean takeBack() {
		return this.state.compareAndSet(State.WAITING, State.OVER);
	}

	@Override
	public void run() {
		if (call()) {
			this.task.proceed(this.place);
		}
	}

	/**
	 * Call the handler.
	 * @return whether the message is answered, and the caller goes on with the exchange
	 */
	boolean call() {
		this.thread = Thread.currentThread();
		if (!this.state.compareAndSet(State.WAITING, State.RUNNING)) {
			return false;
		}
		CompletableFuture<?> result;
		Throwable failure = null;
		try {
			this.exchange.started();
			CompletionStage<?> stage = this.handled.handler().invoke(this.message, this.response, this.exchange);
			result = (stage != null) ? stage.toCompletableFuture() : null;
		}
		catch (Throwable ex) {
			result = null;
			failure = ex;
		}
		if (result != null && !result.isDone()) {
			await(result);
			return false;
		}
		if (result != null) {
			failure = result.handle((none, ex) -> ex).getNow(null);
		}
		if (!this.state.compareAndSet(State.RUNNING, State.OVER)) {
			endInterrupted();
			late(failure);
			return false;
		}
		this.task.finish(this.handled, failure);
		return true;
	}

	private void await(CompletableFuture<?> result) {
		this.result = result;
		if (this.state.compareAndSet(State.RUNNING, State.PENDING)) {
			result.whenComplete(this);
		}
		else {
			endInterrupted();
			result.cancel(true);
		}
	}

	// The interrupt is meant for the handler, not for what its thread does next.
	private void endInterrupted() {
		while (this.state.get() == State.INTERRUPTING) {
			Thread.onSpinWait();
		}
		Thread.interrupted();
	}

	@Override
	public void accept(@Nullable Object none, @Nullable Throwable failure) {
		if (this.state.compareAndSet(State.PENDING, State.OVER)) {
			this.task.finish(this.handled, failure);
			this.task.proceed(ExchangeTask.ELSEWHERE);
		}
		else {
			late(failure);
		}
	}

	// A failure is what became of being interrupted.
	private void late(@Nullable Throwable failure) {
		if (failure == null) {
			this.task.late();
		}
	}

	@Override
	public long getNanos() {
		return this.handled.handler().timeoutNanos();
	}

	@Override
	public void passed() {
		State before = this.state.get();
		while (before.isBeforeEnd()) {
			if (this.state.compareAndSet(before, (before == State.RUNNING) ? State.INTERRUPTING : State.OVER)) {
				stop(before);
				this.task.timedOut(this.handled);
				return;
			}
			before = this.state.get();
		}
	}

	private void stop(State before) {
		try {
			if (before == State.RUNNING && this.thread != null) {
				this.thread.interrupt();
			}
			else if (before == State.PENDING && this.result != null) {
				this.result.cancel(true);
			}
		}
		catch (Throwable ex) {
			// What is cancelled may throw. It is not waited for any more.
		}
		finally {
			this.state.set(State.OVER);
		}
	}

	private enum State {

		/**
		 * The handler is still to be called.
		 */
		WAITING,

		/**
		 * The handler method runs.
		 */
		RUNNING,

		/**
		 * The handler method has returned what completes later.
		 */
		PENDING,

		/**
		 * The deadline has passed, and the thread of the handler method is being
		 * interrupted.
		 */
		INTERRUPTING,

		/**
		 * The message is answered, or somebody is about to.
		 */
		OVER;

		boolean isBeforeEnd() {
			return this == WAITING || this == RUNNING || this == PENDING;
		}

	}

}
