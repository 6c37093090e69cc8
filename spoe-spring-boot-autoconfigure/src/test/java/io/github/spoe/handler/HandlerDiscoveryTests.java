/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for where {@link HandlerMethods} looks for handler methods.
 */
class HandlerDiscoveryTests {

	private static final String MESSAGE_PROPERTY = "audit.message=audit";

	private static Agent agent;

	@BeforeAll
	static void start() throws IOException {
		agent = Agent.start(List.of(MESSAGE_PROPERTY), Visibilities.class, Names.class, MetaAnnotated.class,
				IntegerHandler.class, Overriding.class, ContractImplementation.class, DefaultMethod.class,
				HandlerConfiguration.class);
	}

	@AfterAll
	static void stop() throws IOException {
		agent.close();
	}

	@Test
	void methodsOfAnyVisibility() throws IOException {
		assertThat(agent.ask("protected")).containsExactly("by=protected");
		assertThat(agent.ask("package-private")).containsExactly("by=package-private");
		assertThat(agent.ask("private")).containsExactly("by=private");
		assertThat(agent.ask("static")).containsExactly("by=static");
	}

	@Test
	void severalNames() throws IOException {
		assertThat(agent.ask("first")).containsExactly("by=names");
		assertThat(agent.ask("second")).containsExactly("by=names");
	}

	@Test
	void placeholdersInNames() throws IOException {
		assertThat(agent.ask("audit")).containsExactly("by=names");
		assertThat(agent.ask("by-default")).containsExactly("by=names");
	}

	@Test
	void metaAnnotation() throws IOException {
		assertThat(agent.ask("meta")).hasSize(1)
			.first()
			.asString()
			.startsWith("thread=")
			.doesNotStartWith("thread=spoe-worker-");
	}

	@Test
	void inheritedMethodWithTypeVariables() throws IOException {
		assertThat(agent.ask("inherited", "value", TypedData.of("12"))).containsExactly("value=Integer 12");
		assertThat(agent.ask("inherited-optional", "value", TypedData.of("12")))
			.containsExactly("value=Optional Integer 12");
	}

	@Test
	void overriddenMethodKeepsAnnotationOfTheClassAbove() throws IOException {
		assertThat(agent.ask("overridden", "value", TypedData.of(7L))).containsExactly("value=7 below");
	}

	@Test
	void methodAndParametersAnnotatedInInterface() throws IOException {
		assertThat(agent.ask("contract", "user", TypedData.of("ada"))).containsExactly("user=ada");
	}

	@Test
	void defaultMethodOfInterface() throws IOException {
		assertThat(agent.ask("default-method")).containsExactly("by=interface");
	}

	@Test
	void configurationClass() throws IOException {
		assertThat(agent.ask("in-configuration")).containsExactly("by=configuration");
	}

	@Test
	void beanMethodThatReturnsAnInterface() throws IOException {
		assertThat(agent.ask("behind-interface")).containsExactly("by=implementation");
	}

	@Test
	void productOfFactoryBean() throws IOException {
		assertThat(agent.ask("product")).containsExactly("by=product");
	}

	@Test
	void singletonWithoutDefinition() throws IOException {
		assertThat(agent.ask("registered")).containsExactly("by=registered");
	}

	private static void by(SpoeResponse response, String who) {
		response.setVar(SpoeScope.TRANSACTION, "by", who);
	}

	static class Visibilities {

		@SpoeMessageHandler("protected")
		protected void forSubclasses(SpoeResponse response) {
			by(response, "protected");
		}

		@SpoeMessageHandler("package-private")
		void forPackage(SpoeResponse response) {
			by(response, "package-private");
		}

		@SpoeMessageHandler("private")
		private void forNobody(SpoeResponse response) {
			by(response, "private");
		}

		@SpoeMessageHandler("static")
		static void forClass(SpoeResponse response) {
			by(response, "static");
		}

	}

	static class Names {

		@SpoeMessageHandler({ "first", "second", "${audit.message}", "${missing:by-default}" })
		void handle(SpoeResponse response) {
			by(response, "names");
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@SpoeMessageHandler(value = {}, execution = SpoeExecution.EVENT_LOOP)
	@interface FastHandler {

		@AliasFor(annotation = SpoeMessageHandler.class, attribute = "value")
		String[] messages();

	}

	static class MetaAnnotated {

		@FastHandler(messages = "meta")
		void handle(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "thread", Thread.currentThread().getName());
		}

	}

	abstract static class GenericHandler<T> {

		@SpoeMessageHandler("inherited")
		void handle(@SpoeArg("value") T value, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "value", value.getClass().getSimpleName() + " " + value);
		}

		@SpoeMessageHandler("inherited-optional")
		void handleOptional(@SpoeArg("value") Optional<T> value, SpoeResponse response) {
			T present = value.orElseThrow();
			response.setVar(SpoeScope.TRANSACTION, "value",
					"Optional " + present.getClass().getSimpleName() + " " + present);
		}

	}

	static class IntegerHandler extends GenericHandler<Integer> {

	}

	abstract static class Overridden<T> {

		@SpoeMessageHandler("overridden")
		void handle(@SpoeArg("value") T value, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "value", value + " above");
		}

	}

	static class Overriding extends Overridden<Long> {

		@Override
		void handle(@SpoeArg("value") Long value, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "value", value + " below");
		}

	}

	interface Contract {

		@SpoeMessageHandler("contract")
		void check(@SpoeArg("user") String user, SpoeResponse response);

	}

	static class ContractImplementation implements Contract {

		@Override
		public void check(String name, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "user", name);
		}

	}

	interface WithDefaultMethod {

		@SpoeMessageHandler("default-method")
		default void handle(SpoeResponse response) {
			by(response, "interface");
		}

	}

	static class DefaultMethod implements WithDefaultMethod {

	}

	interface Anything {

	}

	static class Implementation implements Anything {

		@SpoeMessageHandler("behind-interface")
		void handle(SpoeResponse response) {
			by(response, "implementation");
		}

	}

	static class Product {

		@SpoeMessageHandler("product")
		void handle(SpoeResponse response) {
			by(response, "product");
		}

	}

	static class Registered {

		@SpoeMessageHandler("registered")
		void handle(SpoeResponse response) {
			by(response, "registered");
		}

	}

	static class ProductFactory implements FactoryBean<Product> {

		@Override
		public Product getObject() {
			return new Product();
		}

		@Override
		public Class<?> getObjectType() {
			return Product.class;
		}

	}

	@Configuration
	static class HandlerConfiguration {

		@SpoeMessageHandler("in-configuration")
		void handle(SpoeResponse response) {
			by(response, "configuration");
		}

		@Bean
		Anything anything() {
			return new Implementation();
		}

		@Bean
		ProductFactory product() {
			return new ProductFactory();
		}

		@Bean
		static BeanFactoryPostProcessor registration() {
			return (beanFactory) -> beanFactory.registerSingleton("registered", new Registered());
		}

	}

}
