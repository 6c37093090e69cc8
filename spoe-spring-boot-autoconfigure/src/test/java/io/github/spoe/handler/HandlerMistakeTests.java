/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.autoproxy.AbstractAutoProxyCreator;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgs;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for the mistakes in handler methods that stop the start of an application, and
 * for what the developer is told.
 */
class HandlerMistakeTests {

	private static final String THIS = HandlerMistakeTests.class.getName();

	private static FailureAnalysis mistake(Class<?>... components) {
		return StartMistake.of(List.of(), components);
	}

	private static FailureAnalysis mistake(List<String> properties, Class<?>... components) {
		return StartMistake.of(properties, components);
	}

	@Nested
	class Messages {

		@Test
		void twoHandlers() {
			FailureAnalysis mistake = mistake(First.class, Second.class);
			assertThat(mistake.getDescription())
				.isEqualTo("The message 'check' has two handlers: method '" + THIS + "$First.check(SpoeResponse)' of "
						+ "bean 'first' and method '" + THIS + "$Second.check()' of bean 'second'.");
			assertThat(mistake.getAction()).isEqualTo("Remove one of the methods, or give it another message.");
		}

		@Test
		void twoHandlersInOneBean() {
			assertThat(mistake(Overloads.class).getDescription())
				.startsWith("The message 'check' has two handlers: method '" + THIS + "$Overloads.check(")
				.contains("check(int)' of bean 'overloads'", "check(SpoeResponse)' of bean 'overloads'");
		}

		@Test
		void twoBeansOfOneClass() {
			assertThat(mistake(First.class, FirstAgain.class).getDescription())
				.isEqualTo("The message 'check' has two handlers: method '" + THIS + "$First.check(SpoeResponse)' of "
						+ "bean 'first' and method '" + THIS + "$First.check(SpoeResponse)' of bean 'again'.");
		}

		@Test
		void twoHandlersByPlaceholder() {
			assertThat(mistake(List.of("name=check"), First.class, Placeholder.class).getDescription())
				.startsWith("The message 'check' has two handlers: ");
		}

		@Test
		void noName() {
			FailureAnalysis mistake = mistake(NoName.class);
			assertThat(mistake.getDescription())
				.isEqualTo("@SpoeMessageHandler on method '" + THIS + "$NoName.check()' names no message.");
			assertThat(mistake.getAction())
				.isEqualTo("Give the annotation the name of an 'spoe-message' section of HAProxy's configuration.");
		}

		@Test
		void emptyName() {
			FailureAnalysis mistake = mistake(List.of("name= "), Placeholder.class);
			assertThat(mistake.getDescription())
				.isEqualTo("The message name '${name}' of method '" + THIS + "$Placeholder.check()' is empty.");
			assertThat(mistake.getAction())
				.isEqualTo("Give the annotation the name of an 'spoe-message' section of HAProxy's configuration.");
		}

		@Test
		void unresolvablePlaceholder() {
			FailureAnalysis mistake = mistake(Placeholder.class);
			assertThat(mistake.getDescription()).isEqualTo(
					"The message name '${name}' of method '" + THIS + "$Placeholder.check()' cannot be resolved: "
							+ "Could not resolve placeholder 'name' in value \"${name}\".");
			assertThat(mistake.getAction())
				.isEqualTo("Define the property, or give the placeholder a default as in '${name:default}'.");
		}

	}

	@Nested
	class Parameters {

		@Test
		void unresolvable() {
			FailureAnalysis mistake = mistake(Unresolvable.class);
			assertThat(mistake.getDescription()).isEqualTo("Parameter 'unknown' of method '" + THIS
					+ "$Unresolvable.check(SpoeResponse, Thread)' cannot be resolved.");
			assertThat(mistake.getAction())
				.isEqualTo("Annotate the parameter with @SpoeArg or @SpoeArgs, use SpoeMessage, SpoeContext or "
						+ "SpoeResponse, or add a SpoeHandlerMethodArgumentResolver bean for it.");
		}

