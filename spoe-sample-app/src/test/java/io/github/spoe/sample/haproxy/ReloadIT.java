/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * HAProxy is reloaded while requests go on. The {@code haproxy.rounds} property says how
 * often.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReloadIT {

	private static final int ROUNDS = Integer.getInteger("haproxy.rounds", 1);

	private static final int REQUESTS = 200;

	/**
	 * What HAProxy allows an answer, and some time for a machine that is busy.
	 */
	private static final Duration LONGEST = Duration.ofSeconds(5 + 3);

	private final HaproxyVersion version;

	ReloadIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void requestsAreAnsweredOn(CapturedOutput output) throws Exception {
		try (Agent agent = Agent.start();
				Haproxy haproxy = Haproxy.startMaster(this.version, agent.port(), Map.of());
				Traffic traffic = new Traffic(haproxy)) {
			traffic.awaitAnswered(REQUESTS);
			for (int round = 1; round <= ROUNDS; round++) {
				haproxy.reload();
				traffic.assertAnswered(REQUESTS);
			}
			traffic.assertNoneStuck(LONGEST);
		}
		AgentLog.assertQuiet(output);
	}

}
