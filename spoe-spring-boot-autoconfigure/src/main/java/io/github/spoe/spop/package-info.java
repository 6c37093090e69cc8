/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * SPOP on the wire: frames, typed data and variable-length integers. All is written to
 * byte arrays, with a {@link io.github.spoe.spop.ByteWriter}. Frames and the payload of a
 * NOTIFY are read from byte arrays, with a {@link io.github.spoe.spop.ByteReader}; other
 * payloads, which the agent reads once in a connection, from a
 * {@link io.netty.buffer.ByteBuf}.
 */
@NullMarked
package io.github.spoe.spop;

import org.jspecify.annotations.NullMarked;