		@Test
		void notConvertible() {
			FailureAnalysis mistake = mistake(NotConvertible.class);
			assertThat(mistake.getDescription())
				.isEqualTo("Parameter 'action' of method '" + THIS + "$NotConvertible.check(Runnable)' has the type "
						+ "java.lang.Runnable that no argument of a message can be converted to.");
			assertThat(mistake.getAction()).isEqualTo("Use another type, or add a Converter bean for it.");
		}

		@Test
		void addressOfAHostName() {
			assertThat(mistake(HostName.class).getDescription()).isEqualTo(
					"Parameter 'address' of method '" + THIS + "$HostName.check(InetAddress)' has a default value "
							+ "that cannot be resolved or converted: 'localhost'.");
		}

		@Test
		void unknownCharset() {
			FailureAnalysis mistake = mistake(UnknownCharset.class);
			assertThat(mistake.getDescription()).isEqualTo("Parameter 'text' of method '" + THIS
					+ "$UnknownCharset.check(String)' has a charset that is not known here: 'latin'.");
			assertThat(mistake.getAction())
				.isEqualTo("Give @SpoeArg the name of a charset of this JVM, such as ISO_8859_1.");
		}

		@Test
		void noName() {
			FailureAnalysis mistake = mistake(withoutParameterNames(NoParameterName.class));
			assertThat(mistake.getDescription()).isEqualTo("Parameter 2 of method '" + THIS
					+ "$NoParameterName.check(SpoeResponse, String)' has no name for its @SpoeArg.");
			assertThat(mistake.getAction())
				.isEqualTo("Give @SpoeArg the name of the argument, or compile with '-parameters'.");
		}

