/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.autoconfigure.SpoeServerAutoConfiguration;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications whose beans are defined by generated code.
 */
class HandlerAotTests {

	private static final List<String> PROPERTIES = List.of("spoe.server.port=0", "spoe.server.address=127.0.0.1",
			"spoe.server.warmup=1ms", "limits.score=42");

	@Test
	@CompileWithForkedClassLoader
	@SuppressWarnings("unchecked")
	void handlersOfGeneratedBeansAreCalled() {
		AnnotationConfigApplicationContext processed = new AnnotationConfigApplicationContext();
		TestPropertyValues.of(PROPERTIES).applyTo(processed);
		processed.register(SpoeServerAutoConfiguration.class, Application.class);
		TestGenerationContext generated = new TestGenerationContext(Application.class);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(processed, generated);
		generated.writeGeneratedContent();
		TestCompiler.forSystem()
			.with(generated)
			.compile((compiled) -> assertThatHandlersAreCalled(
					compiled.getInstance(ApplicationContextInitializer.class, initializer.toString())));
	}

	private static void assertThatHandlersAreCalled(
			ApplicationContextInitializer<GenericApplicationContext> initializer) {
		GenericApplicationContext context = new GenericApplicationContext();
		TestPropertyValues.of(PROPERTIES).applyTo(context);
		initializer.initialize(context);
		context.refresh();
		try (Agent agent = Agent.of(context)) {
			assertThat(context.getBeanDefinition("plain")).isInstanceOfSatisfying(RootBeanDefinition.class,
					(definition) -> assertThat(definition.getInstanceSupplier()).isNotNull());
			assertThat(AopUtils.isAopProxy(context.getBean("proxied"))).isTrue();
			assertThat(context.getBeanFactory().containsSingleton("lazy")).isFalse();
			assertThat(agent.ask("plain", "score", TypedData.of("LOW"))).containsExactly("plain=LOW 42");
			assertThat(agent.ask("proxied")).containsExactly("proxied=true");
			assertThat(agent.ask("lazy")).containsExactly("lazy=true");
			assertThat(agent.ask("scoped")).containsExactly("scoped=true");
			assertThat(agent.ask("failing")).containsExactly("advice=true");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Limits.class)
	static class Application {

		@Bean
		static CustomScopeConfigurer scopes() {
			CustomScopeConfigurer scopes = new CustomScopeConfigurer();
			scopes.addScope("thread", new SimpleThreadScope());
			return scopes;
		}

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
			proxies.setProxyTargetClass(true);
			proxies.setBeanNames("proxied");
			proxies.setInterceptorNames("interceptor");
			return proxies;
		}

		@Bean
		static MethodInterceptor interceptor() {
			return MethodInvocation::proceed;
		}

		@Bean
		Plain plain(Limits limits) {
			return new Plain(limits);
		}

		@Bean
		Proxied proxied() {
			return new Proxied();
		}

		@Bean
		@Lazy
		LazyHandler lazy() {
			return new LazyHandler();
		}

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Scoped scoped() {
			return new Scoped();
		}

		@Bean
		Advice advice() {
			return new Advice();
		}

	}

	@ConfigurationProperties("limits")
	static class Limits {

		private int score;

		int getScore() {
			return this.score;
		}

		void setScore(int score) {
			this.score = score;
		}

	}

	static class Plain {

		private final Limits limits;

		Plain(Limits limits) {
			this.limits = limits;
		}

		@SpoeMessageHandler("plain")
		void onMessage(@SpoeArg("score") Score score, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "plain", score + " " + this.limits.getScore());
		}

		@SpoeMessageHandler("failing")
		void onFailing() {
			throw new IllegalStateException();
		}

	}

	static class Proxied {

		@SpoeMessageHandler("proxied")
		void onMessage(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "proxied", true);
		}

	}

	static class LazyHandler {

		@SpoeMessageHandler("lazy")
		void onMessage(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "lazy", true);
		}

	}

	static class Scoped {

		@SpoeMessageHandler("scoped")
		void onMessage(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "scoped", true);
		}

	}

	@SpoeAdvice
	static class Advice {

		@SpoeExceptionHandler
		void onFailure(IllegalStateException ex, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "advice", true);
		}

	}

	enum Score {

		LOW

	}

}
