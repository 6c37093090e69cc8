/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Mono;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers of every kind, some of which fail.
 */
class ReturningHandlers {

	private static final int DELAY_MILLIS = 50;

	@SpoeMessageHandler("echo-worker")
	void echoOnWorker(@SpoeArg String id, SpoeResponse response) {
		echo(id, response);
	}

	@SpoeMessageHandler(value = "echo-event-loop", execution = SpoeExecution.EVENT_LOOP)
	void echoOnEventLoop(@SpoeArg String id, SpoeResponse response) {
		echo(id, response);
	}

	@SpoeMessageHandler("echo-later")
	Mono<Void> echoLater(@SpoeArg String id, SpoeResponse response) {
		return Mono.delay(Duration.ofMillis(DELAY_MILLIS)).doOnNext((tick) -> echo(id, response)).then();
	}

	@SpoeMessageHandler("void")
	void returnNothing(SpoeResponse response) {
		echo("void", response);
	}

	@SpoeMessageHandler("mono")
	Mono<Void> returnMono(SpoeResponse response) {
		return Mono.delay(Duration.ofMillis(DELAY_MILLIS)).doOnNext((tick) -> echo("mono", response)).then();
	}

	@SpoeMessageHandler("stage")
	CompletionStage<Void> returnStage(SpoeResponse response) {
		return CompletableFuture.runAsync(() -> echo("stage", response), later());
	}

	@SpoeMessageHandler("failing")
	void fail(SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "partial", true);
		throw new IllegalStateException("Fails on purpose");
	}

	@SpoeMessageHandler("failing-mono")
	Mono<Void> failLater(SpoeResponse response) {
		return Mono.delay(Duration.ofMillis(DELAY_MILLIS)).doOnNext((tick) -> fail(response)).then();
	}

	@SpoeMessageHandler("failing-stage")
	CompletionStage<Void> failLaterToo(SpoeResponse response) {
		return CompletableFuture.runAsync(() -> fail(response), later());
	}

	private static Executor later() {
		return CompletableFuture.delayedExecutor(DELAY_MILLIS, TimeUnit.MILLISECONDS);
	}

	private static void echo(String value, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "echo", value);
	}

}
