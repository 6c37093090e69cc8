/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Sample application: scores the addresses of HAProxy's clients.
 */
package io.github.spoe.sample;
