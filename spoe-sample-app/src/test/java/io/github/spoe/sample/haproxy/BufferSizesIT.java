/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Frames as large as HAProxy makes them, which depends on its {@code tune.bufsize}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BufferSizesIT {

	private static final int REQUESTS = 20;

	private static final Duration SOON = Duration.ofSeconds(10);

	/**
	 * What the payload of a NOTIFY has less than HAProxy's buffer: four bytes of length,
	 * and what HAProxy keeps for the head of the frame.
	 */
	private static final int HEAD = 4 + 32;

	private final HaproxyVersion version;

	BufferSizesIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void smallerThanUsual(CapturedOutput output) throws Exception {
		assertFullFramesAreAnswered(8192);
		AgentLog.assertQuiet(output);
	}

	@HaproxyTest
	void largerThanUsual(CapturedOutput output) throws Exception {
		assertFullFramesAreAnswered(32768);
		AgentLog.assertQuiet(output);
	}

	private void assertFullFramesAreAnswered(int bufferSize) throws Exception {
		try (Haproxy haproxy = Haproxy.start(this.version, Haproxy.PROBE, Rig.shared(this.version).agent().port(),
				Map.of("BUFSIZE", "" + bufferSize, "CHECK_INTERVAL", "100ms"))) {
			// From 3.1 on its checks do not know the size of its buffers.
			await().atMost(SOON).until(() -> "UP".equals(haproxy.agentStatus()));
			WebClient client = haproxy.newClient();
			for (int less = 0; less < REQUESTS; less++) {
				Exchange.start(client, "/full-copy", bufferSize - HEAD - less).assertAnswered("x-length");
			}
			List<Exchange> exchanges = new ArrayList<>();
			for (int less = 0; less < REQUESTS; less++) {
				exchanges.add(Exchange.start(client, "/full", bufferSize - HEAD - less));
			}
			for (Exchange exchange : exchanges) {
				exchange.assertAnswered("x-string");
			}
		}
	}

	/**
	 * A request with two headers that make a payload, one of them three times, and what
	 * comes of it.
	 *
	 * @param id what the agent is to repeat
	 * @param size the size of the headers in the payload
	 * @param response the response
	 */
	private record Exchange(String id, int size, CompletableFuture<HttpResponse<String>> response) {

		// A string of 240 bytes and more has two bytes of length, from 2288 on three.
		private static final int REST = 100;

		static Exchange start(WebClient client, String path, int payloadSize) {
			String id = "" + payloadSize;
			int message = path.length() + 1 + 1;
			int arguments = "id".length() + "one".length() + "two".length() + "three".length() + "rest".length();
			int values = (1 + 1 + id.length()) + 3 * (1 + 3) + (1 + 1);
			int size = payloadSize - message - (5 + arguments) - values;
			int repeated = (size - REST) / 3;
			return new Exchange(id, size, client.getAsync(path, "x-id", id, "x-repeated", "r".repeat(repeated),
					"x-rest", "s".repeat(size - 3 * repeated)));
		}

		void assertAnswered(String sizeHeader) throws Exception {
			HttpResponse<String> answer = this.response.get(15, TimeUnit.SECONDS);
			Echo.assertEcho(answer, this.id);
			assertThat(answer.headers().firstValue(sizeHeader)).hasValue("" + this.size);
		}

	}

}
