/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What an SPOE server is: what creates it, what customizes it and what answers its
 * messages.
 */
@NullMarked
package io.github.spoe.server;

import org.jspecify.annotations.NullMarked;
