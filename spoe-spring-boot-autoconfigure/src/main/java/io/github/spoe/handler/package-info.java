/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Annotated handler methods: discovery, argument binding, invocation and execution.
 */
@NullMarked
package io.github.spoe.handler;

import org.jspecify.annotations.NullMarked;
