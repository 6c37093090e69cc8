/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers of every kind answer, also those that fail.
 */
class HandlersIT {

	// Half of what HAProxy waits.
	private static final Duration SOON = Duration.ofMillis(2500);

	private final WebClient client;

	HandlersIT(HaproxyVersion version) throws IOException {
		this.client = Rig.shared(version).haproxy().newClient();
	}

	@HaproxyTest
	void methodThatReturnsNothing() throws Exception {
		assertThat(get("/void").firstValue("x-echo")).hasValue("void");
	}

	@HaproxyTest
	void methodThatReturnsAMono() throws Exception {
		assertThat(get("/mono").firstValue("x-echo")).hasValue("mono");
	}

	@HaproxyTest
	void methodThatReturnsACompletionStage() throws Exception {
		assertThat(get("/stage").firstValue("x-echo")).hasValue("stage");
	}

	@HaproxyTest
	void methodThatFails() throws Exception {
		assertThat(get("/failing").firstValue("x-partial")).isEmpty();
	}

	@HaproxyTest
	void methodWhoseMonoFails() throws Exception {
		assertThat(get("/failing-mono").firstValue("x-partial")).isEmpty();
	}

	@HaproxyTest
	void methodWhoseCompletionStageFails() throws Exception {
		assertThat(get("/failing-stage").firstValue("x-partial")).isEmpty();
	}

	@HaproxyTest
	void failureLeavesOtherMessagesOfTheFrameAlone() throws Exception {
		HttpHeaders variables = get("/failing-between");
		assertThat(variables.firstValue("x-apple")).hasValue("apple");
		assertThat(variables.firstValue("x-partial")).isEmpty();
		assertThat(variables.firstValue("x-pear")).hasValue("pear");
	}

	@HaproxyTest
	void unknownMessage() throws Exception {
		get("/unknown");
	}

	@HaproxyTest
	void unknownMessageBetweenOthers() throws Exception {
		HttpHeaders variables = get("/unknown-between");
		assertThat(variables.firstValue("x-apple")).hasValue("apple");
		assertThat(variables.firstValue("x-pear")).hasValue("pear");
	}

	private HttpHeaders get(String path) throws IOException, InterruptedException {
		long start = System.nanoTime();
		HttpResponse<String> response = this.client.get(path, "x-id", UUID.randomUUID().toString());
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("x-error")).isEmpty();
		return response.headers();
	}

}
