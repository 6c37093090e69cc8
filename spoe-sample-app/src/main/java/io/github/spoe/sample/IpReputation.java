/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample;

import java.net.InetAddress;

import org.springframework.stereotype.Component;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Tells HAProxy how suspicious the address of a client is.
 */
@Component
class IpReputation {

	private static final int SUSPICIOUS = 100;

	private static final byte PRIVATE_NETWORK = 10;

	// It only computes, so it may run on the event loop, and be called for warm-up.
	@SpoeMessageHandler(value = "check-client-ip", execution = SpoeExecution.EVENT_LOOP, warmup = true)
	void check(@SpoeArg InetAddress ip, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "ip_score", scoreOf(ip));
	}

	// As if the score came from a database: the method may block, on a worker.
	@SpoeMessageHandler("lookup-client-ip")
	void lookup(@SpoeArg InetAddress ip, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "ip_score", scoreOf(ip));
	}

	// 10.0.0.0/8 stands for the bad part of the Internet.
	private static int scoreOf(InetAddress ip) {
		byte[] address = ip.getAddress();
		return (address.length == Integer.BYTES && address[0] == PRIVATE_NETWORK) ? SUSPICIOUS : 0;
	}

}
