/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.net.InetAddress;
import java.util.Optional;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Examples of handler methods.
 */
class HandlerExamples {

	// tag::parameters[]
	@SpoeMessageHandler({ "check-request", "${audit.message}" })
	void check(@SpoeArg("path") String path, @SpoeArg Optional<InetAddress> ip, SpoeMessage message,
			SpoeContext context, SpoeResponse response) {
		// ...
	}
	// end::parameters[]

	void setVariables(SpoeResponse response) {
		// tag::variables[]
		response.setVar(SpoeScope.TRANSACTION, "country", "CH");
		response.setVar(SpoeScope.SESSION, "score", 42);
		response.unsetVar(SpoeScope.TRANSACTION, "hint");
		// end::variables[]
	}

	// tag::warmup[]
	@SpoeMessageHandler(value = "check-client-ip", execution = SpoeExecution.EVENT_LOOP, warmup = true)
	// end::warmup[]
	void check(@SpoeArg InetAddress ip, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "ip_score", ip.isSiteLocalAddress() ? 100 : 0);
	}

}
