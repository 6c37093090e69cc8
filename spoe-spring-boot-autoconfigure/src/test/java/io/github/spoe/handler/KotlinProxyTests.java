/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for Kotlin functions of beans that are proxies.
 */
@Timeout(30)
class KotlinProxyTests {

	@Test
	void noProxy() throws IOException {
		try (Agent agent = Agent.start(ProxiedHandlers.class)) {
			assertThatAnswers(agent);
		}
	}

	@Test
	void proxyOfTheClass() throws IOException {
		try (Agent agent = Agent.start(ClassProxies.class, ProxiedHandlers.class)) {
			assertThat(AopUtils.isCglibProxy(agent.context().getBean(KotlinHandler.class))).isTrue();
			assertThatAnswers(agent);
			assertThat(agent.context().getBean(AtomicInteger.class)).hasValue(4);
		}
	}

	@Test
	void proxyOfTheInterface() throws IOException {
		try (Agent agent = Agent.start(InterfaceProxies.class, ProxiedHandlers.class)) {
			assertThat(AopUtils.isJdkDynamicProxy(agent.context().getBean(KotlinHandler.class))).isTrue();
			assertThatAnswers(agent);
			assertThat(agent.context().getBean(AtomicInteger.class)).hasValue(4);
		}
	}

	private static void assertThatAnswers(Agent agent) throws IOException {
		for (String message : new String[] { "suspended", "defaults" }) {
			assertThat(agent.ask(message)).containsExactly("greeting=Hello nobody");
			assertThat(agent.ask(message, "name", TypedData.of("Ada"))).containsExactly("greeting=Hello Ada");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxyCreator() {
			return new DefaultAdvisorAutoProxyCreator();
		}

		@Bean
		static AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		static Advisor counter(AtomicInteger calls) {
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Intercepted.class),
					(MethodInterceptor) (invocation) -> {
						calls.incrementAndGet();
						return invocation.proceed();
					});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxies extends InterfaceProxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxyCreator() {
			DefaultAdvisorAutoProxyCreator proxyCreator = new DefaultAdvisorAutoProxyCreator();
			proxyCreator.setProxyTargetClass(true);
			return proxyCreator;
		}

	}

}
