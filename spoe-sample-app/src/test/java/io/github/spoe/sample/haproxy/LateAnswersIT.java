/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.spoe.sample.haproxy.WebRequest.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Answers that nobody waits for any more: HAProxy ignores them, and the connections they
 * come on go on.
 */
@ExtendWith(OutputCaptureExtension.class)
class LateAnswersIT {

	private static final int HELD = 20;

	private static final int REQUESTS = 100;

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration PROCESSING = Duration.ofSeconds(1);

	/**
	 * What HAProxy allows an answer, and some time for a machine that is busy.
	 */
	private static final Duration LONGEST = PROCESSING.plusSeconds(3);

	// HAProxy's clock has milliseconds.
	private static final Duration TICK = Duration.ofMillis(2);

	// Connections of health checks would be counted with the others.
	private static final Map<String, String> ENVIRONMENT = Map.of("CHECK", "no-check", "PROCESSING",
			PROCESSING.toMillis() + "ms");

	private final HaproxyVersion version;

	LateAnswersIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void handlersThatAreTooSlow(CapturedOutput output) throws Exception {
		try (Agent agent = Agent.start(); Haproxy haproxy = start(agent)) {
			for (WebRequest request : hold(agent, haproxy)) {
				Response response = request.response();
				assertThat(response.isUnanswered()).isTrue();
				assertThat(response.header("x-error")).isEqualTo("1");
				assertThat(response.duration()).isBetween(PROCESSING.minus(TICK), LONGEST);
				request.close();
			}
			assertLateAnswersAreIgnored(agent, haproxy);
		}
		AgentLog.assertQuiet(output);
	}

	@HaproxyTest
	void clientsThatAreGone(CapturedOutput output) throws Exception {
		try (Agent agent = Agent.start(); Haproxy haproxy = start(agent)) {
			List<WebRequest> requests = hold(agent, haproxy);
			for (int i = 0; i < HELD; i += 2) {
				requests.get(i).close();
				requests.get(i + 1).reset();
			}
			assertLateAnswersAreIgnored(agent, haproxy);
		}
		AgentLog.assertQuiet(output);
	}

	private Haproxy start(Agent agent) throws IOException {
		return Haproxy.start(this.version, Haproxy.PROBE, agent.port(), ENVIRONMENT);
	}

	private static List<WebRequest> hold(Agent agent, Haproxy haproxy) throws Exception {
		try (Traffic traffic = new Traffic(haproxy)) {
			traffic.awaitAnswered(REQUESTS);
		}
		List<WebRequest> requests = new ArrayList<>();
		for (int i = 0; i < HELD; i++) {
			requests.add(haproxy.send("/held", "held-" + i));
		}
		assertThat(agent.handlers(WaitingHandlers.class).awaitHeld(HELD)).isTrue();
		return requests;
	}

	private static void assertLateAnswersAreIgnored(Agent agent, Haproxy haproxy) {
		assertAnswered(haproxy);
		// HAProxy opens none from here on, so a lesser number means that one was closed.
		double connections = gauge(agent, "spoe.server.connections.active");
		assertThat(gauge(agent, "spoe.server.notify.active")).isEqualTo(HELD);
		agent.handlers(WaitingHandlers.class).release();
		await().atMost(SOON).until(() -> gauge(agent, "spoe.server.notify.active") == 0);
		await().during(Duration.ofMillis(300))
			.atMost(SOON)
			.until(() -> gauge(agent, "spoe.server.connections.active") == connections);
		assertAnswered(haproxy);
	}

	private static void assertAnswered(Haproxy haproxy) {
		try (Traffic traffic = new Traffic(haproxy)) {
			traffic.assertAnswered(REQUESTS);
			traffic.assertNoneStuck(LONGEST);
		}
	}

	private static double gauge(Agent agent, String name) {
		return agent.handlers(MeterRegistry.class).get(name).gauge().value();
	}

}
