/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.spoe.client.SpopClient;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.Capabilities;

/**
 * One run: connects, puts load on all connections, and ends in bounded time.
 */
final class LoadRun {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final int OPEN_LOOP_CAPACITY = 16 * 1024;

	private final LoadOptions options;

	private final Duration drain;

	private final Questions questions;

	private final List<SpopClient> clients = new ArrayList<>();

	private boolean pipelining = true;

	/**
	 * Create a new run.
	 * @param drain how long to wait for ACKs at the end
	 */
	LoadRun(LoadOptions options, Duration drain) {
		this.options = options;
		this.drain = drain;
		this.questions = options.questions();
	}

	/**
	 * Run until all is answered or time is over.
	 * @throws IOException if not all connections can be opened
	 */
	LoadResult run() throws IOException, InterruptedException {
		try {
			for (int i = 0; i < this.options.connections(); i++) {
				connect();
			}
			Schedule schedule = Schedule.of(System.nanoTime(), this.options.warmup(), this.options.duration(),
					this.drain);
			List<Loop> loops = loops(schedule);
			loops.forEach(Loop::start);
			for (Loop loop : loops) {
				loop.join(TimeUnit.NANOSECONDS.toMillis(schedule.giveUp() - System.nanoTime()) + 100);
			}
			close(); // ends a write that the agent does not read
			for (Loop loop : loops) {
				loop.join(1000);
			}
			return LoadResult.of(schedule, loops);
		}
		finally {
			close();
		}
	}

	private void connect() throws IOException {
		SpopClient client = SpopClient.connect(new InetSocketAddress(this.options.host(), this.options.port()),
				CONNECT_TIMEOUT);
		this.clients.add(client);
		AgentHello hello = client.hello();
		this.pipelining &= hello.capabilities().contains(Capabilities.PIPELINING);
		if (this.questions.maxLength() > hello.maxFrameSize()) {
			throw new IOException("agent takes frames of up to " + hello.maxFrameSize() + " bytes, not "
					+ this.questions.maxLength());
		}
	}

	// Without pipelining HAProxy has one frame in flight on a connection.
	private List<Loop> loops(Schedule schedule) {
		List<Loop> loops = new ArrayList<>();
		int window = this.pipelining ? this.options.window() : 1;
		double period = this.options.isOpenLoop() ? 1e9 / this.options.rate() : 0;
		for (SpopClient client : this.clients) {
			if (this.options.isOpenLoop()) {
				LoadConnection connection = connection(client, this.pipelining ? OPEN_LOOP_CAPACITY : 1, schedule);
				loops.add(new OpenLoop(connection, period * this.clients.size(), period * loops.size()));
			}
			else {
				// Room for frames that are answered long before the first that is not.
				LoadConnection connection = connection(client, Integer.highestOneBit(window) * 8, schedule);
				loops.add(new ClosedLoop(connection, window));
			}
		}
		return loops;
	}

	private LoadConnection connection(SpopClient client, int capacity, Schedule schedule) {
		return new LoadConnection(client, this.questions, new InFlight(capacity), schedule);
	}

	private void close() throws IOException {
		for (SpopClient client : this.clients) {
			client.close();
		}
	}

}
