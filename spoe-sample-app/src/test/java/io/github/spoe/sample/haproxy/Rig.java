/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * An agent, and an HAProxy in front of it. Tests that change nothing share one for each
 * version, until the JVM ends.
 */
record Rig(Agent agent, Haproxy haproxy) {

	private static final Map<HaproxyVersion, Haproxy> shared = new EnumMap<>(HaproxyVersion.class);

	private static Agent sharedAgent;

	static synchronized Rig shared(HaproxyVersion version) throws IOException {
		Haproxy haproxy = shared.get(version);
		if (haproxy == null) {
			version.binary();
			if (sharedAgent == null) {
				sharedAgent = Agent.start();
			}
			haproxy = Haproxy.start(version, sharedAgent.port());
			shared.put(version, haproxy);
		}
		return new Rig(sharedAgent, haproxy);
	}

}
