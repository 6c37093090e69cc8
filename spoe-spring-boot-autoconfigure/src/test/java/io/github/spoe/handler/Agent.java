/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.List;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import io.github.spoe.autoconfigure.SpoeServerAutoConfiguration;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.context.SpoeServerPortListener;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

/**
 * An application with handlers whose server listens on a free port, and a connection to
 * it.
 */
final class Agent implements AutoCloseable {

	private final GenericApplicationContext context;

	private final SpopTestClient client;

	private Agent(GenericApplicationContext context) throws IOException {
		this.context = context;
		this.client = connect();
	}

	static Agent start(Class<?>... components) throws IOException {
		return start(List.of(), components);
	}

	static Agent start(List<String> properties, Class<?>... components) throws IOException {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("spoe.server.port=0", "spoe.server.address=127.0.0.1").and(properties).applyTo(context);
		context.register(components);
		context.register(SpoeServerAutoConfiguration.class);
		context.refresh();
		return new Agent(context);
	}

	/**
	 * Take over an application that runs.
	 */
	static Agent of(GenericApplicationContext context) throws IOException {
		return new Agent(context);
	}

	GenericApplicationContext context() {
		return this.context;
	}

	SpopTestClient client() {
		return this.client;
	}

	/**
	 * Open a further connection.
	 */
	SpopTestClient connect() throws IOException {
		return SpopTestClient
			.hello(this.context.getEnvironment().getRequiredProperty(SpoeServerPortListener.PROPERTY, Integer.class));
	}

	/**
	 * Send a NOTIFY of one message.
	 * @param arguments pairs of a name and a {@link TypedData}
	 * @return the variables of its ACK, such as {@code name=value} and {@code unset name}
	 */
	List<String> ask(String message, Object... arguments) throws IOException {
		return ask(SpopTestClient.message(message, arguments));
	}

	/**
	 * Send a NOTIFY.
	 * @return the variables of its ACK, such as {@code name=value} and {@code unset name}
	 */
	List<String> ask(Notify.Message... messages) throws IOException {
		this.client.send(new Notify(1, 1, List.of(messages))::write);
		return variables(this.client.readAck());
	}

	static List<String> variables(Ack ack) {
		return ack.actions()
			.stream()
			.map((action) -> (action.value() != null) ? action.name() + "=" + action.value().value()
					: "unset " + action.name())
			.toList();
	}

	@Override
	public void close() throws IOException {
		this.client.close();
		this.context.close();
	}

}
