/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.http.MediaType;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeType;
import io.github.spoe.sample.haproxy.RecordingHandlers.Headers;
import io.github.spoe.sample.haproxy.RecordingHandlers.Typed;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What HAProxy sends is what a handler gets.
 */
class ArgumentsIT {

	private static final byte[] BYTES = { 0, (byte) 0xff, 0x10, (byte) 0xa5 };

	private final RecordingHandlers handlers;

	private final WebClient client;

	private final String id = UUID.randomUUID().toString();

	private HttpResponse<String> response;

	private SpoeMessage message;

	ArgumentsIT(HaproxyVersion version) throws IOException {
		Rig rig = Rig.shared(version);
		this.handlers = rig.agent().handlers(RecordingHandlers.class);
		this.client = rig.haproxy().newClient();
	}

	@BeforeEach
	void send() throws Exception {
		this.response = this.client.post("/arguments?a=1&b=2", "the body".getBytes(StandardCharsets.US_ASCII), "x-id",
				this.id, "x-utf8", "%C3%A4%E2%82%AC");
		assertThat(this.response.headers().firstValue("x-error")).isEmpty();
		this.message = this.handlers.received(this.id).get(0).message();
	}

	@HaproxyTest
	void booleans() {
		assertArgument("yes", SpoeType.BOOL, true);
		assertArgument("no", SpoeType.BOOL, false);
	}

	@HaproxyTest
	void integers() {
		assertArgument("negative", SpoeType.INT64, -5L);
		assertArgument("zero", SpoeType.INT64, 0L);
		assertArgument("min", SpoeType.INT64, Long.MIN_VALUE);
		assertArgument("max", SpoeType.INT64, Long.MAX_VALUE);
	}

	@HaproxyTest
	void addresses() throws Exception {
		assertArgument("ipv4", SpoeType.IPV4, InetAddress.getByName("192.0.2.33"));
		assertArgument("ipv6", SpoeType.IPV6, InetAddress.getByName("2001:db8::25"));
	}

	@HaproxyTest
	void strings() {
		assertArgument("text", SpoeType.STRING, "literal");
		assertArgument("utf8", SpoeType.STRING, "\u00e4\u20ac");
		assertArgument("empty", SpoeType.STRING, "");
	}

	@HaproxyTest
	void bytes() {
		assertArgument("binary", SpoeType.BINARY, BYTES);
	}

	@HaproxyTest
	void partsOfTheRequest() {
		assertArgument("method", SpoeType.STRING, "POST");
		assertArgument("path", SpoeType.STRING, "/arguments");
		assertArgument("query", SpoeType.STRING, "a=1&b=2");
		assertThat(argument("body").asString()).isEqualTo("the body");
		assertArgument("unique-id", SpoeType.STRING, this.response.headers().firstValue("x-unique-id").orElseThrow());
	}

	@HaproxyTest
	void headerBlocks() {
		assertThat(argument("headers").asString()).contains("x-id: " + this.id + "\r\n").endsWith("\r\n\r\n");
		SpoeArgument binary = argument("headers-bin");
		assertThat(binary.getType()).isEqualTo(SpoeType.BINARY);
		// Each text follows its length, and two empty ones end the block.
		assertThat(new String(binary.asBytes(), StandardCharsets.ISO_8859_1)).contains("\4x-id\44" + this.id)
			.endsWith("\0\0");
	}

	@HaproxyTest
	void absentSample() {
		assertArgument("absent", SpoeType.NULL, null);
	}

	@HaproxyTest
	void unnamedAndRepeatedArguments() {
		assertArgument("", SpoeType.STRING, "unnamed");
		assertThat(this.message.getArguments()).filteredOn(SpoeArgument::getName, "repeated")
			.extracting(SpoeArgument::getValue)
			.containsExactly(1L, 2L);
	}

	@HaproxyTest
	void argumentsComeInTheOrderOfTheConfiguration() {
		List<String> names = Arrays.asList("id", "yes", "no", "negative", "zero", "min", "max", "ipv4", "ipv6", "text",
				"utf8", "empty", "binary", "method", "path", "query", "headers-bin", "headers", "body", "unique-id",
				"absent", "", "repeated", "repeated");
		assertThat(this.message.getName()).isEqualTo("arguments");
		assertThat(this.message.getArguments()).extracting(SpoeArgument::getName).isEqualTo(names);
	}

	@HaproxyTest
	void parametersOfEveryType() throws Exception {
		this.client.get("/typed", "x-id", this.id);
		Typed typed = this.handlers.typed(this.id);
		assertThat(typed).isNotNull();
		assertThat(typed.yes()).isTrue();
		assertThat(typed.number()).isEqualTo(-5);
		assertThat(typed.max()).isEqualTo(Long.MAX_VALUE);
		assertThat(typed.ipv4()).isEqualTo(InetAddress.getByName("192.0.2.33"));
		assertThat(typed.ipv6()).isEqualTo(InetAddress.getByName("2001:db8::25")).isEqualTo(typed.address());
		assertThat(typed.text()).isEqualTo("literal");
		assertThat(typed.binary()).isEqualTo(BYTES);
		assertThat(typed.buffer().remaining()).isEqualTo(BYTES.length);
		assertThat(typed.converted()).isEqualTo(-5.0);
		assertThat(typed.absent()).isEmpty();
		assertThat(typed.missing()).isEqualTo(7);
	}

	@HaproxyTest
	void headersInBothFormats() throws Exception {
		this.client.get("/headers", "x-id", this.id, "X-Many", "one", "x-many", "two: 2", "x-long", "a".repeat(3000),
				"accept", "text/plain");
		Headers headers = this.handlers.headers(this.id);
		assertThat(headers).isNotNull();
		assertThat(headers.mapOfBinary().get("X-MANY")).containsExactly("one", "two: 2");
		assertThat(headers.mapOfBinary().getFirst("x-long")).hasSize(3000);
		assertThat(headers.mapOfText()).isEqualTo(headers.mapOfBinary());
		assertThat(headers.mapOfText().keySet()).containsExactlyElementsOf(headers.mapOfBinary().keySet());
		assertThat(headers.headersOfBinary().getAccept()).containsExactly(MediaType.TEXT_PLAIN);
		assertThat(headers.headersOfText()).isEqualTo(headers.headersOfBinary()).isEqualTo(headers.utf8());
	}

	private void assertArgument(String name, SpoeType type, Object value) {
		assertThat(argument(name).getType()).isEqualTo(type);
		assertThat(argument(name).getValue()).isEqualTo(value);
	}

	private SpoeArgument argument(String name) {
		SpoeArgument argument = this.message.getArgument(name);
		assertThat(argument).as(name).isNotNull();
		return argument;
	}

}
