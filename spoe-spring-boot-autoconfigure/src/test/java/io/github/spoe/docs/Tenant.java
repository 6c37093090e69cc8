/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

/**
 * Whom a request is for.
 *
 * @param name the name
 */
record Tenant(String name) {

}
