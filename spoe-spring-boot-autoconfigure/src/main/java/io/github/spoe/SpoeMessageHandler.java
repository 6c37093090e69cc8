/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that answers SPOE messages.
 * <p>
 * The method may take, in any order, arguments of the message ({@link SpoeArg @SpoeArg}),
 * the whole message ({@link SpoeMessage}), where it comes from ({@link SpoeContext}) and
 * the response that takes variables back to HAProxy ({@link SpoeResponse}). It returns
 * {@code void}, {@code Mono<Void>} or {@code CompletionStage<Void>}.
 * <p>
 * HAProxy is answered whatever the method does. If it throws, the variables that it set
 * are dropped; those set for other messages of the same NOTIFY frame stay.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SpoeMessageHandler {

	/**
	 * Names of the messages, as {@code spoe-message} sections of HAProxy's configuration
	 * say them. Placeholders such as <code>${check.message}</code> are resolved. A name
	 * has one handler in an application.
	 * @return the message names
	 */
	String[] value();

	/**
	 * Where the method runs.
	 * @return the execution
	 */
	SpoeExecution execution() default SpoeExecution.AUTO;

}
