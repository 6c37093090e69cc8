/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;

import io.github.spoe.client.SpopClient;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An agent that has no room for HAProxy, or does not let it in.
 */
class LimitsIT {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final HaproxyVersion version;

	LimitsIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void refusedConnectionIsAnErrorUntilThereIsRoom() throws Exception {
		try (Agent agent = Agent.start("spoe.server.max-connections=1");
				Haproxy haproxy = Haproxy.start(this.version, Haproxy.PROBE, agent.port(),
						Map.of("CHECK", "no-check", "PROCESSING", "1s"))) {
			WebClient client = haproxy.newClient();
			try (SpopClient other = connect(agent)) {
				assertUnanswered(client.get("/echo-worker", "x-id", "refused"));
				// Up to 3.0 it tries again at once, which would be 2000 times if
				// the agent did not take its time.
				assertThat(refusedConnections(agent)).isBetween(1.0, 20.0);
				assertServed(other);
			}
			await().atMost(SOON)
				.untilAsserted(() -> Echo.assertEcho(client.get("/echo-worker", "x-id", "room"), "room"));
		}
	}

	@HaproxyTest
	void agentThatHasNoRoomIsDown() throws Exception {
		try (Agent agent = Agent.start("spoe.server.max-connections=1");
				Haproxy haproxy = Haproxy.start(this.version, Haproxy.PROBE, agent.port(),
						Map.of("CHECK_INTERVAL", "100ms"))) {
			await().atMost(SOON).until(() -> "UP".equals(haproxy.agentStatus()));
			try (SpopClient other = await().atMost(SOON)
				.ignoreExceptions()
				.until(() -> connect(agent), Objects::nonNull)) {
				await().atMost(SOON).until(() -> "DOWN".equals(haproxy.agentStatus()));
				assertServed(other);
			}
			await().atMost(SOON).until(() -> "UP".equals(haproxy.agentStatus()));
		}
	}

	@HaproxyTest
	void haproxyThatIsNotAllowed() throws Exception {
		try (Agent agent = Agent.start("spoe.server.allowed-peers=192.0.2.0/24");
				Haproxy haproxy = Haproxy.start(this.version, agent.port())) {
			await().atMost(SOON).until(() -> haproxy.agentStatus().startsWith("DOWN"));
			assertUnanswered(haproxy.newClient().get("/echo-worker", "x-id", "refused"));
		}
	}

	private static double refusedConnections(Agent agent) {
		return agent.handlers(MeterRegistry.class)
			.get("spoe.server.faults")
			.tag("fault", "CONNECTION_REFUSED")
			.counter()
			.count();
	}

	private static void assertUnanswered(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().map()).containsKey("x-error").doesNotContainKey("x-echo");
	}

	private static void assertServed(SpopClient client) throws IOException {
		client.send(new Notify(1, 1, List.of()));
		assertThat(client.readAck()).isEqualTo(new Ack(1, 1, List.of()));
	}

	private static SpopClient connect(Agent agent) throws IOException {
		SpopClient client = SpopClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port()),
				SOON);
		client.hello(new HaproxyHello("2.0", 16380, Set.of("pipelining"), null, false));
		return client;
	}

}
