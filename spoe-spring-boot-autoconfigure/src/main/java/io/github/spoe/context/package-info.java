/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The server in the life of an application context.
 */
@NullMarked
package io.github.spoe.context;

import org.jspecify.annotations.NullMarked;
