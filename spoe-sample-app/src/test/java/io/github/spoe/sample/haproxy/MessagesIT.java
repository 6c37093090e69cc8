/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.UUID;

import io.github.spoe.sample.haproxy.RecordingHandlers.Received;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several messages in one frame, messages without arguments, and groups of messages.
 */
class MessagesIT {

	private final RecordingHandlers handlers;

	private final WebClient client;

	private final String id = UUID.randomUUID().toString();

	MessagesIT(HaproxyVersion version) throws IOException {
		Rig rig = Rig.shared(version);
		this.handlers = rig.agent().handlers(RecordingHandlers.class);
		this.client = rig.haproxy().newClient();
	}

	@HaproxyTest
	void twoMessagesInOneFrame() throws Exception {
		HttpHeaders variables = get("/fruits");
		assertThat(variables.firstValue("x-apple")).hasValue("apple");
		assertThat(variables.firstValue("x-pear")).hasValue("pear");
		List<Received> received = this.handlers.received(this.id);
		assertThat(received).extracting((one) -> one.message().getName()).containsExactly("apple", "pear");
		assertThat(received.get(0).context()).isEqualTo(received.get(1).context());
	}

	@HaproxyTest
	void messageWithoutArguments() throws Exception {
		assertThat(get("/bare").firstValue("x-pear")).hasValue("bare[]");
	}

	@HaproxyTest
	void groupOfMessages() throws Exception {
		HttpHeaders variables = get("/group");
		assertThat(variables.firstValue("x-apple")).hasValue("apple");
		assertThat(variables.firstValue("x-pear")).hasValue("grouped-bare[]");
	}

	@HaproxyTest
	void contextSaysWhereAMessageComesFrom() throws Exception {
		get("/fruits");
		assertThat(this.handlers.received(this.id).get(0).context()).satisfies((context) -> {
			assertThat(context.engineId()).hasSize(36);
			assertThat(context.peerAddress()).asString().contains("127.0.0.1");
			assertThat(context.frameId()).isPositive();
		});
	}

	private HttpHeaders get(String path) throws IOException, InterruptedException {
		HttpHeaders variables = this.client.get(path, "x-id", this.id).headers();
		assertThat(variables.firstValue("x-error")).isEmpty();
		return variables;
	}

}
