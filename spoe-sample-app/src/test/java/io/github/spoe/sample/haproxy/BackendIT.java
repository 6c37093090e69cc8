/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import io.github.spoe.SpoeArgument;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Other settings of HAProxy than the usual.
 */
class BackendIT {

	private final HaproxyVersion version;

	BackendIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void framesOfMoreThan16Kilobytes() throws Exception {
		byte[] body = "0123456789".repeat(2000).getBytes(StandardCharsets.US_ASCII);
		String id = UUID.randomUUID().toString();
		Agent agent = Rig.shared(this.version).agent();
		try (Haproxy haproxy = Haproxy.start(this.version, Haproxy.PROBE, agent.port(), Map.of("BUFSIZE", "32768"))) {
			HttpResponse<String> response = haproxy.newClient().post("/copy", body, "x-id", id);
			assertThat(response.headers().firstValue("x-error")).isEmpty();
			SpoeArgument argument = agent.handlers(RecordingHandlers.class)
				.received(id)
				.get(0)
				.message()
				.getArgument("body");
			assertThat(argument).isNotNull();
			assertThat(argument.asBytes()).isEqualTo(body);
			assertThat(response.headers().firstValue("x-length")).hasValue("20000");
		}
	}

	// The only mode there was until 3.0. From 3.1 on each message has a connection then.
	@HaproxyTest
	void modeTcp() throws Exception {
		Agent agent = Rig.shared(this.version).agent();
		try (Haproxy haproxy = Haproxy.start(this.version, Haproxy.PROBE, agent.port(), Map.of("AGENT_MODE", "tcp"))) {
			WebClient client = haproxy.newClient();
			for (int i = 0; i < 20; i++) {
				Echo.assertEcho(client.get("/echo-worker", "x-id", "" + i), "" + i);
			}
		}
	}

}
