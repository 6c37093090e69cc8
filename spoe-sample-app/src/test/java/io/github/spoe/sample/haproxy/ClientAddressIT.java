/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample's own messages decide which clients pass.
 */
class ClientAddressIT {

	private final HaproxyVersion version;

	ClientAddressIT(HaproxyVersion version) {
		this.version = version;
	}

	@HaproxyTest
	void addressDecides() throws Exception {
		assertThat(status("/check", "192.0.2.1")).isEqualTo(200);
		assertThat(status("/check", "10.1.2.3")).isEqualTo(403);
		assertThat(status("/check", "2001:db8::1")).isEqualTo(200);
		assertThat(status("/check", "11.0.0.0")).isEqualTo(200);
	}

	@HaproxyTest
	void stringDecides() throws Exception {
		assertThat(status("/lookup", "192.0.2.1")).isEqualTo(200);
		assertThat(status("/lookup", "10.1.2.3")).isEqualTo(403);
		assertThat(status("/lookup", "2001:db8::1")).isEqualTo(200);
	}

	@HaproxyTest
	void whatIsNoAddressPasses() throws Exception {
		assertThat(status("/lookup", "localhost")).isEqualTo(200);
	}

	@HaproxyTest
	void demoOfTheSample() throws Exception {
		Path demo = Path.of(System.getProperty("basedir", ""), "haproxy", "demo.cfg").toAbsolutePath();
		Agent agent = Rig.shared(this.version).agent();
		try (Haproxy haproxy = Haproxy.start(this.version, demo, agent.port(), Map.of())) {
			HttpResponse<String> passed = haproxy.newClient().get("/", "X-Forwarded-For", "192.0.2.1");
			assertThat(passed.statusCode()).isEqualTo(200);
			assertThat(passed.headers().firstValue("x-ip-score")).hasValue("0");
			HttpResponse<String> denied = haproxy.newClient().get("/", "X-Forwarded-For", "10.1.2.3");
			assertThat(denied.statusCode()).isEqualTo(403);
			assertThat(denied.headers().firstValue("x-ip-score")).hasValue("100");
		}
	}

	private int status(String path, String address) throws IOException, InterruptedException {
		return Rig.shared(this.version).haproxy().newClient().get(path, "x-client", address).statusCode();
	}

}