		private static Class<?> withoutParameterNames(Class<?> type) {
			try {
				ClassWriter writer = new ClassWriter(0);
				ClassVisitor withoutOuterClass = new ClassVisitor(SpringAsmInfo.ASM_VERSION, writer) {

					@Override
					public void visitInnerClass(String name, String outerName, String innerName, int access) {
					}

				};
				new ClassReader(type.getName()).accept(withoutOuterClass, ClassReader.SKIP_DEBUG);
				byte[] bytes = writer.toByteArray();
				return new ClassLoader(type.getClassLoader()) {

					Class<?> define() {
						return defineClass(type.getName(), bytes, 0, bytes.length);
					}

				}.define();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Test
		void noArgument() {
			FailureAnalysis mistake = mistake(NoArgument.class);
			assertThat(mistake.getDescription()).isEqualTo("Parameter 'response' of method '" + THIS
					+ "$NoArgument.check(SpoeResponse)' is no argument of a message.");
			assertThat(mistake.getAction()).isEqualTo("Make it a parameter of the method without @SpoeArg.");
		}

		@Test
		void notRequiredAndPrimitive() {
			FailureAnalysis mistake = mistake(NotRequiredPrimitive.class);
			assertThat(mistake.getDescription()).isEqualTo("Parameter 'port' of method '" + THIS
					+ "$NotRequiredPrimitive.check(int)' is not required and primitive, so it cannot be null.");
			assertThat(mistake.getAction()).isEqualTo("Use the wrapper type, or give @SpoeArg a default value.");
		}

		@ParameterizedTest
		@ValueSource(strings = { "text", "" })
		void defaultValueOfAnotherType(String value) {
			FailureAnalysis mistake = mistake(List.of("port=" + value), DefaultValue.class);
			assertThat(mistake.getDescription()).isEqualTo("Parameter 'port' of method '" + THIS
					+ "$DefaultValue.check(int)' has a default value that cannot be resolved or converted: '${port}'.");
			assertThat(mistake.getAction())
				.isEqualTo("Correct the default value of @SpoeArg, or the property it names.");
		}

		@Test
		void defaultValueWithUnresolvablePlaceholder() {
			assertThat(mistake(DefaultValue.class).getDescription()).isEqualTo("Parameter 'port' of method '" + THIS
					+ "$DefaultValue.check(int)' has a default value that cannot be resolved or converted: '${port}'.");
		}

	}

	@Nested
	class Records {

		@Test
		void noRecord() {
			FailureAnalysis mistake = mistake(NoRecord.class);
			assertThat(mistake.getDescription()).isEqualTo("Parameter 'text' of method '" + THIS
					+ "$NoRecord.check(String)' has @SpoeArgs and the type java.lang.String, which is no record.");
			assertThat(mistake.getAction())
				.isEqualTo("Use a record without type parameters, or bind single arguments with @SpoeArg.");
		}

		@Test
		void typeParameters() {
			assertThat(mistake(TypeParameters.class).getDescription()).isEqualTo(
					"Parameter 'generic' of method '" + THIS + "$TypeParameters.check(Generic)' has @SpoeArgs and "
							+ "the type " + THIS + "$Generic, which is a record with type parameters.");
		}

		@Test
		void recordInItself() {
			FailureAnalysis mistake = mistake(RecordInItself.class);
			assertThat(mistake.getDescription())
				.isEqualTo("Component 'outer' of record '" + THIS + "$Inner' in record '" + THIS + "$Outer' in method '"
						+ THIS + "$RecordInItself.check(Outer)' has @SpoeArgs and the type " + THIS
						+ "$Outer, which so has itself as a component.");
			assertThat(mistake.getAction())
				.isEqualTo("Remove the component, or bind a single argument to it with @SpoeArg.");
		}

		@Test
		void componentNotConvertible() {
			assertThat(mistake(ComponentNotConvertible.class).getDescription())
				.isEqualTo("Component 'action' of record '" + THIS + "$Action' in method '" + THIS
						+ "$ComponentNotConvertible.check(Action)' has the type java.lang.Runnable that no argument of a "
						+ "message can be converted to.");
		}

		@Test
		void recordAsOneArgument() {
			FailureAnalysis mistake = mistake(RecordAsOneArgument.class);
			assertThat(mistake.getDescription())
				.isEqualTo("Parameter 'action' of method '" + THIS + "$RecordAsOneArgument.check(Action)' has the type "
						+ THIS + "$Action that no argument of a message can be converted to.");
			assertThat(mistake.getAction())
				.isEqualTo("Use @SpoeArgs to make the record of several arguments, or add a Converter bean for it.");
		}

	}

	@Nested
	class ReturnTypes {

		@ParameterizedTest
		@ValueSource(classes = { ReturnsString.class, ReturnsVoidObject.class, ReturnsFlux.class,
				ReturnsMonoOfString.class, ReturnsRawMono.class, ReturnsFutureOfString.class, ReturnsObject.class })
		void notSupported(Class<?> handler) throws NoSuchMethodException {
			FailureAnalysis mistake = mistake(handler);
			assertThat(mistake.getDescription())
				.isEqualTo("The return type " + handler.getDeclaredMethod("check").getGenericReturnType().getTypeName()
						+ " of method '" + handler.getName() + ".check()' is not supported.");
			assertThat(mistake.getAction()).isEqualTo("Return void, Mono<Void> or CompletionStage<Void>, and set "
					+ "variables through a parameter of type SpoeResponse.");
		}

	}

	@Nested
	class Proxies {

		@Test
		void interfaceWithoutTheMethod() {
			FailureAnalysis mistake = mistake(NotInInterface.class, JdkProxies.class);
			assertThat(mistake.getDescription()).isEqualTo("The bean 'notInInterface' is a proxy that does not have "
					+ "method '" + THIS + "$NotInInterface.check()'.");
			assertThat(mistake.getAction()).isEqualTo("Declare the method in an interface of the bean, or proxy the "
					+ "class with 'spring.aop.proxy-target-class=true'.");
		}

		@Test
		void finalMethod() {
			FailureAnalysis mistake = mistake(FinalMethod.class, CglibProxies.class);
			assertThat(mistake.getDescription()).isEqualTo("The bean 'finalMethod' is a proxy, and method '" + THIS
					+ "$FinalMethod.check()' is final: it would run on the proxy, which has no state.");
			assertThat(mistake.getAction()).isEqualTo("Make the method not final.");
		}

		@Test
		void finalMethodOfScopedBean() {
			assertThat(mistake(ScopedFinalMethod.class).getDescription())
				.isEqualTo("The bean 'scopedFinalMethod' is a proxy, and method '" + THIS
						+ "$ScopedFinalMethod.check()' is final: it would run on the proxy, which has no state.");
		}

		@Test
		void privateMethod() {
			FailureAnalysis mistake = mistake(PrivateMethod.class, CglibProxies.class);
			assertThat(mistake.getDescription()).isEqualTo("The bean 'privateMethod' is a proxy, and method '" + THIS
					+ "$PrivateMethod.check()' is private: a proxy cannot pass calls on to it.");
			assertThat(mistake.getAction()).isEqualTo("Make the method package-private, protected or public.");
		}

		@Test
		void finalMethodWithoutProxyIsNone() {
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
				context.register(FinalMethod.class);
				context.refresh();
				assertThatNoException()
					.isThrownBy(HandlerMethodDispatcher.builder(context.getBeanFactory(), Runnable::run)::build);
			}
		}

	}

