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
final class Turn implements Runnable, SpoeDeadline {

	// Not an object of its own, as there is one for each message.
	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(Turn.class, "state", Object.class);
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
	 * A {@link State}, or what is under way in between: the thread that runs the handler
	 * method, and then the future that completes when the handler is done. Begins without
	 * a fence: whoever hands the turn over has one.
	 */
	private Object state = State.WAITING;

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
		return change(State.WAITING, State.OVER);
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
		Thread thread = Thread.currentThread();
		if (!change(State.WAITING, thread)) {
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
			await(thread, pending);
			return false;
		}
		if (!change(thread, State.OVER)) {
			endInterrupted();
			late(failure);
			return false;
		}
		this.runner.finish(this.exchange, this.handled, failure);
		return true;
	}

	private void await(Thread thread, CompletableFuture<?> result) {
		if (!change(thread, result)) {
			endInterrupted();
			cancel(result);
			return;
		}
		try {
			result.whenComplete((none, ex) -> end(result, ex));
		}
		catch (Throwable ex) {
			end(result, ex);
		}
	}

	// The interrupt is meant for the handler, not for what its thread does next.
	private void endInterrupted() {
		while (state() == State.INTERRUPTING) {
			Thread.onSpinWait();
		}
		Thread.interrupted();
	}

	private void end(CompletableFuture<?> result, @Nullable Throwable failure) {
		if (change(result, State.OVER)) {
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
		Object before = state();
		while (before != State.INTERRUPTING && before != State.OVER) {
			Object after = (before instanceof Thread) ? State.INTERRUPTING : State.OVER;
			if (change(before, after)) {
				stop(before);
				this.runner.timedOut(this.exchange, this.handled);
				return;
			}
			before = state();
		}
	}

	// Objects, as the field is declared: with other types a handle takes a slow way.
	private boolean change(Object from, Object to) {
		return STATE.compareAndSet(this, from, to);
	}

	private Object state() {
		return STATE.getVolatile(this);
	}

	private void stop(Object underWay) {
		if (underWay instanceof Thread thread) {
			thread.interrupt();
			STATE.setVolatile(this, (Object) State.OVER);
		}
		else if (underWay instanceof CompletableFuture<?> result) {
			cancel(result);
		}
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
		 * The deadline has passed, and the thread of the handler method is being
		 * interrupted.
		 */
		INTERRUPTING,

		/**
		 * The message is answered, or somebody is about to.
		 */
		OVER

	}

}
