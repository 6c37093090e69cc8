/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeAcknowledge;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoeContextConfiguration}, and for what decorates the tasks of
 * {@link SpoeWorkerConfiguration}.
 */
@Timeout(30)
class SpoeContextConfigurationTests {

	private static final String DECORATOR = "spoeContextTaskDecorator";

	private static final String PROPAGATE = "spring.task.execution.propagate-context=true";

	private static final String MDC_ENABLED = "spoe.server.mdc.enabled=true";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SpoeServerAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
		.withPropertyValues("spoe.server.port=0", "spoe.server.address=127.0.0.1")
		.withBean(Handlers.class);

	@AfterEach
	void removeAccessor() {
		ContextRegistry.getInstance().removeThreadLocalAccessor("spoe.mdc");
	}

	@Test
	void propagatesContextForItselfOnly() {
		this.contextRunner.withBean(DecoratedExecutor.class).run((context) -> {
			assertThat(context.getBean(DECORATOR)).isInstanceOf(ContextPropagatingTaskDecorator.class);
			assertThat(context.getBean(DecoratedExecutor.class).decorators).isEmpty();
			assertThatAnswers(context);
		});
	}

	@Test
	void worksWithoutContextPropagation() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
			.withPropertyValues(MDC_ENABLED)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(TaskDecorator.class);
				assertThat(accessors()).doesNotContain("spoe.mdc");
				assertThatAnswers(context);
			});
	}

	@Test
	void worksWithThatOfSpringBoot() {
		this.contextRunner.withPropertyValues(PROPAGATE).run((context) -> {
			assertThat(context.getBeansOfType(TaskDecorator.class)).hasSize(2);
			assertThatAnswers(context);
		});
	}

	@Test
	void backsOffForOwnDecorator() {
		List<String> trace = new CopyOnWriteArrayList<>();
		this.contextRunner
			.withBean(DECORATOR, TaskDecorator.class, () -> new First(trace),
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.run((context) -> {
				assertThat(context).getBean(DECORATOR).isInstanceOf(First.class);
				assertThatAnswers(context);
				assertThat(trace).containsExactly("first");
			});
	}

	@Test
	void workersHaveDecoratorsOfTheApplicationInTheirOrder() {
		List<String> order = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(Second.class, order).withBean(First.class, order).run((context) -> {
			try (SpopTestClient client = client(context)) {
				client.ask("worker");
				assertThat(order).hasSize(2);
				client.ask("event-loop");
				assertThat(order).hasSize(2);
				client.ask("background");
				assertThat(context.getBean(Handlers.class).background.poll(5, TimeUnit.SECONDS)).isNotNull();
				assertThat(order).containsExactly("first", "second", "first", "second");
			}
		});
	}

	@Test
	void mdcIsPropagatedWhereItIsUsed() {
		this.contextRunner.run((context) -> assertThat(accessors()).doesNotContain("spoe.mdc"));
		this.contextRunner.withPropertyValues(MDC_ENABLED, "spring.main.lazy-initialization=true")
			.run((context) -> assertThat(accessors()).containsOnlyOnce("spoe.mdc"));
	}

	@Test
	void mdcNeedsSlf4j() {
		FilteredClassLoader withoutSlf4j = new FilteredClassLoader(MDC.class);
		this.contextRunner.withClassLoader(withoutSlf4j).run((context) -> assertThatAnswers(context));
		this.contextRunner.withClassLoader(withoutSlf4j)
			.withPropertyValues(MDC_ENABLED)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessage("Property spoe.server.mdc.enabled with value 'true' is invalid: "
						+ "SLF4J is not on the class path"));
	}

	private static List<Object> accessors() {
		return ContextRegistry.getInstance()
			.getThreadLocalAccessors()
			.stream()
			.<Object>map(ThreadLocalAccessor::key)
			.toList();
	}

	private static SpopTestClient client(ApplicationContext context) throws IOException {
		return SpopTestClient
			.hello(context.getEnvironment().getRequiredProperty("local.spoe.server.port", Integer.class));
	}

	private static void assertThatAnswers(ApplicationContext context) throws IOException {
		try (SpopTestClient client = client(context)) {
			for (String message : List.of("event-loop", "worker", "mono")) {
				assertThat(client.ask(message).actions()).as(message).hasSize(1);
			}
		}
	}

	static class Handlers {

		private final BlockingQueue<String> background = new LinkedBlockingQueue<>();

		@SpoeMessageHandler(value = "event-loop", execution = SpoeExecution.EVENT_LOOP)
		void eventLoop(SpoeResponse response) {
			response.setVar(SpoeScope.REQUEST, "called", true);
		}

		@SpoeMessageHandler("worker")
		void worker(SpoeResponse response) {
			response.setVar(SpoeScope.REQUEST, "called", true);
		}

		@SpoeMessageHandler("mono")
		Mono<Void> mono(SpoeResponse response) {
			return Mono.fromRunnable(() -> response.setVar(SpoeScope.REQUEST, "called", true));
		}

		@SpoeMessageHandler(value = "background", acknowledge = SpoeAcknowledge.BEFORE)
		void background() {
			this.background.add("called");
		}

	}

	/**
	 * Asks for decorators as those executors do that Spring Boot has.
	 */
	static class DecoratedExecutor {

		private final List<TaskDecorator> decorators;

		DecoratedExecutor(ObjectProvider<TaskDecorator> decorators) {
			this.decorators = decorators.orderedStream().toList();
		}

	}

	/**
	 * Notes that it decorates.
	 */
	abstract static class Recorder implements TaskDecorator {

		private final String name;

		private final List<String> trace;

		Recorder(String name, List<String> trace) {
			this.name = name;
			this.trace = trace;
		}

		@Override
		public Runnable decorate(Runnable task) {
			this.trace.add(this.name);
			return task;
		}

	}

	@Order(1)
	static class First extends Recorder {

		First(List<String> trace) {
			super("first", trace);
		}

	}

	@Order(2)
	static class Second extends Recorder {

		Second(List<String> trace) {
			super("second", trace);
		}

	}

}
