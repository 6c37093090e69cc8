/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.context;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Publishes the port of a started server as the property {@value #PROPERTY}, which tells
 * a test the port it got for 0.
 *
 * @since 0.1.0
 */
public class SpoeServerPortListener implements ApplicationListener<SpoeServerStartedEvent> {

	/**
	 * Name of the property.
	 */
	public static final String PROPERTY = "local.spoe.server.port";

	/**
	 * Property source that Spring Boot's servers publish their ports in.
	 */
	private static final String SOURCE = "server.ports";

	private final ConfigurableEnvironment environment;

	/**
	 * Create a new listener.
	 * @param environment the environment that gets the property
	 */
	public SpoeServerPortListener(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(SpoeServerStartedEvent event) {
		if (event.getServer().address() instanceof InetSocketAddress address) {
			ports().put(PROPERTY, address.getPort());
		}
	}

	private Map<String, Object> ports() {
		MutablePropertySources sources = this.environment.getPropertySources();
		if (sources.get(SOURCE) instanceof MapPropertySource source) {
			return source.getSource();
		}
		Map<String, Object> ports = new HashMap<>();
		sources.addFirst(new MapPropertySource(SOURCE, ports));
		return ports;
	}

}
