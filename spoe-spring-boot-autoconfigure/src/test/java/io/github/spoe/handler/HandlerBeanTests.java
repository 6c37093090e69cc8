/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.beans.factory.config.Scope;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.ScopedProxyMode;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerBean}: handlers that are proxies, not singletons or not created
 * yet.
 */
class HandlerBeanTests {

	private static void greet(SpoeResponse response, String greeting) {
		response.setVar(SpoeScope.TRANSACTION, "greeting", greeting);
	}

	@Test
	void thatIsNullAnswersNothing() throws IOException {
		try (Agent agent = Agent.start(NullConfiguration.class)) {
			assertThat(agent.ask("count")).isEmpty();
		}
	}

	@Nested
	class Proxies {

		@Test
		void ofTheClass() throws IOException {
			try (Agent agent = Agent.start(ClassProxies.class, Greeter.class)) {
				assertThat(AopUtils.isCglibProxy(agent.context().getBean(Greeter.class))).isTrue();
				assertThat(agent.ask("greet", "name", TypedData.of("Ada"))).containsExactly("greeting=Hello Ada");
				assertThat(agent.context().getBean(AtomicInteger.class)).hasValue(1);
			}
		}

		@Test
		void ofAnInterfaceThatHasTheMethod() throws IOException {
			try (Agent agent = Agent.start(InterfaceProxies.class, GreeterBehindInterface.class)) {
				assertThat(AopUtils.isJdkDynamicProxy(agent.context().getBean(Greeting.class))).isTrue();
				assertThat(agent.ask("greet", "name", TypedData.of("Ada"))).containsExactly("greeting=Hello Ada");
				assertThat(agent.context().getBean(AtomicInteger.class)).hasValue(1);
			}
		}

		@Test
		void ofTheClassMadeByPostProcessor() throws IOException {
			try (Agent agent = Agent.start(ProxyingPostProcessor.class, Greeter.class)) {
				assertThat(AopUtils.isCglibProxy(agent.context().getBean(Greeter.class))).isTrue();
				assertThat(agent.ask("greet", "name", TypedData.of("Ada"))).containsExactly("greeting=Hello Ada");
			}
		}

		@Test
		void ofAnotherBeanOnlyLeaveAHandlerAsItIs() throws IOException {
			try (Agent agent = Agent.start(ClassProxies.class, Counting.class)) {
				assertThat(AopUtils.isAopProxy(agent.context().getBean(Counting.class))).isFalse();
				assertThat(agent.ask("count")).containsExactly("count=1");
			}
		}

	}

	@Nested
	class Scopes {

		@Test
		void prototypesOfSeveralClasses() throws IOException {
			try (Agent agent = Agent.start(SeveralClassesConfiguration.class)) {
				assertThat(agent.ask("count")).containsExactly("count=1");
				assertThat(agent.ask("count")).containsExactly("count=1", "count=2");
				assertThat(agent.ask("count")).containsExactly("count=1");
			}
		}

		@Test
		void singletonIsOneInstance() throws IOException {
			try (Agent agent = Agent.start(Counting.class)) {
				assertThat(agent.ask("count")).containsExactly("count=1");
				assertThat(agent.ask("count")).containsExactly("count=2");
			}
		}

		@Test
		void prototypeIsNewForEachMessage() throws IOException {
			try (Agent agent = Agent.start(PrototypeCounting.class)) {
				assertThat(agent.ask("count")).containsExactly("count=1");
				assertThat(agent.ask("count")).containsExactly("count=1");
			}
		}

		@Test
		void customScope() throws IOException {
			assertThatRefreshIsSeen(ScopedCounting.class);
		}

		@Test
		void customScopeBehindClassProxy() throws IOException {
			assertThatRefreshIsSeen(ClassProxiedCounting.class);
		}

		@Test
		void customScopeBehindInterfaceProxy() throws IOException {
			assertThatRefreshIsSeen(InterfaceProxiedCounting.class);
		}

		private static void assertThatRefreshIsSeen(Class<?> handler) throws IOException {
			try (Agent agent = Agent.start(RefreshConfiguration.class, handler)) {
				assertThat(agent.ask("count")).containsExactly("count=1");
				assertThat(agent.ask("count")).containsExactly("count=2");
				agent.context().getBean(RefreshScope.class).refresh();
				assertThat(agent.ask("count")).containsExactly("count=1");
			}
		}

	}

	@Nested
	class Laziness {

		@Test
		void lazyBeanIsCreatedForItsFirstMessage() throws IOException {
			try (Agent agent = Agent.start(LazyCounting.class)) {
				assertThatIsCreatedByFirstMessage(agent);
			}
		}

		@Test
		void allBeansLazy() throws IOException {
			try (Agent agent = Agent.start(LazyInitializationBeanFactoryPostProcessor.class,
					CountingConfiguration.class)) {
				assertThatIsCreatedByFirstMessage(agent);
			}
		}

