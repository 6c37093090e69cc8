/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.KotlinDetector;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that have nothing of Kotlin, or not all that their handlers
 * need, on the class path.
 */
@Timeout(60)
class WithoutKotlinTests {

	@Test
	void javaNeedsNothingOfKotlin() throws Exception {
		assertThat(call(JavaApplication.class, "kotlin")).isEqualTo("false [greeting=Hello Ada]");
	}

	@Test
	void kotlinNeedsReflection() throws Exception {
		assertThat(call(PlainApplication.class, "kotlin-reflect"))
			.isEqualTo("The method 'io.github.spoe.handler.NotRequiredNotNull.check(String)' is written in Kotlin, and "
					+ "org.jetbrains.kotlin:kotlin-reflect is not on the class path. "
					+ "Add org.jetbrains.kotlin:kotlin-reflect to the dependencies of the application.");
	}

	@Test
	void suspendNeedsCoroutines() throws Exception {
		assertThat(call(SuspendApplication.class, "kotlinx-coroutines")).asString()
			.startsWith("The method 'io.github.spoe.handler.SuspendHandlers.")
			.endsWith("' is a suspend function, and org.jetbrains.kotlinx:kotlinx-coroutines-reactor is not on the "
					+ "class path. Add org.jetbrains.kotlinx:kotlinx-coroutines-reactor to the dependencies of the "
					+ "application.");
	}

	@Test
	void defaultsNeedNoCoroutines() throws Exception {
		assertThat(call(DefaultsApplication.class, "kotlinx-coroutines")).isEqualTo("[values=nobody]");
	}

	/**
	 * Call with the class path of the tests but for some jars.
	 */
	private static Object call(Class<? extends Callable<?>> application, String absent) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(classPathWithout(absent),
				ClassLoader.getPlatformClassLoader())) {
			Thread thread = Thread.currentThread();
			ClassLoader before = thread.getContextClassLoader();
			thread.setContextClassLoader(loader);
			try {
				Constructor<?> constructor = loader.loadClass(application.getName()).getDeclaredConstructor();
				constructor.setAccessible(true);
				return ((Callable<?>) constructor.newInstance()).call();
			}
			finally {
				thread.setContextClassLoader(before);
			}
		}
	}

	private static URL[] classPathWithout(String absent) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			File file = new File(entry);
			if (file.isDirectory() || !file.getName().startsWith(absent)) {
				urls.add(file.toURI().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	private static String mistake(Class<?> handler) throws IOException {
		try (Agent agent = Agent.start(handler)) {
			return "Started " + agent.context();
		}
		catch (ApplicationContextException ex) {
			FailureAnalyzedException mistake = (FailureAnalyzedException) ex.getMostSpecificCause();
			return mistake.analysis().getDescription() + " " + mistake.analysis().getAction();
		}
	}

	static class JavaApplication implements Callable<String> {

		@Override
		public String call() throws IOException {
			try (Agent agent = Agent.start(JavaApplication.class)) {
				return KotlinDetector.isKotlinPresent() + " " + agent.ask("greet", "name", TypedData.of("Ada"));
			}
		}

		@SpoeMessageHandler("greet")
		void greet(@SpoeArg String name, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "greeting", "Hello " + name);
		}

	}

	static class PlainApplication implements Callable<String> {

		@Override
		public String call() throws IOException {
			return mistake(NotRequiredNotNull.class);
		}

	}

	static class SuspendApplication implements Callable<String> {

		@Override
		public String call() throws IOException {
			return mistake(SuspendHandlers.class);
		}

	}

	static class DefaultsApplication implements Callable<String> {

		@Override
		public String call() throws IOException {
			try (Agent agent = Agent.start(ParameterHandlers.class)) {
				return agent.ask("internal").toString();
			}
		}

	}

}
