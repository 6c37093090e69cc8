/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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

	// Not an object of its own, as there is one for each message.
	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(Turn.class, "state", State.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final ExchangeRunner runner;

	private final SpoeExchange exchange;

	private final HandledMessage handled;

	private final @Nullable Executor place;

	/**
	 * Begins without a fence: whoever hands the turn over has one.
	 */
	private State state = State.WAITING;

	/**
	 * The thread that runs the handler method, and then what completes when the handler
	 * is done.
	 */
	private @Nullable Object underWay;

	/**
	 * Create the turn of the current message of an exchange.
	 * @param runner carries the exchange on
	 * @param exchange the exchange
	 * @param handled the message
	 * @param place where the handler method runs, {@code null} for the event loop
	 */
	Turn(ExchangeRunner runner, SpoeExchange exchange, HandledMessage handled, @Nullable Executor place) {
		this.runner = runner;
		this.exchange = exchange;
		this.handled = handled;
		this.place = place;
	}

	HandledMessage handled() {
		return this.handled;
	}

	@Nullable Executor place() {
		return this.place;
	}

	/**
	 * End the turn without a call of the handler, unless somebody else has ended it.
	 * @return {@code false} if the deadline has passed
	 */
	boolean takeBack() {
		return STATE.compareAndSet(this, State.WAITING, State.OVER);
	}

	@Override
	public void run() {
		if (call()) {
			this.runner.proceed(this.exchange, this.place);
		}
	}

	/**
	 * Call the handler.
	 * @return whether the message is answered, and the caller goes on with the exchange
	 */
	boolean call() {
		// Of this message, unless others have gone on with the exchange: then it is over.
		SpoeMessage message = this.exchange.getMessage();
		SpoeResponse response = this.exchange.getResponse();
		this.underWay = Thread.currentThread();
		if (!STATE.compareAndSet(this, State.WAITING, State.RUNNING)) {
			return false;
		}
		CompletableFuture<?> pending = null;
		Throwable failure = null;
		try {
			this.exchange.started();
			CompletionStage<?> stage = this.handled.handler().invoke(message, response, this.exchange);
			if (stage != null) {
				CompletableFuture<?> result = stage.toCompletableFuture();
				if (result.isDone()) {
					failure = result.handle((none, ex) -> ex).getNow(null);
				}
				else {
					pending = result;
				}
			}
		}
		catch (Throwable ex) {
			failure = ex;
		}
		if (pending != null) {
			await(pending);
			return false;
		}
		if (!STATE.compareAndSet(this, State.RUNNING, State.OVER)) {
			endInterrupted();
			late(failure);
			return false;
		}
		this.runner.finish(this.exchange, this.handled, failure);
		return true;
	}

	private void await(CompletableFuture<?> result) {
		this.underWay = result;
		if (!STATE.compareAndSet(this, State.RUNNING, State.PENDING)) {
			endInterrupted();
			cancel(result);
			return;
		}
		try {
			result.whenComplete(this);
		}
		catch (Throwable ex) {
			accept(null, ex);
		}
	}

	// The interrupt is meant for the handler, not for what its thread does next.
	private void endInterrupted() {
		while (state() == State.INTERRUPTING) {
			Thread.onSpinWait();
		}
		Thread.interrupted();
	}

	@Override
	public void accept(@Nullable Object none, @Nullable Throwable failure) {
		if (STATE.compareAndSet(this, State.PENDING, State.OVER)) {
			this.runner.finish(this.exchange, this.handled, failure);
			this.runner.proceed(this.exchange, ExchangeRunner.ELSEWHERE);
		}
		else {
			late(failure);
		}
	}

	// A failure is what became of being interrupted.
	private void late(@Nullable Throwable failure) {
		if (failure == null) {
			this.runner.late();
		}
	}

	@Override
	public long getNanos() {
		return this.handled.timeoutNanos();
	}

	@Override
	public void passed() {
		State before = state();
		while (before.isBeforeEnd()) {
			if (STATE.compareAndSet(this, before, (before == State.RUNNING) ? State.INTERRUPTING : State.OVER)) {
				stop(before);
				this.runner.timedOut(this.exchange, this.handled);
				return;
			}
			before = state();
		}
	}

	private State state() {
		return (State) STATE.getVolatile(this);
	}

	private void stop(State before) {
		if (before == State.RUNNING && this.underWay instanceof Thread thread) {
			thread.interrupt();
		}
		else if (before == State.PENDING && this.underWay instanceof CompletableFuture<?> result) {
			cancel(result);
		}
		STATE.setVolatile(this, State.OVER);
	}

	// What is cancelled may throw. It is not waited for any more.
	private static void cancel(CompletableFuture<?> result) {
		try {
			result.cancel(true);
		}
		catch (Throwable ex) {
			// The message is answered without it.
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
