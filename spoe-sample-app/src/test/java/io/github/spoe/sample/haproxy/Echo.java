/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the response to a request whose id is to come back through the agent.
 */
final class Echo {

	private Echo() {
	}

	static void assertEcho(HttpResponse<String> response, String id) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("x-error")).as("error of HAProxy").isEmpty();
		assertThat(response.headers().firstValue("x-echo")).hasValue(id);
	}

}
