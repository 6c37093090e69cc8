/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.server.netty.AddressRange;
import io.github.spoe.server.netty.NettySpoeServerFactory;
import io.github.spoe.spop.Negotiator;

/**
 * Applies {@link SpoeServerProperties} to a {@link NettySpoeServerFactory}.
 */
class PropertiesSpoeServerFactoryConfigurer {

	/**
	 * Far above any {@code tune.bufsize}, and far below the greatest array.
	 */
	private static final DataSize MAX_NOTIFY_SIZE = DataSize.ofMegabytes(16);

	/**
	 * Of the 63 characters of a variable, what the longest scope, two dots and the
	 * shortest name leave.
	 */
	private static final int MAX_VAR_PREFIX_LENGTH = 56;

	private static final Duration MIN_WATCHDOG_THRESHOLD = Duration.ofMillis(1);

	private static final int MAX_PORT = 65535;

	private final SpoeServerProperties properties;

	PropertiesSpoeServerFactoryConfigurer(SpoeServerProperties properties) {
		this.properties = properties;
	}

	/**
	 * Apply the properties.
	 * @param factory the factory to configure
	 * @throws InvalidConfigurationPropertyValueException if a value is out of range
	 */
	void configure(NettySpoeServerFactory factory) {
		PropertyMapper map = PropertyMapper.get();
		factory.setPort(port(this.properties.getPort()));
		map.from(this.properties::getAddress).to(factory::setAddress);
		factory.setAllowedPeers(this.properties.getAllowedPeers().stream().map(this::addressRange).toList());
		factory.setMaxFrameSize(notifySize("max-frame-size", this.properties.getMaxFrameSize()));
		factory.setVarPrefixLength(varPrefixLength(this.properties.getVarPrefixLength()));
		factory.setPipelining(this.properties.isPipelining());
		factory.setLimits(limits());
		factory.setTimeouts(timeouts(this.properties.getTimeout()));
		factory.setWarmup(PropertyRange.notNegative("warmup", this.properties.getWarmup()));
		factory.setWatchdogThreshold(watchdogThreshold(this.properties.getWatchdog().getThreshold()));
		factory.setShutdownGracePeriod(
				PropertyRange.notNegative("shutdown.grace-period", this.properties.getShutdown().getGracePeriod()));
		map.from(this.properties.getNetty()::getWorkerThreads)
			.as((threads) -> PropertyRange.positive("netty.worker-threads", threads))
			.to(factory::setWorkerThreads);
		factory.setPreferNative(this.properties.getNetty().isPreferNative());
	}

	private int port(int port) {
		PropertyRange.check(port >= 0 && port <= MAX_PORT, "port", port, "Must be from 0 to " + MAX_PORT);
		return port;
	}

	private AddressRange addressRange(String text) {
		try {
			return AddressRange.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("spoe.server.allowed-peers", text,
					"Must be addresses and CIDR ranges, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32: "
							+ ex.getMessage(),
					ex);
		}
	}

	private int notifySize(String name, DataSize size) {
		PropertyRange.check(size.toBytes() >= Negotiator.MIN_MAX_FRAME_SIZE && size.compareTo(MAX_NOTIFY_SIZE) <= 0,
				name, size,
				"Must be from " + Negotiator.MIN_MAX_FRAME_SIZE + "B to " + MAX_NOTIFY_SIZE.toMegabytes() + "MB");
		return (int) size.toBytes();
	}

	private int varPrefixLength(int length) {
		PropertyRange.check(length >= 1 && length <= MAX_VAR_PREFIX_LENGTH, "var-prefix-length", length,
				"Must be from 1 to " + MAX_VAR_PREFIX_LENGTH);
		return length;
	}

	private SpoeServerLimits limits() {
		return new SpoeServerLimits(PropertyRange.positive("max-connections", this.properties.getMaxConnections()),
				PropertyRange.positive("max-in-flight", this.properties.getMaxInFlight()),
				PropertyRange.positive("max-in-flight-per-connection", this.properties.getMaxInFlightPerConnection()),
				notifySize("max-message-size", this.properties.getMaxMessageSize()),
				size("max-outbound-size", this.properties.getMaxOutboundSize()));
	}

	private int size(String name, DataSize size) {
		PropertyRange.check(size.toBytes() >= Negotiator.MIN_MAX_FRAME_SIZE && size.toBytes() <= Integer.MAX_VALUE / 2,
				name, size, "Must be from " + Negotiator.MIN_MAX_FRAME_SIZE + "B to " + Integer.MAX_VALUE / 2 + "B");
		return (int) size.toBytes();
	}

	private SpoeServerTimeouts timeouts(SpoeServerProperties.Timeout timeout) {
		return new SpoeServerTimeouts(PropertyRange.notNegative("timeout.hello", timeout.getHello()),
				PropertyRange.notNegative("timeout.partial-frame", timeout.getPartialFrame()),
				PropertyRange.notNegative("timeout.write", timeout.getWrite()),
				PropertyRange.notNegative("timeout.idle", timeout.getIdle()));
	}

	private Duration watchdogThreshold(Duration threshold) {
		PropertyRange.check(threshold.isZero() || threshold.compareTo(MIN_WATCHDOG_THRESHOLD) >= 0,
				"watchdog.threshold", threshold, "Must be at least 1ms, or 0 for none");
		return threshold;
	}

}
