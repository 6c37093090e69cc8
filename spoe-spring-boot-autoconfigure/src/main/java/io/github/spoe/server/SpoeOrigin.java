/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import io.github.spoe.SpoeContext;

/**
 * Tells where a frame comes from.
 *
 * @since 0.1.0
 */
public interface SpoeOrigin {

	/**
	 * Return where the frame comes from.
	 * @return the context
	 */
	SpoeContext getContext();

}