	@Nested
	class Kotlin {

		@Test
		void suspendFunctionThatReturnsSomething() {
			FailureAnalysis mistake = mistake(SuspendReturnsString.class);
			assertThat(mistake.getDescription()).isEqualTo("The return type java.lang.String of method '"
					+ SuspendReturnsString.class.getName() + ".check(int)' is not supported.");
			assertThat(mistake.getAction())
				.isEqualTo("Return Unit, and set variables through a parameter of type SpoeResponse.");
		}

		@Test
		void staticSuspendFunction() {
			FailureAnalysis mistake = mistake(StaticSuspend.class);
			assertThat(mistake.getDescription()).isEqualTo(
					"The method '" + StaticSuspend.class.getName() + ".check()' is a suspend function and static.");
			assertThat(mistake.getAction()).isEqualTo("Remove @JvmStatic, and make it a function of the bean.");
		}

		@Test
		void suspendExceptionHandler() {
			FailureAnalysis mistake = mistake(SuspendExceptionHandler.class);
			assertThat(mistake.getDescription()).isEqualTo("The method '" + SuspendExceptionHandler.class.getName()
					+ ".failed(Exception)' is a suspend function, which an exception handler cannot be.");
			assertThat(mistake.getAction()).isEqualTo("Remove 'suspend'.");
		}

		@Test
		void extensionFunction() {
			FailureAnalysis mistake = mistake(Extension.class);
			assertThat(mistake.getDescription()).isEqualTo(
					"The method '" + Extension.class.getName() + ".check(SpoeResponse)' is an extension function.");
			assertThat(mistake.getAction()).isEqualTo("Make its receiver a parameter.");
		}

		@Test
		void notRequiredAndNotNull() {
			FailureAnalysis mistake = mistake(NotRequiredNotNull.class);
			assertThat(mistake.getDescription())
				.isEqualTo("Parameter 'name' of method '" + NotRequiredNotNull.class.getName()
						+ ".check(String)' is not required, and its type does not allow null.");
			assertThat(mistake.getAction()).isEqualTo("Make the type nullable, or give the parameter a default value.");
		}

		@Test
		void closedValueClass() {
			FailureAnalysis mistake = mistake(ClosedValueClass.class);
			assertThat(mistake.getDescription())
				.startsWith("A parameter of method '" + ClosedValueClass.class.getName())
				.endsWith("(long)' is of a value class whose constructor is not public.");
			assertThat(mistake.getAction())
				.isEqualTo("Use the type that the value class wraps, or make its constructor public.");
		}

	}

	static class First {

		@SpoeMessageHandler("check")
		void check(SpoeResponse response) {
		}

	}

	static class Second {

		@SpoeMessageHandler({ "other", "check" })
		void check() {
		}

	}

	static class Overloads {

		@SpoeMessageHandler("check")
		void check(@SpoeArg int port) {
		}

		@SpoeMessageHandler("check")
		void check(SpoeResponse response) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FirstAgain {

		@Bean
		First again() {
			return new First();
		}

	}

	static class Placeholder {

		@SpoeMessageHandler("${name}")
		void check() {
		}

	}

