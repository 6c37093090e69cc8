/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "spoe.server.address=127.0.0.1", "spoe.server.port=0" })
class SampleApplicationTests {

	@Value("${local.server.port}")
	private int webPort;

	@Value("${local.spoe.server.port}")
	private int spoePort;

	@Test
	void listensForHaproxy() {
		assertThat(this.spoePort).isPositive().isNotEqualTo(this.webPort);
	}

	@Test
	void isHealthy() throws Exception {
		HttpResponse<String> response = actuator("health");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"status\":\"UP\"");
	}

	@Test
	void hasMetricsForPrometheus() throws Exception {
		HttpResponse<String> response = actuator("prometheus");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("jvm_info");
	}

	private HttpResponse<String> actuator(String endpoint) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + this.webPort + "/actuator/" + endpoint);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
	}

}
