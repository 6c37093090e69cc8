/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import reactor.util.concurrent.Queues;

/**
 * Brings exchanges that are completed, on whatever thread, to the event loop of a
 * connection. However many arrive before it gets to run, the event loop is woken once.
 */
final class AckQueue {

	private final Queue<DetachedExchange> acks = Queues.<DetachedExchange>unboundedMultiproducer().get();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final EventLoop eventLoop;

	private final Runnable drain;

	/**
	 * Create a new queue.
	 * @param eventLoop the event loop of the connection
	 * @param drain what takes them, on the event loop
	 */
	AckQueue(EventLoop eventLoop, Runnable drain) {
		this.eventLoop = eventLoop;
		this.drain = drain;
	}

	/**
	 * Add an exchange. If the event loop has ended so has the connection, and nobody
	 * waits for the ACK any more.
	 * @param exchange the exchange, completed
	 */
	void add(DetachedExchange exchange) {
		this.acks.add(exchange);
		// To look is cheaper than a change that fails. It comes after the swap of the
		// queue's end, and who polls waits for what is linked there: what drains
		// meanwhile takes the exchange along.
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			try {
				this.eventLoop.execute(this.drain);
			}
			catch (RejectedExecutionException ex) {
				// It stays scheduled: what is left is garbage, with this queue.
			}
		}
	}

	/**
	 * Take all exchanges. Called on the event loop.
	 * @param consumer what takes an exchange
	 */
	void drainTo(Consumer<DetachedExchange> consumer) {
		this.scheduled.set(false);
		for (DetachedExchange exchange = this.acks.poll(); exchange != null; exchange = this.acks.poll()) {
			consumer.accept(exchange);
		}
	}

}
