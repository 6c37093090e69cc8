/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

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
	 * As many threads as Spring Boot's web servers have, as handlers wait for the same
	 * kind of things. HAProxy has at most 20 frames in flight on a connection; the queue
	 * takes them from hundreds of connections and is full long before memory is.
	 */
	private static final int THREADS = 200;

	private static final int QUEUE_CAPACITY = 10_000;

	// No default candidate: the application's own executor is none of our business.
	@Bean(name = EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnMissingBean(name = EXECUTOR)
	SimpleAsyncTaskExecutor spoeVirtualThreadWorkerExecutor() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREAD_NAME_PREFIX);
		executor.setVirtualThreads(true);
		return executor;
	}

	@Bean(name = EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.PLATFORM)
	@ConditionalOnMissingBean(name = EXECUTOR)
	ThreadPoolTaskExecutor spoeWorkerExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix(THREAD_NAME_PREFIX);
		executor.setCorePoolSize(THREADS);
		executor.setAllowCoreThreadTimeOut(true);
		executor.setQueueCapacity(QUEUE_CAPACITY);
		return executor;
	}

}
