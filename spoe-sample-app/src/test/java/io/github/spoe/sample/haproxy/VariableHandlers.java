/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers that set and unset variables.
 */
class VariableHandlers {

	@SpoeMessageHandler("variables")
	void variables(SpoeResponse response) throws UnknownHostException {
		response.setVar(SpoeScope.TRANSACTION, "bool_true", true);
		response.setVar(SpoeScope.TRANSACTION, "bool_false", false);
		response.setVar(SpoeScope.TRANSACTION, "int32", -5);
		response.setVar(SpoeScope.TRANSACTION, "int32_min", Integer.MIN_VALUE);
		response.setUnsignedVar(SpoeScope.TRANSACTION, "uint32", (int) 4_000_000_000L);
		response.setVar(SpoeScope.TRANSACTION, "int64_min", Long.MIN_VALUE);
		response.setVar(SpoeScope.TRANSACTION, "int64_max", Long.MAX_VALUE);
		response.setUnsignedVar(SpoeScope.TRANSACTION, "uint64", 10_000_000_000L);
		response.setUnsignedVar(SpoeScope.TRANSACTION, "uint64_max", -1L);
		response.setVar(SpoeScope.TRANSACTION, "ipv4", InetAddress.getByName("192.0.2.33"));
		response.setVar(SpoeScope.TRANSACTION, "ipv6", InetAddress.getByName("2001:db8::25"));
		response.setVar(SpoeScope.TRANSACTION, "string", "some text");
		response.setVar(SpoeScope.TRANSACTION, "utf8", "\u00e4\u20ac\ud83d\ude00");
		response.setVar(SpoeScope.TRANSACTION, "empty", "");
		response.setVar(SpoeScope.TRANSACTION, "binary", new byte[] { 0, (byte) 0xff, 0x10, (byte) 0xa5 });
	}

	@SpoeMessageHandler("scopes")
	void scopes(@SpoeArg String id, SpoeResponse response) {
		response.setVar(SpoeScope.PROCESS, "proc", id);
		response.setVar(SpoeScope.SESSION, "sess", id);
		response.setVar(SpoeScope.TRANSACTION, "txn", id);
		response.setVar(SpoeScope.REQUEST, "req", id);
	}

	@SpoeMessageHandler("response-scope")
	void responseScope(@SpoeArg String id, SpoeResponse response) {
		response.setVar(SpoeScope.RESPONSE, "res", id);
	}

	@SpoeMessageHandler("setting")
	void setting(SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "gone", "not yet");
	}

	@SpoeMessageHandler("unsetting")
	void unsetting(SpoeResponse response) {
		response.unsetVar(SpoeScope.TRANSACTION, "gone");
	}

	@SpoeMessageHandler("connection")
	void connection(@SpoeArg InetAddress source, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "verdict", verdict(source.getHostAddress().equals("127.0.0.2")));
	}

	@SpoeMessageHandler("payload")
	void payload(@SpoeArg String payload, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "verdict", verdict(payload.contains("/forbidden")));
	}

	private static String verdict(boolean reject) {
		return reject ? "reject" : "accept";
	}

}
