/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import reactor.util.concurrent.Queues;

/**
 * Brings ACKs from any thread to the event loop of a connection. However many arrive
 * before it gets to run, the event loop is woken once.
 */
final class AckQueue {

	private final Queue<ByteBuf> acks = Queues.<ByteBuf>unboundedMultiproducer().get();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final EventLoop eventLoop;

	private final Runnable drain;

	/**
	 * Create a new queue.
	 * @param eventLoop the event loop of the connection
	 * @param drain what takes the ACKs, on the event loop
	 */
	AckQueue(EventLoop eventLoop, Runnable drain) {
		this.eventLoop = eventLoop;
		this.drain = drain;
	}

	/**
	 * Add an ACK. If the event loop has ended so has the connection, and nobody waits for
	 * the ACK any more.
	 * @param ack the whole frame
	 */
	void add(ByteBuf ack) {
		this.acks.add(ack);
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				this.eventLoop.execute(this.drain);
			}
			catch (RejectedExecutionException ex) {
				this.scheduled.set(false);
				drainTo(ByteBuf::release);
			}
		}
	}

	/**
	 * Take all ACKs. Called on the event loop, or when it has ended.
	 * @param consumer what takes an ACK
	 */
	void drainTo(Consumer<ByteBuf> consumer) {
		this.scheduled.set(false);
		for (ByteBuf ack = this.acks.poll(); ack != null; ack = this.acks.poll()) {
			consumer.accept(ack);
		}
	}

}
