/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.starter;

import java.net.InetAddress;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * The starter and one handler, nothing else: what start-up and memory are measured with.
 */
@SpringBootApplication
public class MinimalApplication {

	public static void main(String[] args) {
		SpringApplication.run(MinimalApplication.class, args);
	}

	@SpoeMessageHandler(value = "check-client-ip", execution = SpoeExecution.EVENT_LOOP)
	void check(@SpoeArg InetAddress ip, SpoeResponse response) {
		byte[] address = ip.getAddress();
		boolean suspicious = address.length == Integer.BYTES && address[0] == 10;
		response.setVar(SpoeScope.SESSION, "ip_score", suspicious ? 100 : 0);
	}

}
