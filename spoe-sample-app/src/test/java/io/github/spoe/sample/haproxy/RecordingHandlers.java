/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers that remember what they get, by the {@code id} that a test has given its
 * request.
 */
class RecordingHandlers {

	private final Map<String, List<Received>> received = new ConcurrentHashMap<>();

	private final Map<String, Typed> typed = new ConcurrentHashMap<>();

	private final Map<String, Headers> headers = new ConcurrentHashMap<>();

	/**
	 * Return what came for a request, in order.
	 */
	List<Received> received(String id) {
		return this.received.getOrDefault(id, List.of());
	}

	Typed typed(String id) {
		return this.typed.get(id);
	}

	Headers headers(String id) {
		return this.headers.get(id);
	}

	@SpoeMessageHandler("arguments")
	void arguments(@SpoeArg String id, SpoeMessage message, SpoeContext context) {
		record(id, message, context);
	}

	@SpoeMessageHandler({ "apple", "grouped-apple" })
	void apple(@SpoeArg String id, SpoeMessage message, SpoeContext context, SpoeResponse response) {
		record(id, message, context);
		response.setVar(SpoeScope.TRANSACTION, "apple", "apple");
	}

	@SpoeMessageHandler("pear")
	void pear(@SpoeArg String id, SpoeMessage message, SpoeContext context, SpoeResponse response) {
		record(id, message, context);
		response.setVar(SpoeScope.TRANSACTION, "pear", "pear");
	}

	@SpoeMessageHandler({ "bare", "grouped-bare" })
	void bare(SpoeMessage message, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "pear", message.getName() + message.getArguments());
	}

	@SpoeMessageHandler("typed")
	void typed(@SpoeArg String id, @SpoeArg boolean yes, @SpoeArg("negative") int number, @SpoeArg long max,
			@SpoeArg Inet4Address ipv4, @SpoeArg Inet6Address ipv6, @SpoeArg("ipv6") InetAddress address,
			@SpoeArg String text, @SpoeArg byte[] binary, @SpoeArg("binary") ByteBuffer buffer,
			@SpoeArg("negative") double converted, @SpoeArg Optional<String> absent,
			@SpoeArg(defaultValue = "7") int missing) {
		this.typed.put(id,
				new Typed(yes, number, max, ipv4, ipv6, address, text, binary, buffer, converted, absent, missing));
	}

	@SpoeMessageHandler("headers")
	void headers(@SpoeArg String id, @SpoeArg("binary") MultiValueMap<String, String> mapOfBinary,
			@SpoeArg("text") MultiValueMap<String, String> mapOfText, @SpoeArg("binary") HttpHeaders headersOfBinary,
			@SpoeArg("text") HttpHeaders headersOfText, @SpoeArg(charset = "UTF-8") HttpHeaders binary) {
		this.headers.put(id, new Headers(mapOfBinary, mapOfText, headersOfBinary, headersOfText, binary));
	}

	@SpoeMessageHandler("copy")
	void copy(@SpoeArg String id, @SpoeArg byte[] body, SpoeMessage message, SpoeContext context,
			SpoeResponse response) {
		record(id, message, context);
		response.setVar(SpoeScope.TRANSACTION, "copy", body);
	}

	private void record(String id, SpoeMessage message, SpoeContext context) {
		this.received.computeIfAbsent(id, (key) -> new CopyOnWriteArrayList<>()).add(new Received(message, context));
	}

	record Received(SpoeMessage message, SpoeContext context) {

	}

	record Typed(boolean yes, int number, long max, Inet4Address ipv4, Inet6Address ipv6, InetAddress address,
			String text, byte[] binary, ByteBuffer buffer, double converted, Optional<String> absent, int missing) {

	}

	record Headers(MultiValueMap<String, String> mapOfBinary, MultiValueMap<String, String> mapOfText,
			HttpHeaders headersOfBinary, HttpHeaders headersOfText, HttpHeaders utf8) {

	}

}
