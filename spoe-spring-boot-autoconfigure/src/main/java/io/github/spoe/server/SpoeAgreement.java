/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What HAProxy and the agent have agreed on by HELLO, for one connection.
 *
 * @param engineId what HAProxy calls the engine that the connection belongs to, or
 * {@code null} if it did not say: one for each thread up to HAProxy 3.0, one for each
 * process from 3.1 on
 * @param version the version of the protocol, such as {@code 2.0}
 * @param maxFrameSize the greatest length of a frame in bytes
 * @param capabilities what both can do, such as {@code pipelining}
 * @since 0.1.0
 */
public record SpoeAgreement(@Nullable String engineId, String version, int maxFrameSize, Set<String> capabilities) {

	/**
	 * Create a new agreement.
	 */
	public SpoeAgreement {
		capabilities = Set.copyOf(capabilities);
	}

}
