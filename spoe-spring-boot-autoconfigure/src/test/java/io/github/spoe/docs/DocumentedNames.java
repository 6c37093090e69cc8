/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.github.spoe.autoconfigure.SpoeServerAutoConfiguration;
import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;

/**
 * Names that begin with {@code spoe} and that pages may write about.
 */
final class DocumentedNames {

	private DocumentedNames() {
	}

	/**
	 * Return the names of the properties, from their metadata.
	 * @return the names
	 * @throws IOException if the metadata cannot be read
	 */
	static List<String> properties() throws IOException {
		URL classes = SpoeServerAutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation();
		URL metadata = new URL(classes, "META-INF/spring-configuration-metadata.json");
		try (InputStream stream = metadata.openStream()) {
			return JsonPath.read(stream, "$.properties[*].name");
		}
	}

	/**
	 * Return the names of the meters, from a registry that has them all.
	 * @return the names
	 */
	static List<String> meters() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		SpoeMetrics metrics = new MicrometerSpoeMetrics(registry);
		metrics.notify(SpoeOutcome.SUCCESS);
		metrics.message("check", SpoeOutcome.SUCCESS, null);
		metrics.fault(SpoeFault.TIMEOUT);
		return registry.getMeters().stream().map((meter) -> meter.getId().getName()).toList();
	}

}
