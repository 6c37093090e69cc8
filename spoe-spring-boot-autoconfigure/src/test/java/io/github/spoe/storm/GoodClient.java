/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

import io.github.spoe.client.SpopClient;
import io.github.spoe.spop.Ack;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that behaves well: asks one thing after the other, on one connection, on the
 * event loop of the agent and on its workers in turn.
 */
final class GoodClient implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

	private final SpopClient client;

	private long stream;

	private volatile boolean stopped;

	private GoodClient(SpopClient client) {
		this.client = client;
	}

	static GoodClient connect(int port) throws IOException {
		SpopClient client = SpopClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
		client.hello();
		return new GoodClient(client);
	}

	/**
	 * Ask once on the event loop and once on a worker.
	 */
	void ask() throws IOException {
		ask(StormAgent.INLINE);
		ask(StormAgent.WORKER);
	}

	private long ask(String message) throws IOException {
		long start = System.nanoTime();
		this.client.send(Peer.question(message, ++this.stream));
		Ack ack = this.client.readAck();
		assertThat(ack).matches(Peer::isAnswer);
		assertThat(ack.streamId()).isEqualTo(this.stream);
		return System.nanoTime() - start;
	}

	/**
	 * Ask again and again while something else goes on.
	 * @return how long the answers took
	 */
	Latencies askDuring(Storm storm) throws Exception {
		this.stopped = false;
		CompletableFuture<List<Long>> asking = CompletableFuture.supplyAsync(this::askUntilStopped,
				(task) -> new Thread(task, "good-client").start());
		try {
			storm.run();
		}
		finally {
			this.stopped = true;
		}
		try {
			return new Latencies(asking.get());
		}
		catch (ExecutionException ex) {
			throw new AssertionError("The client that behaves was not answered", ex.getCause());
		}
	}

	private List<Long> askUntilStopped() {
		List<Long> latencies = new ArrayList<>();
		try {
			do {
				latencies.add(ask(StormAgent.INLINE));
				latencies.add(ask(StormAgent.WORKER));
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			while (!this.stopped);
		}
		catch (IOException ex) {
			throw new AssertionError("Not answered", ex);
		}
		return latencies;
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

	/**
	 * What goes on.
	 */
	interface Storm {

		void run() throws Exception;

	}

	/**
	 * How long answers took, in nanoseconds.
	 */
	record Latencies(List<Long> nanos) {

		Latencies {
			Collections.sort(nanos);
		}

		@Override
		public String toString() {
			return "%d answers, p50 %.2f ms, p99 %.2f ms, max %.2f ms".formatted(this.nanos.size(), millis(0.5),
					millis(0.99), millis(1));
		}

		private double millis(double quantile) {
			return this.nanos.get((int) Math.round(quantile * (this.nanos.size() - 1))) / 1e6;
		}

	}

}
