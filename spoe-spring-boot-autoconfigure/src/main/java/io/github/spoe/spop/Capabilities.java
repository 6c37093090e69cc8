/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a peer can do: names, separated by commas in a HELLO (SPOE.txt section 3.2.1).
 *
 * @since 0.1.0
 */
public final class Capabilities {

	/**
	 * Frames of a connection may be answered in any order.
	 */
	public static final String PIPELINING = "pipelining";

	/**
	 * A NOTIFY may come in pieces. Used by HAProxy up to 3.0 if the agent says it.
	 */
	public static final String FRAGMENTATION = "fragmentation";

	/**
	 * A frame may be answered on another connection. Removed in HAProxy 3.1.
	 */
	public static final String ASYNC = "async";

	private Capabilities() {
	}

	static Set<String> parse(String text) {
		return Arrays.stream(text.split(","))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	static String format(Set<String> names) {
		return String.join(",", names);
	}

}
