/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAckTooLargeException;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages with variables that do not fit in their ACK.
 */
@Timeout(30)
class OversizedAckTests {

	private Agent agent;

	@BeforeEach
	void start() throws IOException {
		this.agent = Agent.start(Handlers.class);
	}

	@AfterEach
	void stop() throws IOException {
		this.agent.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop", "mono" })
	void handlerLosesItsVariables(String message) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			assertThat(this.agent.ask(between(message))).containsExactly("first=true", "last=true");
			// The frame begins with 7 bytes, "first" takes 10 and "kept" 9.
			assertThat(log.messages(Level.ERROR)).containsExactly("Message '" + message
					+ "' loses its variables, as they do not fit: its ACK would have " + (7 + 10 + 9 + 20_013)
					+ " bytes (expected: <= 16379). Set less, or raise 'tune.bufsize' of HAProxy");
			assertThat(log.messages(Level.WARN)).isEmpty();
			assertThat(faults()).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "catching-worker", "catching-event-loop", "catching-mono" })
	void handlerThatCatchesTheExceptionKeepsWhatFits(String message) throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			assertThat(this.agent.ask(between(message))).containsExactly("first=true", "kept=true", "more=true",
					"last=true");
			assertThat(log.messages(Level.ERROR)).containsExactly("Message '" + message
					+ "' loses some of its variables, as they do not fit: its ACK would have " + (7 + 10 + 9 + 20_013)
					+ " bytes (expected: <= 16379). Set less, or raise 'tune.bufsize' of HAProxy");
			assertThat(faults()).isOne();
		}
	}

	@Test
	void agentWithTheSmallerFramesIsSaidToDecide() throws IOException {
		try (Agent small = Agent.start(List.of("spoe.server.max-frame-size=1KB"), Handlers.class);
				LogRecorder log = LogRecorder.open(Level.INFO)) {
			assertThat(small.ask("worker")).isEmpty();
			assertThat(log.messages(Level.ERROR)).singleElement(InstanceOfAssertFactories.STRING)
				.endsWith(" bytes (expected: <= 1024). Set less, or raise 'spoe.server.max-frame-size'");
		}
	}

	@Test
	void allAreCountedAndSomeAreLogged() throws IOException {
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			for (int i = 0; i < 20; i++) {
				assertThat(this.agent.ask("event-loop")).isEmpty();
			}
			assertThat(log.messages(Level.ERROR)).hasSize(5);
			assertThat(faults()).isEqualTo(20);
		}
	}

	private double faults() {
		return this.agent.context()
			.getBean(SimpleMeterRegistry.class)
			.get("spoe.server.faults")
			.tag("fault", "ACK_TOO_LARGE")
			.counter()
			.count();
	}

	private static Notify.Message[] between(String message) {
		return new Notify.Message[] { SpopTestClient.message("first"), SpopTestClient.message(message),
				SpopTestClient.message("last") };
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		SpoeMetrics metrics(SimpleMeterRegistry registry) {
			return new MicrometerSpoeMetrics(registry);
		}

		@SpoeMessageHandler(value = "first", execution = SpoeExecution.EVENT_LOOP)
		void first(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "first", true);
		}

		@SpoeMessageHandler(value = "last", execution = SpoeExecution.EVENT_LOOP)
		void last(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "last", true);
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "kept", true);
			response.setVar(SpoeScope.TRANSACTION, "large", new byte[20_000]);
		}

		@SpoeMessageHandler(value = "event-loop", execution = SpoeExecution.EVENT_LOOP)
		void eventLoop(SpoeResponse response) {
			worker(response);
		}

		@SpoeMessageHandler("mono")
		Mono<Void> mono(SpoeResponse response) {
			return Mono.fromRunnable(() -> worker(response));
		}

		@SpoeMessageHandler("catching-worker")
		void catchingWorker(SpoeResponse response) {
			try {
				worker(response);
			}
			catch (SpoeAckTooLargeException ex) {
				response.setVar(SpoeScope.TRANSACTION, "more", true);
			}
		}

		@SpoeMessageHandler(value = "catching-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void catchingEventLoop(SpoeResponse response) {
			catchingWorker(response);
		}

		@SpoeMessageHandler("catching-mono")
		Mono<Void> catchingMono(SpoeResponse response) {
			return Mono.fromRunnable(() -> catchingWorker(response));
		}

	}

}
