/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.spoe.sample.SampleApplication;

/**
 * The application with some more handlers, running on the loopback interface. Its web
 * server, which is not needed, would take two seconds to stop.
 */
final class Agent implements AutoCloseable {

	private static final List<String> PROPERTIES = List.of("spoe.server.address=127.0.0.1",
			"spring.main.banner-mode=off", "logging.level.root=warn",
			// Handlers that fail are part of the tests.
			"logging.level.io.github.spoe.handler=error");

	private final ConfigurableApplicationContext context;

	private Agent(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Agent start(String... properties) {
		return start(Ports.free(), properties);
	}

	/**
	 * Start an agent.
	 * @param properties properties such as {@code spoe.server.pipelining=false}
	 */
	static Agent start(int port, String... properties) {
		return new Agent(
				new SpringApplicationBuilder(SampleApplication.class, RecordingHandlers.class, VariableHandlers.class,
						WaitingHandlers.class, ReturningHandlers.class, FullHandlers.class, ChecksumHandlers.class,
						LargeHandlers.class, GuardingHandlers.class, FailClosed.class)
					.web(WebApplicationType.NONE)
					.run(arguments(port, properties).toArray(String[]::new)));
	}

	/**
	 * Return the arguments of the application.
	 */
	static List<String> arguments(int port, String... properties) {
		return Stream.of(PROPERTIES.stream(), Stream.of("spoe.server.port=" + port), Stream.of(properties))
			.flatMap(Function.identity())
			.map("--"::concat)
			.toList();
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.spoe.server.port", Integer.class);
	}

	<T> T handlers(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
