/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/**
 * Test that runs once with each selected {@link HaproxyVersion}, which the constructor of
 * its class takes. Not a parameterized class: Failsafe would take the runs of a test for
 * attempts at the same.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(HaproxyTest.Versions.class)
@interface HaproxyTest {

	/**
	 * Provides the selected versions.
	 */
	class Versions implements TestTemplateInvocationContextProvider {

		@Override
		public boolean supportsTestTemplate(ExtensionContext context) {
			return true;
		}

		@Override
		public Stream<? extends TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
				ExtensionContext context) {
			return HaproxyVersion.selected().stream().map(Invocation::new);
		}

	}

	/**
	 * Run of a test with one version.
	 *
	 * @param version the version
	 */
	record Invocation(HaproxyVersion version) implements TestTemplateInvocationContext {

		@Override
		public String getDisplayName(int index) {
			return "[" + this.version + "]";
		}

		@Override
		public List<Extension> getAdditionalExtensions() {
			HaproxyVersion version = this.version;
			return List.of(new TypeBasedParameterResolver<HaproxyVersion>() {

				@Override
				public HaproxyVersion resolveParameter(ParameterContext parameter, ExtensionContext context) {
					return version;
				}

			});
		}

	}

}
