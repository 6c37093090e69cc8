/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Meters of the server and the handlers, on Micrometer.
 */
@NullMarked
package io.github.spoe.observation;

import org.jspecify.annotations.NullMarked;
