/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

/**
 * What bounds the ACKs of a connection.
 *
 * @param length the greatest length of the frame in bytes
 * @param varPrefixLength how many characters HAProxy has between the scope and the name
 * of a variable, its two dots not counted
 */
record AckLimits(int length, int varPrefixLength) {

}
