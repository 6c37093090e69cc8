/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeWarmup;

/**
 * {@link SpoeWarmup} of handler methods: of those of the application that say that they
 * may be called, and of one that the application does not have, called where its own are.
 * <p>
 * The workers are of the warm-up. Those of the application may be measured, and are not
 * to be taken by a handler that blocks.
 */
final class HandlerWarmup implements SpoeWarmup {

	private static final int THREADS = 64;

	private static final int QUEUE_CAPACITY = 10_000;

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);

	private final AtomicInteger threads = new AtomicInteger();

	private final WorkerPool workers = new WorkerPool(this::thread, THREADS, QUEUE_CAPACITY, KEEP_ALIVE);

	private final List<Message> messages = new ArrayList<>();

	private final SpoeDispatcher dispatcher;

	private volatile boolean closed;

	/**
	 * Create a new warm-up.
	 * @param methods the handler methods of the application
	 * @param factory what creates handler methods
	 * @param metrics what they are measured with, of which nothing is kept
	 */
	HandlerWarmup(HandlerMethods methods, HandlerMethodFactory factory, SpoeMetrics metrics) {
		Map<String, HandlerMethod> handlers = new HashMap<>();
		methods.forWarmup().forEach((name, handler) -> add(handlers, name, handler));
		// Names that HAProxy's configuration cannot have.
		if (uses(methods, HandlerMethod::isOnEventLoop)) {
			add(handlers, "warm-up on event loop", Pipeline.handler(factory, HandlerSettings.EVENT_LOOP));
		}
		if (uses(methods, (handler) -> !handler.isOnEventLoop())) {
			add(handlers, "warm-up on worker", Pipeline.handler(factory, HandlerSettings.WORKER));
		}
		this.dispatcher = new HandlerMethodDispatcher(new HandlerTable(handlers, metrics), this::execute);
	}

	private static boolean uses(HandlerMethods methods, Predicate<HandlerMethod> place) {
		return methods.byMessage().values().stream().anyMatch(place);
	}

	private void add(Map<String, HandlerMethod> handlers, String name, HandlerMethod handler) {
		Map<String, Object> arguments = handler.makeUpArguments();
		if (arguments != null) {
			handlers.put(name, handler.forWarmup());
			this.messages.add(new Message(name, arguments));
		}
	}

	private Thread thread(Runnable worker) {
		Thread thread = new Thread(worker, "spoe-warmup-worker-" + this.threads.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

	private void execute(Runnable task) {
		this.workers.execute(() -> {
			if (!this.closed) {
				task.run();
			}
		});
	}

	@Override
	public List<Message> getMessages() {
		return this.messages;
	}

	@Override
	public SpoeDispatcher getDispatcher() {
		return this.dispatcher;
	}

	@Override
	public void close() {
		this.closed = true;
		this.workers.close();
	}

	/**
	 * The handler of a usual message, which does nothing but what all handlers do.
	 */
	static final class Pipeline {

		private static HandlerMethod handler(HandlerMethodFactory factory, HandlerSettings settings) {
			DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
			beanFactory.registerSingleton("pipeline", new Pipeline());
			Method method = ReflectionUtils.findMethod(Pipeline.class, "handle", (Class<?>[]) null);
			Assert.state(method != null, "The method is here");
			return factory.createForWarmup(new HandlerBean(beanFactory, "pipeline", method), method, settings);
		}

		void handle(@SpoeArg("ip") InetAddress ip, @SpoeArg("path") String path, @SpoeArg("port") long port,
				SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "score", ip.hashCode() + path.length() + port);
		}

	}

}
