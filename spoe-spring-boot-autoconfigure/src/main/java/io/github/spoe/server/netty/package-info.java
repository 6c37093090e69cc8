/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * SPOE server on Reactor Netty.
 */
@NullMarked
package io.github.spoe.server.netty;

import org.jspecify.annotations.NullMarked;