		@Test
		void productOfFactoryBeanIsCreatedForItsFirstMessage() throws IOException {
			try (Agent agent = Agent.start(FactoryConfiguration.class)) {
				CountingFactory factory = agent.context().getBean(CountingFactory.class);
				assertThat(factory.products).hasValue(0);
				assertThat(agent.ask("count")).containsExactly("count=1");
				assertThat(agent.ask("count")).containsExactly("count=2");
				assertThat(factory.products).hasValue(1);
			}
		}

		private static void assertThatIsCreatedByFirstMessage(Agent agent) throws IOException {
			String name = agent.context().getBeanNamesForType(Counting.class)[0];
			assertThat(agent.context().getBeanFactory().containsSingleton(name)).isFalse();
			assertThat(agent.ask("count")).containsExactly("count=1");
			assertThat(agent.context().getBeanFactory().containsSingleton(name)).isTrue();
			assertThat(agent.ask("count")).containsExactly("count=2");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Counted {

	}

	static class Greeter {

		private final String word = "Hello ";

		@Counted
		@SpoeMessageHandler("greet")
		void handle(@SpoeArg("name") String name, SpoeResponse response) {
			greet(response, this.word + name);
		}

	}

	interface Greeting {

		void handle(String name, SpoeResponse response);

	}

	static class GreeterBehindInterface implements Greeting {

		private final String word = "Hello ";

		@Counted
		@Override
		@SpoeMessageHandler("greet")
		public void handle(@SpoeArg("name") String name, SpoeResponse response) {
			greet(response, this.word + name);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxyCreator() {
			DefaultAdvisorAutoProxyCreator proxyCreator = new DefaultAdvisorAutoProxyCreator();
			proxyCreator.setProxyTargetClass(true);
			return proxyCreator;
		}

		@Bean
		static AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		static Advisor counter(AtomicInteger calls) {
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Counted.class),
					(MethodInterceptor) (invocation) -> {
						calls.incrementAndGet();
						return invocation.proceed();
					});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxies extends ClassProxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxyCreator() {
			return new DefaultAdvisorAutoProxyCreator();
		}

	}

	static class ProxyingPostProcessor implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof Greeter)) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(true);
			return factory.getProxy();
		}

	}

	interface Counter {

		void count(SpoeResponse response);

	}

	static class Counting implements Counter {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		@SpoeMessageHandler("count")
		public void count(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "count", this.count.incrementAndGet());
		}

	}

	@Lazy
	static class LazyCounting extends Counting {

	}

	@org.springframework.context.annotation.Scope("prototype")
	static class PrototypeCounting extends Counting {

	}

	@org.springframework.context.annotation.Scope("refresh")
	static class ScopedCounting extends Counting {

	}

	@org.springframework.context.annotation.Scope(scopeName = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ClassProxiedCounting extends Counting {

	}

	@org.springframework.context.annotation.Scope(scopeName = "refresh", proxyMode = ScopedProxyMode.INTERFACES)
	static class InterfaceProxiedCounting extends Counting {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Counting.class)
	static class CountingConfiguration {

	}

	static class CountingFactory implements FactoryBean<Counting> {

		private final AtomicInteger products = new AtomicInteger();

		@Override
		public Counting getObject() {
			this.products.incrementAndGet();
			return new Counting();
		}

		@Override
		public Class<?> getObjectType() {
			return Counting.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryConfiguration {

		@Bean
		CountingFactory counting() {
			return new CountingFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NullConfiguration {

		@Bean
		Counting counting() {
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SeveralClassesConfiguration {

		private final AtomicInteger created = new AtomicInteger();

		@Bean
		@org.springframework.context.annotation.Scope("prototype")
		Counting counting() {
			return (this.created.getAndIncrement() % 2 == 0) ? new Counting() : new CountingTwice();
		}

	}

	static class CountingTwice extends Counting {

		@Override
		public void count(SpoeResponse response) {
			super.count(response);
			super.count(response);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RefreshConfiguration {

		@Bean
		static RefreshScope refreshScope() {
			return new RefreshScope();
		}

		@Bean
		static CustomScopeConfigurer scopes(RefreshScope refreshScope) {
			CustomScopeConfigurer configurer = new CustomScopeConfigurer();
			configurer.addScope("refresh", refreshScope);
			return configurer;
		}

	}

	/**
	 * Scope whose beans live until the next refresh.
	 */
	static class RefreshScope implements Scope {

		private final Map<String, Object> beans = new ConcurrentHashMap<>();

		void refresh() {
			this.beans.clear();
		}

		@Override
		public Object get(String name, ObjectFactory<?> objectFactory) {
			return this.beans.computeIfAbsent(name, (key) -> objectFactory.getObject());
		}

		@Override
		public Object remove(String name) {
			return this.beans.remove(name);
		}

		@Override
		public void registerDestructionCallback(String name, Runnable callback) {
		}

	}

}
