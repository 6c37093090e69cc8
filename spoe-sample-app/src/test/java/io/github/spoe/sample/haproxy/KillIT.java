/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

import static org.awaitility.Awaitility.await;

/**
 * The agent is killed while requests go on, and starts again. The {@code haproxy.rounds}
 * property says how often.
 */
class KillIT {

	private static final AgentProcess agent = new AgentProcess(Ports.free());

	private static final int ROUNDS = Integer.getInteger("haproxy.rounds", 1);

	private static final int REQUESTS = 200;

	private static final Duration SOON = Duration.ofSeconds(10);

	/**
	 * What HAProxy allows an answer, and some time for a machine that is busy.
	 */
	private static final Duration LONGEST = Duration.ofSeconds(5 + 3);

	private final HaproxyVersion version;

	KillIT(HaproxyVersion version) {
		this.version = version;
	}

	@BeforeEach
	void startAgent() throws IOException {
		agent.start();
	}

	@AfterAll
	static void killAgent() {
		agent.close();
	}

	@HaproxyTest
	void requestsAreAnsweredAgain() throws Exception {
		try (Haproxy haproxy = Haproxy.start(this.version, Haproxy.PROBE, agent.port(),
				Map.of("CHECK_INTERVAL", "100ms")); Traffic traffic = new Traffic(haproxy)) {
			traffic.awaitAnswered(REQUESTS);
			for (int round = 1; round <= ROUNDS; round++) {
				agent.kill();
				awaitStatus(haproxy, "DOWN");
				traffic.awaitUnanswered();
				agent.start();
				awaitStatus(haproxy, "UP");
				traffic.assertAnswered(REQUESTS);
			}
			traffic.assertNoneStuck(LONGEST);
		}
		AgentLog.assertQuiet(agent.logged());
	}

	private static void awaitStatus(Haproxy haproxy, String status) {
		await().atMost(SOON).until(() -> status.equals(haproxy.agentStatus()));
	}

}
