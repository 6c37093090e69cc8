/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.context;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.spoe.server.SpoeServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoeServerPortListener}.
 */
class SpoeServerPortListenerTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final SpoeServerPortListener listener = new SpoeServerPortListener(this.environment);

	@Test
	void publishesThePort() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("application", Map.of("local.spoe.server.port", 1)));
		this.listener.onApplicationEvent(started(new InetSocketAddress(4711)));
		assertThat(this.environment.getProperty("local.spoe.server.port", Integer.class)).isEqualTo(4711);
	}

	@Test
	void publishesThePortOfTheLastStart() {
		this.listener.onApplicationEvent(started(new InetSocketAddress(4711)));
		this.listener.onApplicationEvent(started(new InetSocketAddress(4712)));
		assertThat(this.environment.getProperty(SpoeServerPortListener.PROPERTY, Integer.class)).isEqualTo(4712);
	}

	@Test
	void sharesThePropertySourceOfOtherServers() {
		Map<String, Object> ports = new HashMap<>(Map.of("local.server.port", 8080));
		this.environment.getPropertySources().addFirst(new MapPropertySource("server.ports", ports));
		this.listener.onApplicationEvent(started(new InetSocketAddress(4711)));
		assertThat(ports)
			.containsExactlyInAnyOrderEntriesOf(Map.of("local.server.port", 8080, "local.spoe.server.port", 4711));
	}

	@Test
	void ignoresAnAddressWithoutPort() {
		this.listener.onApplicationEvent(started(UnixDomainSocketAddress.of(Path.of("spoe.sock"))));
		assertThat(this.environment.containsProperty(SpoeServerPortListener.PROPERTY)).isFalse();
	}

	private static SpoeServerStartedEvent started(SocketAddress address) {
		return new SpoeServerStartedEvent(new SpoeServer() {

			@Override
			public void start() {
			}

			@Override
			public CompletionStage<Void> stop() {
				return CompletableFuture.completedFuture(null);
			}

			@Override
			public SocketAddress address() {
				return address;
			}

		});
	}

}
