/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What does not fit in a frame: HAProxy until 3.0 sends it in fragments, later ones do
 * not send it.
 */
class FragmentsIT {

	private static final String TOO_BIG = "3";

	private static final String FRAME_TOO_BIG = "259";

	private final HaproxyVersion version;

	private final Random random = new Random(7);

	FragmentsIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void messageLargerThanAFrame() throws Exception {
		WebClient client = Rig.shared(this.version).haproxy().newClient();
		for (String path : List.of("/checksum", "/checksum-worker")) {
			for (int size : new int[] { 0, 8_000, 8_200, 10_000, 14_000 }) {
				byte[] body = body(size);
				HttpResponse<String> response = client.post(path, body);
				if (fragments() || size <= 8_000) {
					assertChecksum(response, body);
				}
				else {
					assertError(response, TOO_BIG);
				}
			}
		}
	}

	@HaproxyTest
	void manyAtOnce() throws Exception {
		WebClient client = Rig.shared(this.version).haproxy().newClient();
		List<byte[]> bodies = IntStream.range(0, 100)
			.mapToObj((i) -> body((i % 3 == 0 && fragments()) ? 14_000 : 50))
			.toList();
		List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, bodies.size())
			.mapToObj((i) -> client.postAsync((i % 2 == 0) ? "/checksum" : "/checksum-worker", bodies.get(i)))
			.toList();
		for (int i = 0; i < bodies.size(); i++) {
			assertChecksum(responses.get(i).get(), bodies.get(i));
		}
	}

	@HaproxyTest
	void smallFrames() throws Exception {
		try (Agent agent = Agent.start("spoe.server.max-frame-size=512B");
				Haproxy haproxy = Haproxy.start(this.version, agent.port())) {
			WebClient client = haproxy.newClient();
			// The first message has the size that HAProxy offers: the agent's is not
			// known.
			client.post("/checksum", body(1000));
			for (int i = 0; i < 20; i++) {
				byte[] body = body(i * 400);
				HttpResponse<String> response = client.post("/checksum", body);
				if (fragments() || i == 0) {
					assertChecksum(response, body);
				}
				else {
					assertError(response, FRAME_TOO_BIG);
				}
			}
		}
	}

	@HaproxyTest
	void messageBeyondTheLimitCostsNothingElse() throws Exception {
		try (Agent agent = Agent.start("spoe.server.max-message-size=20000B");
				Haproxy haproxy = Haproxy.start(this.version, agent.port())) {
			WebClient client = haproxy.newClient();
			for (int i = 0; i < 20; i++) {
				HttpResponse<String> large = client.post("/checksum", body(14_000));
				assertThat(large.statusCode()).isEqualTo(200);
				assertThat(large.headers().firstValue("x-checksum")).isEmpty();
				assertThat(large.headers().allValues("x-error")).isEqualTo(fragments() ? List.of() : List.of(TOO_BIG));
				byte[] body = body(fragments() ? 9_900 : 7_000);
				assertChecksum(client.post("/checksum", body), body);
			}
		}
	}

	private boolean fragments() {
		return this.version.agentMode().equals("tcp");
	}

	private byte[] body(int size) {
		byte[] body = new byte[size];
		this.random.nextBytes(body);
		return body;
	}

	private static void assertChecksum(HttpResponse<String> response, byte[] body) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("x-error")).as("error of HAProxy").isEmpty();
		String checksum = ChecksumHandlers.checksum(body);
		assertThat(response.headers().firstValue("x-checksum")).hasValue(checksum + " " + checksum);
	}

	private static void assertError(HttpResponse<String> response, String error) {
		assertThat(response.headers().firstValue("x-error")).hasValue(error);
		assertThat(response.headers().firstValue("x-checksum")).isEmpty();
	}

}
