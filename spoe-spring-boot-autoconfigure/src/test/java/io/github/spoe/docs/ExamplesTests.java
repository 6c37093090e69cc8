/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.autoconfigure.SpoeServerAutoConfiguration;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.context.SpoeServerPortListener;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the examples of the documentation do what it says.
 */
@Timeout(30)
class ExamplesTests {

	private static AnnotationConfigApplicationContext context;

	private static SpopTestClient client;

	@BeforeAll
	static void start() throws IOException {
		context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("spoe.server.port=0", "spoe.server.address=127.0.0.1", "audit.message=audit-request")
			.applyTo(context);
		context.register(ApplicationConfiguration.class, BindingExamples.class, ExecutionExamples.class,
				ClientScores.class, FailClosed.class, Maintenance.class, TenantResolver.class, Peers.class,
				SpoeServerAutoConfiguration.class);
		context.refresh();
		client = SpopTestClient
			.hello(context.getEnvironment().getRequiredProperty(SpoeServerPortListener.PROPERTY, Integer.class));
	}

	@AfterAll
	static void stop() throws IOException {
		client.close();
		context.close();
	}

	@Test
	void absentArguments() throws IOException {
		assertThat(ask("check-login", "user", "ada")).containsExactly("suspicious=false");
		assertThat(ask("check-login", "user", "ada", "proxy", "192.0.2.1")).containsExactly("suspicious=true");
		assertThat(ask("check-login")).containsExactly("verdict=denied");
	}

	@Test
	void record() throws IOException {
		assertThat(ask("check-client", "src", "192.0.2.1", "src_port", TypedData.of(443), "method", "GET"))
			.containsExactly("trusted=true");
		assertThat(ask("check-client", "src", "192.0.2.1", "src_port", TypedData.of(443), "method", "POST"))
			.containsExactly("trusted=false");
	}

	@Test
	void headers() throws IOException {
		assertThat(ask("check-headers", "hdrs", "Host: example.com\r\n\r\n")).containsExactly("host=example.com");
	}

	@Test
	void message() throws IOException {
		assertThat(ask("dump", "a", "b", "", TypedData.NULL)).containsExactly("names=a:STRING :NULL");
	}

	@Test
	void answerThatIsTooLarge() throws IOException {
		assertThat(ask("explain", "text", "short")).containsExactly("reason=short");
		byte[] malformed = new byte[10_000];
		Arrays.fill(malformed, (byte) 0xFF);
		assertThat(ask("explain", "text", TypedData.of(malformed))).containsExactly("reason=" + "\uFFFD".repeat(10));
	}

	@Test
	void resolver() throws IOException {
		assertThat(ask("tenant", "host", "example.com")).containsExactly("tenant=example.com");
		assertThat(ask("tenant")).containsExactly("tenant=default");
	}

	@Test
	void execution() throws IOException {
		for (String message : List.of("lookup-client-ip", "ask-client-ip")) {
			assertThat(ask(message, "ip", "10.0.0.1")).containsExactly("score=100");
		}
		assertThat(ask("check-client-ip", "ip", "10.0.0.1")).containsExactly("local=true");
		assertThat(ask("check-token", "token", "1")).containsExactly("user=user-1");
		assertThat(ask("check-session", "cookie", "1")).containsExactly("user=user-1");
	}

	@Test
	void background() throws IOException {
		assertThat(ask("audit")).isEmpty();
	}

	@Test
	void defaultHandler() throws IOException {
		assertThat(ask("nobody-knows")).containsExactly("unhandled=nobody-knows");
	}

	@Test
	void exceptionHandlers() throws IOException {
		assertThat(ask("lookup-client-ip", "ip", "127.0.0.1")).containsExactly("score=0");
		assertThat(ask("lookup-client-ip")).containsExactly("verdict=denied");
	}

	@Test
	void kotlin() throws IOException {
		assertThat(ask("score-client", "ip", "192.0.2.1")).containsExactly("ip_score=444");
		assertThat(ask("score-client", "ip", "192.0.2.1", "port", TypedData.of(80), "agent", "curl"))
			.containsExactly("ip_score=85");
	}

	@Test
	void interceptor() throws IOException {
		Maintenance maintenance = context.getBean(Maintenance.class);
		maintenance.set(true);
		assertThat(ask("check-client-ip", "ip", "10.0.0.1")).containsExactly("verdict=maintenance");
		maintenance.set(false);
	}

	private static List<String> ask(String message, Object... arguments) throws IOException {
		for (int i = 1; i < arguments.length; i += 2) {
			arguments[i] = (arguments[i] instanceof String text) ? TypedData.of(text) : arguments[i];
		}
		client.send(new Notify(1, 1, List.of(SpopTestClient.message(message, arguments)))::write);
		Ack ack = client.readAck();
		return ack.actions().stream().map((action) -> action.name() + "=" + action.value().value()).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class ApplicationConfiguration {

		@Bean(destroyMethod = "shutdownNow")
		ExecutorService databaseExecutor() {
			return Executors.newSingleThreadExecutor();
		}

		@SpoeMessageHandler("tenant")
		void handle(Tenant tenant, SpoeResponse response) {
			response.setVar(SpoeScope.SESSION, "tenant", tenant.name());
		}

	}

}
