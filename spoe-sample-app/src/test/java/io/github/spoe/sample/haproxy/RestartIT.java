/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * HAProxy stays when the agent stops and starts again.
 */
class RestartIT {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Map<String, String> CHECKED_OFTEN = Map.of("CHECK_INTERVAL", "100ms");

	private final HaproxyVersion version;

	private final int port = Ports.free();

	RestartIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void healthChecksSeeARestart() throws Exception {
		Agent agent = Agent.start(this.port);
		try (Haproxy haproxy = Haproxy.start(this.version, Haproxy.PROBE, this.port, CHECKED_OFTEN)) {
			WebClient client = haproxy.newClient();
			await().atMost(SOON).until(() -> "UP".equals(haproxy.agentStatus()));
			Echo.assertEcho(client.get("/echo-worker", "x-id", "first"), "first");

			agent.close();
			await().atMost(SOON).until(() -> "DOWN".equals(haproxy.agentStatus()));
			HttpResponse<String> unanswered = client.get("/echo-worker", "x-id", "nobody");
			assertThat(unanswered.statusCode()).isEqualTo(200);
			assertThat(unanswered.headers().firstValue("x-error")).isPresent();
			assertThat(unanswered.headers().firstValue("x-echo")).isEmpty();

			agent = Agent.start(this.port);
			await().atMost(SOON).until(() -> "UP".equals(haproxy.agentStatus()));
			Echo.assertEcho(client.get("/echo-worker", "x-id", "second"), "second");
		}
		finally {
			agent.close();
		}
	}

	@HaproxyTest
	void requestInFlightIsAnsweredBeforeTheAgentStops() throws Exception {
		try (Agent agent = Agent.start(this.port); Haproxy haproxy = Haproxy.start(this.version, this.port)) {
			WaitingHandlers handlers = agent.handlers(WaitingHandlers.class);
			CompletableFuture<HttpResponse<String>> response = haproxy.newClient().getAsync("/held", "x-id", "last");
			assertThat(handlers.awaitHeld(1)).isTrue();

			CompletableFuture<Void> stopped = CompletableFuture.runAsync(agent::close);
			await().atMost(SOON)
				.untilAsserted(() -> assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect));
			assertThat(response).isNotDone();
			assertThat(stopped).isNotDone();
			handlers.release();

			Echo.assertEcho(response.get(SOON.toSeconds(), TimeUnit.SECONDS), "last");
			stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
		}
	}

	private void connect() throws IOException {
		new Socket(InetAddress.getLoopbackAddress(), this.port).close();
	}

}
