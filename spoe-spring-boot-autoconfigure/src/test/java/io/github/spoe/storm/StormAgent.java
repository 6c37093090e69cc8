/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.autoconfigure.SpoeMetricsAutoConfiguration;
import io.github.spoe.autoconfigure.SpoeServerAutoConfiguration;
import io.github.spoe.context.SpoeServerLifecycle;
import io.github.spoe.context.SpoeServerPortListener;
import io.github.spoe.handler.WorkerPool;
import io.github.spoe.server.SpoeServerCustomizer;

import static org.awaitility.Awaitility.await;

/**
 * An application as the auto-configuration makes it, with a look at what it uses.
 */
final class StormAgent implements AutoCloseable {

	static final String INLINE = "inline";

	static final String WORKER = "worker";

	static final String LATER = "later";

	static final String LARGE = "large";

	static final String LARGE_WORKER = "large-worker";

	/**
	 * The argument of each message, and the variable that its answer sets.
	 */
	static final String NUMBER = "number";

	static final int LARGE_SIZE = 15_000;

	/**
	 * What is there for any storm, such as code, and is not there before the first.
	 */
	private static final long HEAP_MARGIN = 1536 * 1024;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final PropertyAccessor server;

	private final PropertyAccessor workers;

	StormAgent(String... properties) {
		TestPropertyValues.of("spoe.server.port=0", "spoe.server.address=127.0.0.1")
			.and(properties)
			.applyTo(this.context);
		this.context.register(Handlers.class, SpoeMetricsAutoConfiguration.class, SpoeServerAutoConfiguration.class);
		this.context.refresh();
		this.server = new DirectFieldAccessor(this.context.getBean(SpoeServerLifecycle.class));
		this.workers = new DirectFieldAccessor(this.context.getBean("spoeWorkerExecutor", WorkerPool.class));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty(SpoeServerPortListener.PROPERTY, Integer.class);
	}

	int channels() {
		Object channels = this.server.getPropertyValue("server.connections");
		return ((Collection<?>) channels).size();
	}

	static long buffers() {
		return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
	}

	/**
	 * Return how often each fault has happened, of those that have.
	 */
	Map<String, Long> faults() {
		return registry().find("spoe.server.faults")
			.counters()
			.stream()
			.filter((counter) -> counter.count() > 0)
			.collect(Collectors.toMap((counter) -> counter.getId().getTag("fault"),
					(counter) -> (long) counter.count()));
	}

	private MeterRegistry registry() {
		return this.context.getBean(MeterRegistry.class);
	}

	Usage.Held held() {
		return new Usage.Held(channels(), count("server.admission.open.count"), count("server.admission.refused.count"),
				gauge("spoe.server.connections.active"), count("server.settings.inFlight.count"),
				gauge("spoe.server.notify.active"), ((Number) this.workers.getPropertyValue("queued")).longValue());
	}

	private long count(String path) {
		return ((Number) this.server.getPropertyValue(path)).longValue();
	}

	private long gauge(String name) {
		return (long) registry().get(name).gauge().value();
	}

	/**
	 * Return what is used, once there is one connection and nothing else.
	 */
	Usage usageWhenIdle() {
		await().atMost(Duration.ofSeconds(30)).until(this::held, Usage.Held.ONE_CONNECTION::equals);
		return usage();
	}

	private Usage usage() {
		System.gc();
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return new Usage(heap, buffers(), PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory(), held());
	}

	/**
	 * Return what is used, once it is no more than before; or, if that takes too long,
	 * what is used then.
	 */
	Usage usageWhenBackAt(Usage before) {
		usageWhenIdle();
		try {
			return await().pollInterval(Duration.ofMillis(200))
				.atMost(Duration.ofSeconds(15))
				.until(this::usage, (usage) -> isBackAt(usage, before));
		}
		catch (ConditionTimeoutException ex) {
			return usage();
		}
	}

	static boolean isBackAt(Usage usage, Usage before) {
		return usage.heap() <= before.heap() + HEAP_MARGIN && usage.buffers() <= before.buffers()
				&& usage.held().equals(before.held());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		private static final int SEND_BUFFER = 64 * 1024;

		private static final byte[] LARGE_VALUE = new byte[LARGE_SIZE];

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		// What the system takes for a peer that does not read is megabytes, in time.
		@Bean
		SpoeServerCustomizer smallSendBuffers() {
			return (server) -> StormTests.FULL ? server : server.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
		}

		@SpoeMessageHandler(value = INLINE, execution = SpoeExecution.EVENT_LOOP)
		void inline(@SpoeArg(NUMBER) long number, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, NUMBER, number + 1);
		}

		@SpoeMessageHandler(value = WORKER, execution = SpoeExecution.WORKER)
		void worker(@SpoeArg(NUMBER) long number, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, NUMBER, number + 1);
		}

		@SpoeMessageHandler(LATER)
		CompletionStage<Void> later(@SpoeArg(NUMBER) long number, SpoeResponse response) {
			Executor soon = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);
			return CompletableFuture.runAsync(() -> response.setVar(SpoeScope.TRANSACTION, NUMBER, number + 1), soon);
		}

		@SpoeMessageHandler(value = LARGE, execution = SpoeExecution.EVENT_LOOP)
		void large(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, NUMBER, LARGE_VALUE);
		}

		@SpoeMessageHandler(value = LARGE_WORKER, execution = SpoeExecution.WORKER)
		void largeOnWorker(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, NUMBER, LARGE_VALUE);
		}

	}

}
