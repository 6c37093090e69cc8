/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;

/**
 * Answers messages as {@code conformance.txt} says.
 */
final class EchoDispatcher implements SpoeDispatcher {

	private final Deque<SpoeExchange> held = new ConcurrentLinkedDeque<>();

	@Override
	public void dispatch(SpoeExchange exchange) {
		while (exchange.next()) {
			switch (exchange.getMessageName()) {
				case "hold" -> {
					SpoeExchange held = exchange.detach();
					if (held != null) {
						this.held.push(held);
					}
					return;
				}
				case "release" -> release();
				case "fail" -> throw new IllegalStateException("on purpose");
				default -> echo(exchange.getMessage(), exchange.getResponse());
			}
		}
		exchange.complete();
	}

	/**
	 * Answer what is held, last first.
	 * @return whether anything was
	 */
	boolean release() {
		boolean any = !this.held.isEmpty();
		for (SpoeExchange exchange = this.held.poll(); exchange != null; exchange = this.held.poll()) {
			exchange.complete();
		}
		return any;
	}

	private static void echo(SpoeMessage message, SpoeResponse response) {
		for (SpoeScope scope : SpoeScope.values()) {
			if (scope.getPrefix().equals(message.getName())) {
				message.getArguments().forEach((argument) -> echo(argument, scope, response));
			}
		}
	}

	private static void echo(SpoeArgument argument, SpoeScope scope, SpoeResponse response) {
		String name = argument.getName();
		switch (argument.getType()) {
			case NULL -> response.unsetVar(scope, name);
			case BOOL -> response.setVar(scope, name, argument.asBoolean());
			case INT32 -> response.setVar(scope, name, argument.asInt());
			case UINT32 -> response.setUnsignedVar(scope, name, (int) argument.asLong());
			case INT64 -> response.setVar(scope, name, argument.asLong());
			case UINT64 -> response.setUnsignedVar(scope, name, argument.asBigInteger().longValue());
			case IPV4, IPV6 -> response.setVar(scope, name, argument.asInetAddress());
			case STRING -> response.setVar(scope, name, argument.asString());
			case BINARY -> response.setVar(scope, name, argument.asBytes());
		}
	}

}
