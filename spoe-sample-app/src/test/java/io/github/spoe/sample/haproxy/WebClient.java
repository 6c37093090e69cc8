/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A client of HAProxy's. It keeps its connection, and uses it again for the next request.
 */
final class WebClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(TIMEOUT)
		.build();

	private final URI uri;

	WebClient(int port) {
		this.uri = URI.create("http://127.0.0.1:" + port);
	}

	/**
	 * Send a request.
	 * @param headers names and values in turn
	 */
	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return this.client.send(request("GET", path, BodyPublishers.noBody(), headers), BodyHandlers.ofString());
	}

	CompletableFuture<HttpResponse<String>> getAsync(String path, String... headers) {
		return this.client.sendAsync(request("GET", path, BodyPublishers.noBody(), headers), BodyHandlers.ofString());
	}

	HttpResponse<String> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
		return this.client.send(request("POST", path, BodyPublishers.ofByteArray(body), headers),
				BodyHandlers.ofString());
	}

	CompletableFuture<HttpResponse<String>> postAsync(String path, byte[] body, String... headers) {
		return this.client.sendAsync(request("POST", path, BodyPublishers.ofByteArray(body), headers),
				BodyHandlers.ofString());
	}

	private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.uri.resolve(path))
			.method(method, body)
			.timeout(TIMEOUT);
		return ((headers.length > 0) ? request.headers(headers) : request).build();
	}

}
