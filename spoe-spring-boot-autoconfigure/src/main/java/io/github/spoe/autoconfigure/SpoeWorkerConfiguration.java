/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.time.Duration;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.github.spoe.handler.WorkerPool;

/**
 * The workers: what runs handler methods that may block.
 */
@Configuration(proxyBeanMethods = false)
class SpoeWorkerConfiguration {

	/**
	 * Name of the bean that runs handler methods on workers.
	 */
	static final String EXECUTOR = "spoeWorkerExecutor";

	private static final String THREAD_NAME_PREFIX = "spoe-worker-";

	/**
	 * Threads that wait for something cost little, and idle ones end.
	 */
	private static final int THREADS = 64;

	/**
	 * Virtual threads cost next to nothing.
	 */
	private static final int VIRTUAL_THREADS = 10_000;

	/**
	 * HAProxy has at most 20 frames in flight on a connection: enough for hundreds of
	 * connections.
	 */
	private static final int QUEUE_CAPACITY = 10_000;

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

	// No default candidate: Spring Boot's application task executor is to stay.
	@Bean(name = EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnMissingBean(name = EXECUTOR)
	WorkerPool spoeVirtualThreadWorkerExecutor() {
		return new WorkerPool(new VirtualThreadTaskExecutor(THREAD_NAME_PREFIX).getVirtualThreadFactory(),
				VIRTUAL_THREADS, QUEUE_CAPACITY, Duration.ZERO);
	}

	@Bean(name = EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.PLATFORM)
	@ConditionalOnMissingBean(name = EXECUTOR)
	WorkerPool spoeWorkerExecutor() {
		return new WorkerPool(new CustomizableThreadFactory(THREAD_NAME_PREFIX), THREADS, QUEUE_CAPACITY, KEEP_ALIVE);
	}

}
