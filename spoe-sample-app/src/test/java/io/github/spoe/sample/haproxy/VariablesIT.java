/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a handler sets is what HAProxy has.
 */
class VariablesIT {

	private final Haproxy haproxy;

	private final WebClient client;

	private final String id = UUID.randomUUID().toString();

	VariablesIT(HaproxyVersion version) throws IOException {
		this.haproxy = Rig.shared(version).haproxy();
		this.client = this.haproxy.newClient();
	}

	@HaproxyTest
	void booleans() throws Exception {
		HttpHeaders variables = get("/variables");
		assertThat(variables.firstValue("x-bool-true")).hasValue("1");
		assertThat(variables.firstValue("x-bool-false")).hasValue("0");
	}

	@HaproxyTest
	void integers() throws Exception {
		HttpHeaders variables = get("/variables");
		assertThat(variables.firstValue("x-int32")).hasValue("-5");
		assertThat(variables.firstValue("x-int32-min")).hasValue("" + Integer.MIN_VALUE);
		assertThat(variables.firstValue("x-uint32")).hasValue("4000000000");
		assertThat(variables.firstValue("x-int64-min")).hasValue("" + Long.MIN_VALUE);
		assertThat(variables.firstValue("x-int64-max")).hasValue("" + Long.MAX_VALUE);
		assertThat(variables.firstValue("x-uint64")).hasValue("10000000000");
		assertThat(variables.firstValue("x-uint64-max")).as("64 signed bits").hasValue("-1");
	}

	@HaproxyTest
	void addresses() throws Exception {
		HttpHeaders variables = get("/variables");
		assertThat(variables.firstValue("x-ipv4")).hasValue("192.0.2.33");
		assertThat(variables.firstValue("x-ipv6")).hasValue("2001:db8::25");
	}

	@HaproxyTest
	void strings() throws Exception {
		HttpHeaders variables = get("/variables");
		assertThat(variables.firstValue("x-string")).hasValue("some text");
		assertThat(variables.firstValue("x-utf8")).hasValue(
				HexFormat.of().withUpperCase().formatHex("\u00e4\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8)));
		assertThat(variables.firstValue("x-empty")).hasValue("");
	}

	@HaproxyTest
	void bytes() throws Exception {
		assertThat(get("/variables").firstValue("x-binary")).hasValue("00FF10A5");
	}

	@HaproxyTest
	void variablesOfTheRequest() throws Exception {
		HttpHeaders variables = get("/scopes", "x-id", this.id);
		assertThat(variables.firstValue("x-early-req")).hasValue(this.id);
		assertThat(variables.firstValue("x-late-req")).isEmpty();
	}

	@HaproxyTest
	void variablesOfTheResponse() throws Exception {
		assertThat(get("/scopes", "x-id", this.id).firstValue("x-res")).hasValue("in-the-response");
	}

	@HaproxyTest
	void variablesOfTheTransactionEndWithIt() throws Exception {
		assertThat(get("/scopes", "x-id", this.id).firstValue("x-txn")).hasValue(this.id);
		assertThat(get("/").firstValue("x-txn")).isEmpty();
	}

	@HaproxyTest
	void variablesOfTheSessionOutliveTheTransaction() throws Exception {
		HttpHeaders first = get("/scopes", "x-id", this.id);
		assertThat(first.firstValue("x-sess")).hasValue(this.id);
		for (int i = 0; i < 20; i++) {
			HttpHeaders next = get("/");
			assertThat(next.firstValue("x-client-port")).isEqualTo(first.firstValue("x-client-port"));
			assertThat(next.firstValue("x-sess")).hasValue(this.id);
		}
	}

	@HaproxyTest
	void variablesOfTheProcessAreSharedByItsSessions() throws Exception {
		assertThat(get("/scopes", "x-id", this.id).firstValue("x-proc")).hasValue(this.id);
		HttpHeaders other = this.haproxy.newClient().get("/").headers();
		assertThat(other.firstValue("x-proc")).hasValue(this.id);
		assertThat(other.firstValue("x-sess")).isEmpty();
	}

	@HaproxyTest
	void unsetVariablesAreGone() throws Exception {
		HttpHeaders variables = get("/unset");
		assertThat(variables.firstValue("x-early-gone")).hasValue("not yet");
		assertThat(variables.firstValue("x-late-gone")).isEmpty();
	}

	private HttpHeaders get(String path, String... headers) throws IOException, InterruptedException {
		HttpHeaders variables = this.client.get(path, headers).headers();
		assertThat(variables.firstValue("x-error")).isEmpty();
		return variables;
	}

}
