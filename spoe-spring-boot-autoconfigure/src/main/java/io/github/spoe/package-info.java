/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What handler code touches: the annotations and the types a handler method is given.
 */
@NullMarked
package io.github.spoe;

import org.jspecify.annotations.NullMarked;
