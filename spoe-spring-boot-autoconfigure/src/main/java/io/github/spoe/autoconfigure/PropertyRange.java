/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Checks that values of properties {@code spoe.server.*} are in their range.
 */
final class PropertyRange {

	private PropertyRange() {
	}

	static int positive(String name, int value) {
		check(value > 0, name, value, "Must be at least 1");
		return value;
	}

	static Duration notNegative(String name, Duration duration) {
		check(!duration.isNegative(), name, duration, "Must not be negative");
		return duration;
	}

	/**
	 * Check a value.
	 * @param valid whether it is in its range
	 * @param name the name of the property, without the prefix
	 * @param value the value
	 * @param reason what the range is
	 * @throws InvalidConfigurationPropertyValueException if it is not
	 */
	static void check(boolean valid, String name, Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("spoe.server." + name, value, reason);
		}
	}

}
