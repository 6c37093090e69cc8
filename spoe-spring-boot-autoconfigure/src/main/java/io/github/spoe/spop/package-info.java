/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * SPOP on the wire: frames, typed data and variable-length integers as stateless codecs
 * over {@link io.netty.buffer.ByteBuf}.
 */
@NullMarked
package io.github.spoe.spop;

import org.jspecify.annotations.NullMarked;
