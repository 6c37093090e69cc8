/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ACKs that fill a connection. From 3.1 on HAProxy stops to read one for good when it
 * finds its buffer full. The {@code haproxy.rounds} property says how often to try.
 */
class LargeAcksIT {

	private static final int ROUNDS = Integer.getInteger("haproxy.rounds", 20);

	private final HaproxyVersion version;

	LargeAcksIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void twentyAtOnceFromTheEventLoop() throws Exception {
		assertAnswered("/large");
	}

	@HaproxyTest
	void twentyAtOnceFromWorkers() throws Exception {
		assertAnswered("/large-meeting");
	}

	@HaproxyTest
	void largestThatThereIs() throws Exception {
		try (Haproxy haproxy = start()) {
			WebClient client = haproxy.newClient();
			for (int i = 0; i < 10; i++) {
				HttpResponse<String> response = client.get("/largest");
				assertThat(response.headers().firstValue("x-error")).as("error of HAProxy").isEmpty();
				assertThat(response.headers().firstValueAsLong("x-length").orElse(0)).isGreaterThan(16350);
			}
		}
	}

	private void assertAnswered(String path) throws Exception {
		try (Haproxy haproxy = start()) {
			WebClient client = haproxy.newClient();
			for (int round = 1; round <= ROUNDS; round++) {
				assertAnswered(client, path, round);
			}
		}
	}

	private static void assertAnswered(WebClient client, String path, int round) throws Exception {
		Map<String, CompletableFuture<HttpResponse<String>>> responses = new LinkedHashMap<>();
		for (int i = 0; i < LargeHandlers.PARTIES; i++) {
			String id = round + "." + i;
			responses.put(id, client.getAsync(path, "x-id", id));
		}
		List<String> failures = new ArrayList<>();
		for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> entry : responses.entrySet()) {
			HttpHeaders headers = entry.getValue().get(15, TimeUnit.SECONDS).headers();
			String echo = headers.firstValue("x-echo").orElse("");
			String length = headers.firstValue("x-length").orElse("");
			if (!echo.equals(entry.getKey()) || !length.equals("" + LargeHandlers.SIZE)) {
				failures.add(entry.getKey() + ": error " + headers.firstValue("x-error").orElse("none") + ", echo '"
						+ echo + "', length '" + length + "'");
			}
		}
		assertThat(failures).isEmpty();
	}

	// One thread, or HAProxy has a connection for each.
	private Haproxy start() throws Exception {
		return Haproxy.start(this.version, Haproxy.PROBE, Rig.shared(this.version).agent().port(),
				Map.of("THREADS", "1"));
	}

}
