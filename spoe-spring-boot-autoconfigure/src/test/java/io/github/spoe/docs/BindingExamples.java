/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.github.spoe.SpoeAckTooLargeException;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Examples of parameters of handler methods.
 */
class BindingExamples {

	// tag::absent[]
	@SpoeMessageHandler("check-login")
	void login(@SpoeArg String user, @SpoeArg Optional<InetAddress> proxy, @SpoeArg @Nullable String agent,
			@SpoeArg(defaultValue = "${login.attempts:3}") int attempts, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "suspicious", proxy.isPresent() && agent == null && attempts > 2);
	}
	// end::absent[]

	// tag::record[]
	@SpoeMessageHandler("check-client")
	void client(@SpoeArg Method method, Client client, SpoeResponse response) {
		boolean trusted = client.certificate().isPresent() || method == Method.GET;
		response.setVar(SpoeScope.SESSION, "trusted", trusted);
	}
	// end::record[]

	// tag::headers[]
	@SpoeMessageHandler("check-headers")
	void headers(@SpoeArg("hdrs") HttpHeaders headers, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "host", headers.getFirst("host"));
	}
	// end::headers[]

	// tag::message[]
	@SpoeMessageHandler("dump")
	void dump(SpoeMessage message, SpoeResponse response) {
		String names = message.getArguments()
			.stream()
			.map((argument) -> argument.getName() + ":" + argument.getType())
			.collect(Collectors.joining(" "));
		response.setVar(SpoeScope.TRANSACTION, "names", names);
	}
	// end::message[]

	// tag::too-large[]
	@SpoeMessageHandler("explain")
	void explain(@SpoeArg String text, SpoeResponse response) {
		try {
			response.setVar(SpoeScope.REQUEST, "reason", text);
		}
		catch (SpoeAckTooLargeException ex) {
			response.setVar(SpoeScope.REQUEST, "reason", text.substring(0, 10));
		}
	}
	// end::too-large[]

	enum Method {

		GET, POST

	}

}
