/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

/**
 * When a message is acknowledged.
 *
 * @since 0.1.0
 */
public enum SpoeAcknowledge {

	/**
	 * Once the handler method is done, with the variables that it set.
	 */
	AFTER,

	/**
	 * Before the handler method is called, so that HAProxy does not wait for it. The
	 * method sets no variables: it logs, mirrors or only detects. It runs on threads of
	 * the background ({@code spoe.server.background}), or its own executor, without a
	 * deadline. What is too much for them is dropped, logged and counted; exception
	 * handlers are not asked.
	 */
	BEFORE

}
