/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.net.InetAddress;

import org.springframework.stereotype.Component;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

// tag::handler[]
@Component
class IpReputation {

	@SpoeMessageHandler("check-client-ip")
	void check(@SpoeArg InetAddress ip, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "ip_score", ip.isSiteLocalAddress() ? 100 : 0);
	}

}
// end::handler[]
