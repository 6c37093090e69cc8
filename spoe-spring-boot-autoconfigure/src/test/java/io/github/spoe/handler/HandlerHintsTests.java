/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.File;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;

import io.github.spoe.SpoeAdvice;
import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgs;
import io.github.spoe.SpoeExceptionHandler;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the hints that a native image gets for handler methods.
 */
class HandlerHintsTests {

	private static RuntimeHints hints(Class<?>... beans) {
		GenericApplicationContext context = new GenericApplicationContext();
		for (Class<?> bean : beans) {
			context.registerBean(bean);
		}
		TestGenerationContext generationContext = new TestGenerationContext();
		new ApplicationContextAotGenerator().processAheadOfTime(context, generationContext);
		return generationContext.getRuntimeHints();
	}

	private static void assertInvocable(RuntimeHints hints, Class<?> type, String... methods) {
		for (String method : methods) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type, method)).as(method).accepts(hints);
		}
	}

	private static void assertNotInvocable(RuntimeHints hints, Class<?> type, String... methods) {
		for (String method : methods) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type, method)).as(method).rejects(hints);
		}
	}

	private static void assertConstructible(RuntimeHints hints, Class<?> type, Class<?>... parameters)
			throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructor(parameters)))
			.accepts(hints);
	}

	private static void assertNotConstructible(RuntimeHints hints, Class<?> type, Class<?>... parameters)
			throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructor(parameters)))
			.rejects(hints);
	}

	@Test
	void handlers() {
		RuntimeHints hints = hints(Handlers.class);
		assertInvocable(hints, Handlers.class, "onMessage", "onMessage$default", "onComposed", "onFailure");
		assertNotInvocable(hints, Handlers.class, "other");
	}

	@Test
	void advice() {
		assertInvocable(hints(Advice.class), Advice.class, "onFailure");
	}

	@Test
	void inheritedHandlers() {
		RuntimeHints hints = hints(Inheriting.class);
		assertInvocable(hints, Handlers.class, "onMessage");
		assertInvocable(hints, Inheriting.class, "onMessage");
		assertInvocable(hints, Contract.class, "byContract");
		assertInvocable(hints, Inheriting.class, "byContract");
		assertInvocable(hints, Contract.class, "byDefault");
	}

	@Test
	void typeVariablesAreThoseOfTheBean() {
		assertInvocable(hints(Inheriting.class), Code.class, "of");
	}

	@Test
	void beansWithoutHandlers() {
		assertNotInvocable(hints(WithoutHandlers.class), WithoutHandlers.class, "other");
	}

	@Test
	void conversions() throws NoSuchMethodException {
		RuntimeHints hints = hints(Converting.class);
		assertThat(
				RuntimeHintsPredicates.reflection().onMethodInvocation(Level.class.getMethod("valueOf", String.class)))
			.accepts(hints);
		assertInvocable(hints, Code.class, "of");
		assertNotInvocable(hints, Code.class, "parse");
		assertConstructible(hints, File.class, String.class);
		assertNotConstructible(hints, File.class, String.class, String.class);
		assertInvocable(hints, InOptional.class, "from");
		assertInvocable(hints, InList.class, "from");
		assertInvocable(hints, InArray.class, "from");
		assertNotConstructible(hints, String.class, String.class);
	}

	@Test
	void records() throws NoSuchMethodException {
		RuntimeHints hints = hints(WithRecords.class);
		assertConstructible(hints, Request.class, String.class, Peer.class);
		assertInvocable(hints, Request.class, "path", "peer");
		assertConstructible(hints, Peer.class, Code.class, Optional.class);
		assertInvocable(hints, Peer.class, "code", "parent");
		assertInvocable(hints, Code.class, "of");
	}

	@Test
	void whatThePackageLooksUp() {
		RuntimeHints hints = hints();
		assertInvocable(hints, HandlerWarmup.Pipeline.class, "handle");
		assertInvocable(hints, ArgumentResolver.class, "resolve");
	}

	@Retention(RetentionPolicy.RUNTIME)
	@SpoeMessageHandler("composed")
	@interface Composed {

	}

	static class Handlers {

		@SpoeMessageHandler("check")
		void onMessage(@SpoeArg("ip") String ip) {
		}

		// As Kotlin has it for default arguments.
		static void onMessage$default(Handlers handlers, String ip, int mask, Object marker) {
		}

		@Composed
		private void onComposed() {
		}

		@SpoeExceptionHandler
		void onFailure(IllegalStateException ex, SpoeResponse response) {
		}

		void other() {
		}

	}

	@SpoeAdvice
	static class Advice {

		@SpoeExceptionHandler
		void onFailure(Exception ex) {
		}

	}

	interface Contract<T> {

		@SpoeMessageHandler("contract")
		void byContract(@SpoeArg("value") T value);

		@SpoeMessageHandler("default")
		default void byDefault() {
		}

	}

	static class Inheriting extends Handlers implements Contract<Code> {

		@Override
		void onMessage(String ip) {
		}

		@Override
		public void byContract(Code value) {
		}

	}

	static class WithoutHandlers {

		void other() {
		}

	}

	static class Converting {

		@SpoeMessageHandler("converting")
		void onMessage(@SpoeArg("level") Level level, @SpoeArg("code") Code code, @SpoeArg("file") File file,
				@SpoeArg("optional") Optional<InOptional> optional, @SpoeArg("list") List<Optional<InList>> list,
				@SpoeArg("array") InArray[] array, @SpoeArg("text") String text) {
		}

	}

	static class WithRecords {

		@SpoeMessageHandler("records")
		void onMessage(@SpoeArgs Request request) {
		}

	}

	record Request(@SpoeArg("path") String path, @SpoeArgs Peer peer) {

	}

	record Peer(Code code, Optional<Peer> parent) {

	}

	enum Level {

		LOW, HIGH

	}

	public static class Code {

		public static Code of(String value) {
			return new Code();
		}

		public static Code parse(String value) {
			return new Code();
		}

	}

	public static class InOptional {

		public static InOptional from(Long value) {
			return new InOptional();
		}

	}

	public static class InList {

		public static InList from(byte[] value) {
			return new InList();
		}

	}

	public static class InArray {

		public static InArray from(Boolean value) {
			return new InArray();
		}

	}

}
