/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeOverloadException;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeOrigin;
import io.github.spoe.server.SpoeOutcome;

/**
 * Calls the handler method of a message that is acknowledged before. Has all that is
 * needed of the exchange, which is complete by then.
 */
final class BackgroundCall implements Runnable, SpoeOrigin {

	private final HandledMessage handled;

	private final SpoeMessage message;

	private final SpoeContext context;

	private final Runnable task;

	/**
	 * Create a call for the current message of an exchange.
	 * @param handled the message
	 * @param exchange the exchange
	 * @param taskDecorator lets the call have the context of this thread, {@code null}
	 * for no context
	 */
	BackgroundCall(HandledMessage handled, SpoeExchange exchange, @Nullable TaskDecorator taskDecorator) {
		this.handled = handled;
		this.message = exchange.retainMessage();
		this.context = exchange.getContext();
		this.task = (taskDecorator != null) ? decorate(taskDecorator) : this;
	}

	// The exchange goes on even if its context cannot be taken along.
	private Runnable decorate(TaskDecorator taskDecorator) {
		try {
			return taskDecorator.decorate(this);
		}
		catch (Throwable ex) {
			return () -> end(0, SpoeOutcome.ERROR, ex);
		}
	}

	@Override
	public SpoeContext getContext() {
		return this.context;
	}

	/**
	 * Let a thread call the handler method, or drop the message if there is none.
	 * @param executor what has the threads
	 */
	void submit(Executor executor) {
		try {
			executor.execute(this.task);
		}
		catch (RejectedExecutionException ex) {
			SpoeOverloadException overload = new SpoeOverloadException("As many messages wait in the background as may",
					ex);
			end(0, SpoeOutcome.REJECTED, overload);
		}
		catch (Throwable ex) {
			end(0, SpoeOutcome.ERROR, ex);
		}
	}

	@Override
	public void run() {
		long start = System.nanoTime();
		Throwable failure = null;
		try {
			CompletionStage<?> result = this.handled.handler().invoke(this.message, BackgroundResponse.INSTANCE, this);
			if (result != null) {
				// The number of threads bounds how many are under way.
				result.toCompletableFuture().get();
			}
		}
		catch (ExecutionException ex) {
			failure = (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (Throwable ex) {
			failure = ex;
		}
		end(System.nanoTime() - start, (failure != null) ? SpoeOutcome.ERROR : SpoeOutcome.SUCCESS, failure);
	}

	private void end(long nanos, SpoeOutcome outcome, @Nullable Throwable failure) {
		DurationRecorder recorder = (failure != null) ? this.handled.failure(outcome, failure) : this.handled.success();
		recorder.record(1, nanos, nanos);
		if (failure != null) {
			this.handled.failureLog().add(outcome, failure);
		}
	}

}
