/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Auto-configuration of the SPOE agent.
 */
@NullMarked
package io.github.spoe.autoconfigure;

import org.jspecify.annotations.NullMarked;
