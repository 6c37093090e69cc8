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
 * Marks a method that answers messages whose handler method has failed: which variables
 * HAProxy then gets, fail-open or fail-closed, is said in one place.
 * <p>
 * In a bean with handler methods it answers for these; in a bean with
 * {@link SpoeAdvice @SpoeAdvice} for those of all beans. The methods of the bean come
 * first, then the advices in their order; among the methods of one bean the one whose
 * type is nearest to that of the exception is called. An exception that only its cause
 * has a method for is answered by that.
 * <p>
 * The method takes the exception and what a handler method may take
 * ({@link SpoeMessageHandler}), and returns {@code void}. The variables that the handler
 * method set are dropped before. It must not block: after a {@link SpoeTimeoutException
 * timeout} or an {@link SpoeOverloadException overload} it is called on the event loop.
 * <p>
 * A failure that a method answers is counted and not logged. One that no method answers
 * is logged at {@code WARN}, and the message is acknowledged without variables; so is one
 * whose method itself fails. Messages that are acknowledged {@link SpoeAcknowledge#BEFORE
 * before} have no answer to give.
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SpoeExceptionHandler {

	/**
	 * Types of exceptions that the method answers.
	 * @return the types, or empty for the type of the method's parameter
	 */
	Class<? extends Throwable>[] value() default {};

}
