/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.spoe.sample.haproxy.WebRequest.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that go on sending requests, each on a connection of its own, whatever happens.
 */
final class Traffic implements AutoCloseable {

	private static final int CLIENTS = 16;

	private static final int PAUSE_MILLIS = 10;

	// Of the last there are always some in flight.
	private static final List<String> PATHS = List.of("/echo-worker", "/echo-event-loop", "/echo-later");

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final Haproxy haproxy;

	private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);

	private final AtomicInteger lastId = new AtomicInteger();

	private final Queue<Response> responses = new ConcurrentLinkedQueue<>();

	private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();

	Traffic(Haproxy haproxy) {
		this.haproxy = haproxy;
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.scheduleWithFixedDelay(this::request, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void request() {
		int id = this.lastId.incrementAndGet();
		try (WebRequest request = this.haproxy.send(PATHS.get(id % PATHS.size()), "" + id)) {
			this.responses.add(request.response());
		}
		catch (IOException ex) {
			this.failures.add(ex);
		}
	}

	/**
	 * Wait until requests that began from now on are done, and check that the agent has
	 * answered all.
	 */
	void assertAnswered(int requests) {
		assertThat(awaitResponses(requests, (response) -> true)).allMatch(Response::isRight);
	}

	/**
	 * Wait until the agent has answered requests that began from now on.
	 */
	void awaitAnswered(int requests) {
		awaitResponses(requests, Response::isRight);
	}

	/**
	 * Wait until HAProxy has let a request that began from now on go without the agent.
	 * Up to 3.0 it may make all clients wait before.
	 */
	void awaitUnanswered() {
		awaitResponses(1, Response::isUnanswered);
	}

	private List<Response> awaitResponses(int requests, Predicate<Response> condition) {
		long now = System.nanoTime();
		return await().atMost(TIMEOUT)
			.until(() -> this.responses.stream().filter((response) -> response.start() - now > 0).toList(),
					(later) -> later.stream().filter(condition).count() >= requests);
	}

	/**
	 * Send no more, and check that each request was answered by the agent, or let go by
	 * HAProxy.
	 * @param longest how long a request may have taken at most
	 */
	void assertNoneStuck(Duration longest) {
		close();
		assertThat(this.failures).isEmpty();
		assertThat(this.responses).allMatch((response) -> response.isRight() || response.isUnanswered())
			.allMatch((response) -> response.duration().compareTo(longest) < 0);
	}

	@Override
	public void close() {
		this.clients.shutdown();
		await().atMost(TIMEOUT).until(this.clients::isTerminated);
	}

}
