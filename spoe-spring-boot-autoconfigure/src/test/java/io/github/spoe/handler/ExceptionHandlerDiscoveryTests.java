/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.lang.invoke.MethodHandles;

import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for where {@link ExceptionHandlerFinder} looks for exception handlers.
 */
class ExceptionHandlerDiscoveryTests {

	@Test
	void typeVariableOfClassAbove() throws IOException {
		try (Agent agent = Agent.start(InheritingVariable.class)) {
			assertThat(agent.ask("state")).containsExactly("by=above IllegalStateException");
			assertThat(agent.ask("argument")).isEmpty();
		}
	}

	@Test
	void typeVariableOfInterface() throws IOException {
		try (Agent agent = Agent.start(ImplementingVariable.class)) {
			assertThat(agent.ask("state")).containsExactly("by=implementation IllegalStateException");
			assertThat(agent.ask("argument")).isEmpty();
		}
	}

	@Test
	void methodOfInterface() throws IOException {
		try (Agent agent = Agent.start(InheritingDefault.class)) {
			assertThat(agent.ask("state")).containsExactly("by=interface IllegalStateException");
			assertThat(agent.ask("argument")).isEmpty();
		}
	}

	@Test
	void overriddenMethod() throws IOException {
		try (Agent agent = Agent.start(Overriding.class)) {
			assertThat(agent.ask("state")).containsExactly("by=below IllegalStateException");
			assertThat(agent.ask("argument")).isEmpty();
		}
	}

	@Test
	void sameTypeTwiceInOneAnnotation() throws IOException {
		try (Agent agent = Agent.start(Twice.class)) {
			assertThat(agent.ask("state")).containsExactly("by=twice IllegalStateException");
		}
	}

	@Test
	void lazyBeanThatNamesAClassThatIsAbsent() throws Exception {
		BeanDefinition definition = new RootBeanDefinition(withAbsentParameter());
		definition.setLazyInit(true);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBeanDefinition("lazy", definition);
			context.refresh();
			assertThat(HandlerMethodDispatcher.builder(context.getBeanFactory(), Runnable::run).build()).isNotNull();
		}
	}

	private static Class<?> withAbsentParameter() throws IllegalAccessException {
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT,
				ExceptionHandlerDiscoveryTests.class.getPackageName().replace('.', '/') + "/WithAbsentParameter", null,
				"java/lang/Object", null);
		writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "use", "(Labsent/Type;)V", null, null).visitEnd();
		writer.visitEnd();
		return MethodHandles.lookup().defineClass(writer.toByteArray());
	}

	static class Failing {

		@SpoeMessageHandler("state")
		void state() {
			throw new IllegalStateException();
		}

		@SpoeMessageHandler("argument")
		void argument() {
			throw new IllegalArgumentException();
		}

		static void answer(String who, Exception ex, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "by", who + " " + ex.getClass().getSimpleName());
		}

	}

	static class WithVariable<E extends Exception> extends Failing {

		@SpoeExceptionHandler
		void on(E ex, SpoeResponse response) {
			answer("above", ex, response);
		}

	}

	static class InheritingVariable extends WithVariable<IllegalStateException> {

	}

	interface Contract<E extends Exception> {

		@SpoeExceptionHandler
		void on(E ex, SpoeResponse response);

	}

	static class ImplementingVariable extends Failing implements Contract<IllegalStateException> {

		@Override
		public void on(IllegalStateException ex, SpoeResponse response) {
			answer("implementation", ex, response);
		}

	}

	interface WithDefault {

		@SpoeExceptionHandler
		default void on(IllegalStateException ex, SpoeResponse response) {
			Failing.answer("interface", ex, response);
		}

	}

	static class InheritingDefault extends Failing implements WithDefault {

	}

	static class Overridden extends Failing {

		@SpoeExceptionHandler(IllegalStateException.class)
		void on(Exception ex, SpoeResponse response) {
			answer("above", ex, response);
		}

	}

	static class Overriding extends Overridden {

		@Override
		void on(Exception ex, SpoeResponse response) {
			answer("below", ex, response);
		}

	}

	static class Twice extends Failing {

		@SpoeExceptionHandler({ IllegalStateException.class, IllegalStateException.class })
		void on(Exception ex, SpoeResponse response) {
			answer("twice", ex, response);
		}

	}

}
