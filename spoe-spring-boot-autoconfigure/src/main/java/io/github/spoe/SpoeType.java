/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

/**
 * Type that a value has on the wire (SPOE.txt section 3.1). HAProxy itself sends
 * {@link #NULL}, {@link #BOOL}, {@link #INT64}, {@link #IPV4}, {@link #IPV6},
 * {@link #STRING} and {@link #BINARY}; every integer is an {@link #INT64}.
 *
 * @since 0.1.0
 */
public enum SpoeType {

	/**
	 * No value: HAProxy could not fetch the sample.
	 */
	NULL,

	/**
	 * {@code true} or {@code false}.
	 */
	BOOL,

	/**
	 * Signed integer of 32 bits.
	 */
	INT32,

	/**
	 * Unsigned integer of 32 bits.
	 */
	UINT32,

	/**
	 * Signed integer of 64 bits.
	 */
	INT64,

	/**
	 * Unsigned integer of 64 bits.
	 */
	UINT64,

	/**
	 * IPv4 address.
	 */
	IPV4,

	/**
	 * IPv6 address.
	 */
	IPV6,

	/**
	 * Text. The wire names no charset, it is taken for UTF-8.
	 */
	STRING,

	/**
	 * Bytes.
	 */
	BINARY

}