	static class NoName {

		@SpoeMessageHandler({})
		void check() {
		}

	}

	static class Unresolvable {

		@SpoeMessageHandler("check")
		void check(SpoeResponse response, Thread unknown) {
		}

	}

	static class NotConvertible {

		@SpoeMessageHandler("check")
		void check(@SpoeArg Runnable action) {
		}

	}

	static class HostName {

		@SpoeMessageHandler("check")
		void check(@SpoeArg(defaultValue = "localhost") InetAddress address) {
		}

	}

	static class UnknownCharset {

		@SpoeMessageHandler("check")
		void check(@SpoeArg(charset = "latin") String text) {
		}

	}

	static class NoParameterName {

		@SpoeMessageHandler("check")
		void check(SpoeResponse response, @SpoeArg String text) {
		}

	}

	static class NoArgument {

		@SpoeMessageHandler("check")
		void check(@SpoeArg SpoeResponse response) {
		}

	}

	static class NoRecord {

		@SpoeMessageHandler("check")
		void check(@SpoeArgs String text) {
		}

	}

	static class TypeParameters {

		@SpoeMessageHandler("check")
		void check(@SpoeArgs Generic<String> generic) {
		}

	}

	static class RecordInItself {

		@SpoeMessageHandler("check")
		void check(Outer outer) {
		}

	}

	static class ComponentNotConvertible {

		@SpoeMessageHandler("check")
		void check(@SpoeArgs Action action) {
		}

	}

	static class RecordAsOneArgument {

		@SpoeMessageHandler("check")
		void check(@SpoeArg Action action) {
		}

	}

	record Generic<T>(T value) {

	}

	@SpoeArgs
	record Outer(@SpoeArgs Inner inner) {

	}

	record Inner(Outer outer) {

	}

	record Action(Runnable action) {

	}

	static class NotRequiredPrimitive {

		@SpoeMessageHandler("check")
		void check(@SpoeArg(required = false) int port) {
		}

	}

	static class DefaultValue {

		@SpoeMessageHandler("check")
		void check(@SpoeArg(defaultValue = "${port}") int port) {
		}

	}

	static class ReturnsString {

		@SpoeMessageHandler("check")
		String check() {
			return "";
		}

	}

	static class ReturnsVoidObject {

		@SpoeMessageHandler("check")
		Void check() {
			return null;
		}

	}

	static class ReturnsObject {

		@SpoeMessageHandler("check")
		Object check() {
			return Mono.empty();
		}

	}

	static class ReturnsFlux {

		@SpoeMessageHandler("check")
		Flux<Void> check() {
			return Flux.empty();
		}

	}

	static class ReturnsMonoOfString {

		@SpoeMessageHandler("check")
		Mono<String> check() {
			return Mono.empty();
		}

	}

	static class ReturnsRawMono {

		@SpoeMessageHandler("check")
		Mono<?> check() {
			return Mono.empty();
		}

	}

	static class ReturnsFutureOfString {

		@SpoeMessageHandler("check")
		CompletableFuture<String> check() {
			return new CompletableFuture<>();
		}

	}

	interface Anything {

		void doAnything();

	}

	static class NotInInterface implements Anything {

		@SpoeMessageHandler("check")
		void check() {
		}

		@Override
		public void doAnything() {
		}

	}

	static class FinalMethod {

		@SpoeMessageHandler("check")
		final void check() {
		}

	}

	static class PrivateMethod {

		@SpoeMessageHandler("check")
		private void check() {
		}

	}

	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedFinalMethod {

		@SpoeMessageHandler("check")
		final void check() {
		}

	}

	static class JdkProxies extends AbstractAutoProxyCreator {

		@Override
		protected Object[] getAdvicesAndAdvisorsForBean(Class<?> beanClass, String beanName,
				TargetSource targetSource) {
			return PROXY_WITHOUT_ADDITIONAL_INTERCEPTORS;
		}

	}

	static class CglibProxies extends JdkProxies {

		CglibProxies() {
			setProxyTargetClass(true);
		}

	}

}
