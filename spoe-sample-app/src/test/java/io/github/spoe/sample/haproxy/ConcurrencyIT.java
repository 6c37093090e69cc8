/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Requests at the same time, and one after the other.
 */
class ConcurrencyIT {

	private final HaproxyVersion version;

	ConcurrencyIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void onWorkers() throws Exception {
		assertAnswered(Rig.shared(this.version).haproxy(), "/echo-worker");
	}

	@HaproxyTest
	void onEventLoops() throws Exception {
		assertAnswered(Rig.shared(this.version).haproxy(), "/echo-event-loop");
	}

	@HaproxyTest
	void handlersRunSideBySide() throws Exception {
		assertAnswered(Rig.shared(this.version).haproxy(), "/meeting");
	}

	// How many run side by side then is up to HAProxy: 3.0 lets some wait in its queue,
	// and 2.6 forgets some there.
	@HaproxyTest
	void withoutPipelining() throws Exception {
		try (Agent agent = Agent.start("spoe.server.pipelining=false");
				Haproxy haproxy = Haproxy.start(this.version, agent.port())) {
			if (this.version == HaproxyVersion.V2_6) {
				assertAnsweredOneByOne(haproxy);
				return;
			}
			assertAnswered(haproxy, "/echo-worker");
			assertAnswered(haproxy, "/echo-event-loop");
		}
	}

	@HaproxyTest
	void oneAfterTheOtherOnOneConnection() throws Exception {
		assertAnsweredOneByOne(Rig.shared(this.version).haproxy());
	}

	private static void assertAnsweredOneByOne(Haproxy haproxy) throws Exception {
		WebClient client = haproxy.newClient();
		for (int i = 0; i < 100; i++) {
			Echo.assertEcho(client.get("/echo-worker", "x-id", "" + i), "" + i);
			Echo.assertEcho(client.get("/echo-event-loop", "x-id", "e" + i), "e" + i);
		}
	}

	private static void assertAnswered(Haproxy haproxy, String path) throws Exception {
		WebClient client = haproxy.newClient();
		Map<String, CompletableFuture<HttpResponse<String>>> responses = new LinkedHashMap<>();
		IntStream.range(0, WaitingHandlers.PARTIES)
			.mapToObj(Integer::toString)
			.forEach((id) -> responses.put(id, client.getAsync(path, "x-id", id)));
		for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> response : responses.entrySet()) {
			Echo.assertEcho(response.getValue().get(15, TimeUnit.SECONDS), response.getKey());
		}
	}

}
