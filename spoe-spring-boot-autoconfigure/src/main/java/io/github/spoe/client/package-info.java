/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A small SPOP client that plays HAProxy towards an agent: for tests and load.
 */
@NullMarked
package io.github.spoe.client;

import org.jspecify.annotations.NullMarked;
