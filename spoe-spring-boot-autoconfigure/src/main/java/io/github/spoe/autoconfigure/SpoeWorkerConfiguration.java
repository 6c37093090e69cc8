/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.github.spoe.handler.WorkerPool;

/**
 * The workers: what runs handler methods that may block. No default candidates, so that
 * Spring Boot's application task executor stays.
 */
@Configuration(proxyBeanMethods = false)
class SpoeWorkerConfiguration {

	/**
	 * Name of the bean that runs handler methods on workers.
	 */
	static final String EXECUTOR = "spoeWorkerExecutor";

	/**
	 * Name of the bean that runs handler methods whose messages are acknowledged before.
	 */
	static final String BACKGROUND_EXECUTOR = "spoeBackgroundExecutor";

	private static final String THREAD_NAME_PREFIX = "spoe-worker-";

	private static final String BACKGROUND_THREAD_NAME_PREFIX = "spoe-background-";

	private final SpoeServerProperties.Worker worker;

	private final SpoeServerProperties.Background background;

	private final Duration gracePeriod;

	private final List<TaskDecorator> taskDecorators;

	SpoeWorkerConfiguration(SpoeServerProperties properties, ObjectProvider<TaskDecorator> taskDecorators) {
		this.worker = properties.getWorker();
		this.background = properties.getBackground();
		this.gracePeriod = properties.getShutdown().getGracePeriod();
		this.taskDecorators = taskDecorators.orderedStream().toList();
	}

	@Bean(name = EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnMissingBean(name = EXECUTOR)
	WorkerPool spoeVirtualThreadWorkerExecutor() {
		return workers(virtualThreads(THREAD_NAME_PREFIX),
				PropertyRange.positive("worker.max-virtual-threads", this.worker.getMaxVirtualThreads()),
				Duration.ZERO);
	}

	@Bean(name = EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.PLATFORM)
	@ConditionalOnMissingBean(name = EXECUTOR)
	WorkerPool spoeWorkerExecutor() {
		return workers(new CustomizableThreadFactory(THREAD_NAME_PREFIX),
				PropertyRange.positive("worker.max-threads", this.worker.getMaxThreads()),
				PropertyRange.notNegative("worker.keep-alive", this.worker.getKeepAlive()));
	}

	@Bean(name = BACKGROUND_EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnMissingBean(name = BACKGROUND_EXECUTOR)
	WorkerPool spoeVirtualThreadBackgroundExecutor() {
		return background(virtualThreads(BACKGROUND_THREAD_NAME_PREFIX), Duration.ZERO);
	}

	@Bean(name = BACKGROUND_EXECUTOR, defaultCandidate = false)
	@ConditionalOnThreading(Threading.PLATFORM)
	@ConditionalOnMissingBean(name = BACKGROUND_EXECUTOR)
	WorkerPool spoeBackgroundExecutor() {
		return background(new CustomizableThreadFactory(BACKGROUND_THREAD_NAME_PREFIX), Duration.ofSeconds(60));
	}

	private WorkerPool workers(ThreadFactory threads, int maxThreads, Duration keepAlive) {
		return decorating(new WorkerPool(threads, maxThreads,
				PropertyRange.positive("worker.queue-capacity", this.worker.getQueueCapacity()), keepAlive));
	}

	// Nobody waits for its tasks but this: the server stops when all is acknowledged.
	private WorkerPool background(ThreadFactory threads, Duration keepAlive) {
		WorkerPool pool = new WorkerPool(threads,
				PropertyRange.positive("background.max-threads", this.background.getMaxThreads()),
				PropertyRange.positive("background.queue-capacity", this.background.getQueueCapacity()), keepAlive);
		pool.setCloseTimeout(PropertyRange.notNegative("shutdown.grace-period", this.gracePeriod));
		return decorating(pool);
	}

	// As Spring Boot does with its own executors.
	private WorkerPool decorating(WorkerPool pool) {
		if (!this.taskDecorators.isEmpty()) {
			pool.setTaskDecorator(new CompositeTaskDecorator(this.taskDecorators));
		}
		return pool;
	}

	private static ThreadFactory virtualThreads(String namePrefix) {
		return new VirtualThreadTaskExecutor(namePrefix).getVirtualThreadFactory();
	}

}
