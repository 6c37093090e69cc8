/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an application answers for messages that it cannot handle is what HAProxy decides
 * by.
 */
class FailClosedIT {

	private static final String FAIL_CLOSED = FailClosed.PROPERTY + "=true";

	// Half of what HAProxy waits for an answer.
	private static final Duration SOON = Duration.ofMillis(2500);

	private final HaproxyVersion version;

	FailClosedIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void handlersThatFail() throws Exception {
		try (Agent agent = Agent.start(FAIL_CLOSED); Haproxy haproxy = start(agent)) {
			WebClient client = haproxy.newClient();
			for (String path : List.of("/guarded", "/guarded-mono", "/guarded-event-loop")) {
				assertAllowed(get(client, path, "passes"));
				assertDenied(get(client, path, "fails"));
				assertAllowed(get(client, path, "passes"));
			}
		}
	}

	@HaproxyTest
	void handlersThatAreTooSlow() throws Exception {
		try (Agent agent = Agent.start(FAIL_CLOSED); Haproxy haproxy = start(agent)) {
			WebClient client = haproxy.newClient();
			for (String path : List.of("/guarded", "/guarded-mono")) {
				assertDenied(get(client, path, "blocks"));
				assertAllowed(get(client, path, "passes"));
			}
		}
	}

	@HaproxyTest
	void workersThatAreBusy() throws Exception {
		try (Agent agent = Agent.start(FAIL_CLOSED, "spoe.server.worker.max-threads=1",
				"spoe.server.worker.queue-capacity=1"); Haproxy haproxy = start(agent)) {
			WaitingHandlers waiting = agent.handlers(WaitingHandlers.class);
			List<WebRequest> held = new ArrayList<>();
			held.add(haproxy.send("/held", "runs"));
			assertThat(waiting.awaitHeld(1)).isTrue();
			held.add(haproxy.send("/held", "waits"));
			await().until(() -> inFlight(agent) == 2);
			WebClient client = haproxy.newClient();
			assertDenied(get(client, "/guarded", "passes"));
			assertAllowed(get(client, "/guarded-event-loop", "passes"));
			waiting.release();
			for (WebRequest request : held) {
				assertThat(request.response().isRight()).isTrue();
				request.close();
			}
			assertAllowed(get(client, "/guarded", "passes"));
		}
	}

	@HaproxyTest
	void requestsPassWhereNobodyAnswersForFailures() throws Exception {
		WebClient client = Rig.shared(this.version).haproxy().newClient();
		for (String path : List.of("/guarded", "/guarded-mono")) {
			for (String way : List.of("fails", "blocks")) {
				HttpResponse<String> response = get(client, path, way);
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.headers().firstValue("x-verdict")).isEmpty();
				assertThat(response.headers().firstValue("x-error")).isEmpty();
			}
			assertAllowed(get(client, path, "passes"));
		}
	}

	@HaproxyTest
	void handlersThatAreCalledAfterTheAnswer() throws Exception {
		try (Agent agent = Agent.start(FAIL_CLOSED); Haproxy haproxy = start(agent)) {
			GuardingHandlers handlers = agent.handlers(GuardingHandlers.class);
			HttpResponse<String> response = getSoon(haproxy.newClient(), "/audited", "x-id", "audited");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("x-error")).isEmpty();
			assertThat(handlers.pollAudited()).isNull();
			handlers.release();
			assertThat(handlers.awaitAudited()).isEqualTo("audited");
		}
	}

	private Haproxy start(Agent agent) throws IOException {
		return Haproxy.start(this.version, Haproxy.PROBE, agent.port(), Map.of());
	}

	private static HttpResponse<String> get(WebClient client, String path, String way) throws Exception {
		return getSoon(client, path, "x-way", way);
	}

	private static HttpResponse<String> getSoon(WebClient client, String path, String... headers) throws Exception {
		long start = System.nanoTime();
		HttpResponse<String> response = client.get(path, headers);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
		return response;
	}

	private static void assertAllowed(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("x-verdict")).hasValue("allowed");
	}

	private static void assertDenied(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(403);
	}

	private static double inFlight(Agent agent) {
		return agent.handlers(MeterRegistry.class).get("spoe.server.notify.active").gauge().value();
	}

}
