/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.net.InetAddress;
import java.time.Duration;

import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Examples of where and when handler methods run.
 */
class ExecutionExamples {

	private final Reputation reputation = new Reputation();

	// tag::worker[]
	@SpoeMessageHandler("lookup-client-ip")
	void lookup(@SpoeArg InetAddress ip, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "score", this.reputation.query(ip));
	}
	// end::worker[]

	// tag::mono[]
	@SpoeMessageHandler("ask-client-ip")
	Mono<Void> ask(@SpoeArg InetAddress ip, SpoeResponse response) {
		return this.reputation.ask(ip).doOnNext((score) -> response.setVar(SpoeScope.SESSION, "score", score)).then();
	}
	// end::mono[]

	// tag::event-loop[]
	@SpoeMessageHandler(value = "check-client-ip", execution = SpoeExecution.EVENT_LOOP)
	void check(@SpoeArg InetAddress ip, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "local", ip.isSiteLocalAddress());
	}
	// end::event-loop[]

	// tag::executor[]
	@SpoeMessageHandler(value = "check-token", executor = "databaseExecutor")
	void token(@SpoeArg String token, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "user", this.reputation.userOf(token));
	}
	// end::executor[]

	// tag::timeout[]
	@SpoeMessageHandler(value = "check-session", timeout = "50ms")
	void session(@SpoeArg String cookie, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "user", this.reputation.userOf(cookie));
	}
	// end::timeout[]

	// tag::background[]
	@SpoeMessageHandler(value = "audit", acknowledge = SpoeAcknowledge.BEFORE)
	void audit(SpoeMessage message) {
		this.reputation.store(message);
	}
	// end::background[]

	// tag::default[]
	@SpoeMessageHandler("*")
	void others(SpoeMessage message, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "unhandled", message.getName());
	}
	// end::default[]

	// tag::exception[]
	@SpoeExceptionHandler
	void unknown(UnknownClientException failure, @SpoeArg InetAddress ip, SpoeResponse response) {
		response.setVar(SpoeScope.SESSION, "score", 0);
	}
	// end::exception[]

	/**
	 * An address that nobody knows.
	 */
	static class UnknownClientException extends RuntimeException {

	}

	private static final class Reputation {

		private SpoeMessage stored;

		int query(InetAddress ip) {
			if (ip.isLoopbackAddress()) {
				throw new UnknownClientException();
			}
			return ip.isSiteLocalAddress() ? 100 : 0;
		}

		Mono<Integer> ask(InetAddress ip) {
			return Mono.fromSupplier(() -> query(ip)).delayElement(Duration.ofMillis(1));
		}

		String userOf(String token) {
			return "user-" + token;
		}

		void store(SpoeMessage message) {
			this.stored = message;
		}

	}

}
