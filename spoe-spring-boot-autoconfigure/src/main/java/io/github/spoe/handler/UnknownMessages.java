/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.spoe.server.LogText;

/**
 * Messages that came but have no handler. Each is logged once, up to a number of names,
 * as they come from outside.
 */
final class UnknownMessages {

	private static final Log logger = LogFactory.getLog(UnknownMessages.class);

	private static final int MAX_NAMES = 100;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	void add(String received) {
		if (this.names.size() < MAX_NAMES && !this.names.contains(received)) {
			log(LogText.of(received));
		}
	}

	private void log(String name) {
		if (this.names.add(name)) {
			logger.warn("Message '" + name + "' has no handler and is acknowledged without variables"
					+ ((this.names.size() < MAX_NAMES) ? "" : "; further names will not be logged"));
		}
	}

}
