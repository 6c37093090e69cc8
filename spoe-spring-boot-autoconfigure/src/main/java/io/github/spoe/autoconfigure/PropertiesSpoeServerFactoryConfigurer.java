/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import io.github.spoe.server.netty.NettySpoeServerFactory;
import io.github.spoe.spop.Negotiator;

/**
 * Applies {@link SpoeServerProperties} to a {@link NettySpoeServerFactory}.
 */
class PropertiesSpoeServerFactoryConfigurer {

	/**
	 * Far above any {@code tune.bufsize}, and far below the greatest array.
	 */
	private static final DataSize MAX_FRAME_SIZE = DataSize.ofMegabytes(16);

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
		factory.setMaxFrameSize(maxFrameSize(this.properties.getMaxFrameSize()));
		factory.setPipelining(this.properties.isPipelining());
		factory.setWarmup(notNegative("warmup", this.properties.getWarmup()));
		factory.setShutdownGracePeriod(
				notNegative("shutdown.grace-period", this.properties.getShutdown().getGracePeriod()));
		map.from(this.properties.getNetty()::getWorkerThreads).as(this::workerThreads).to(factory::setWorkerThreads);
		factory.setPreferNative(this.properties.getNetty().isPreferNative());
	}

	private int port(int port) {
		check(port >= 0 && port <= MAX_PORT, "port", port, "Must be from 0 to " + MAX_PORT);
		return port;
	}

	private int maxFrameSize(DataSize size) {
		check(size.toBytes() >= Negotiator.MIN_MAX_FRAME_SIZE && size.compareTo(MAX_FRAME_SIZE) <= 0, "max-frame-size",
				size, "Must be from " + Negotiator.MIN_MAX_FRAME_SIZE + "B to " + MAX_FRAME_SIZE.toMegabytes() + "MB");
		return (int) size.toBytes();
	}

	private Duration notNegative(String name, Duration duration) {
		check(!duration.isNegative(), name, duration, "Must not be negative");
		return duration;
	}

	private int workerThreads(int threads) {
		check(threads > 0, "netty.worker-threads", threads, "Must be at least 1");
		return threads;
	}

	private void check(boolean valid, String name, Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("spoe.server." + name, value, reason);
		}
	}

}
