/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

import io.github.spoe.SpoeExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what IDEs and documentation get to know of the properties.
 */
class ConfigurationMetadataTests {

	private static final List<Map<String, Object>> PROPERTIES = read();

	private static List<Map<String, Object>> read() {
		try {
			URL classes = SpoeServerProperties.class.getProtectionDomain().getCodeSource().getLocation();
			URL metadata = new URL(classes, "META-INF/spring-configuration-metadata.json");
			try (InputStream stream = metadata.openStream()) {
				return JsonPath.read(stream, "$.properties");
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void allPropertiesAreKnown() {
		assertThat(PROPERTIES).extracting((property) -> property.get("name"))
			.containsExactlyInAnyOrderElementsOf(properties().map((arguments) -> arguments.get()[0]).toList());
	}

	@ParameterizedTest
	@MethodSource("properties")
	void typeAndDefault(String name, Class<?> type, Object defaultValue) {
		Map<String, Object> property = property(name);
		assertThat(((String) property.get("type")).replaceAll("<.*>", "")).isEqualTo(type.getName());
		assertThat(property.get("defaultValue")).isEqualTo(defaultValue);
	}

	static Stream<Arguments> properties() {
		return Stream.of(Arguments.of("spoe.server.enabled", Boolean.class, true),
				Arguments.of("spoe.server.port", Integer.class, 9000),
				Arguments.of("spoe.server.address", InetAddress.class, null),
				Arguments.of("spoe.server.allowed-peers", List.class, null),
				Arguments.of("spoe.server.max-frame-size", DataSize.class, "128KB"),
				Arguments.of("spoe.server.max-message-size", DataSize.class, "1MB"),
				Arguments.of("spoe.server.max-connections", Integer.class, 10000),
				Arguments.of("spoe.server.max-in-flight", Integer.class, 10000),
				Arguments.of("spoe.server.max-in-flight-per-connection", Integer.class, 256),
				Arguments.of("spoe.server.max-outbound-size", DataSize.class, "64KB"),
				Arguments.of("spoe.server.timeout.hello", Duration.class, "5s"),
				Arguments.of("spoe.server.timeout.partial-frame", Duration.class, "10s"),
				Arguments.of("spoe.server.timeout.write", Duration.class, "10s"),
				Arguments.of("spoe.server.timeout.idle", Duration.class, 0),
				Arguments.of("spoe.server.var-prefix-length", Integer.class, 1),
				Arguments.of("spoe.server.pipelining", Boolean.class, true),
				Arguments.of("spoe.server.warmup", Duration.class, 0),
				Arguments.of("spoe.server.handler.execution", SpoeExecution.class, "auto"),
				Arguments.of("spoe.server.handler.timeout", Duration.class, "1s"),
				Arguments.of("spoe.server.worker.max-threads", Integer.class, 64),
				Arguments.of("spoe.server.worker.max-virtual-threads", Integer.class, 10000),
				Arguments.of("spoe.server.worker.queue-capacity", Integer.class, 10000),
				Arguments.of("spoe.server.worker.keep-alive", Duration.class, "60s"),
				Arguments.of("spoe.server.background.max-threads", Integer.class, 8),
				Arguments.of("spoe.server.background.queue-capacity", Integer.class, 1000),
				Arguments.of("spoe.server.mdc.enabled", Boolean.class, false),
				Arguments.of("spoe.server.watchdog.threshold", Duration.class, "100ms"),
				Arguments.of("spoe.server.shutdown.grace-period", Duration.class, "20s"),
				Arguments.of("spoe.server.netty.worker-threads", Integer.class, null),
				Arguments.of("spoe.server.netty.prefer-native", Boolean.class, true));
	}

	@ParameterizedTest
	@MethodSource("properties")
	void description(String name, Class<?> type) {
		String description = (String) property(name).get("description");
		assertThat(description).endsWith(".")
			.doesNotContain("\n", "<", ">", "{@", "  ")
			.doesNotStartWith("The ")
			.doesNotStartWith("A ")
			.doesNotStartWith("An ")
			.matches("[A-Z].*");
		assertThat(description.startsWith("Whether ")).isEqualTo(type == Boolean.class);
	}

	private static Map<String, Object> property(String name) {
		return PROPERTIES.stream().filter((property) -> property.get("name").equals(name)).findAny().orElseThrow();
	}

}
