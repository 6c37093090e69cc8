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
 * records that are made of them ({@link SpoeArgs @SpoeArgs}), the whole message
 * ({@link SpoeMessage}), where it comes from ({@link SpoeContext}), the response that
 * takes variables back to HAProxy ({@link SpoeResponse}), and what a
 * {@code SpoeHandlerMethodArgumentResolver} bean resolves. It returns {@code void},
 * {@code Mono<Void>} or {@code CompletionStage<Void>}.
 * <p>
 * In Kotlin it may be a {@code suspend} function that returns {@code Unit}, which takes
 * {@code org.jetbrains.kotlinx:kotlinx-coroutines-reactor} on the class path. It begins
 * where a method that returns a {@code Mono} does, goes on where it is resumed, and is
 * cancelled when its time has passed.
 * <p>
 * HAProxy is answered whatever the method does. If it throws, or takes longer than its
 * {@link #timeout() timeout}, the variables that it set are dropped, and the nearest
 * {@link SpoeExceptionHandler @SpoeExceptionHandler} may set others; those set for other
 * messages of the same NOTIFY frame stay.
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
	 * has one handler in an application; {@code *} stands for all names that have none.
	 * @return the message names
	 */
	String[] value();

	/**
	 * Where the method runs.
	 * @return the execution
	 */
	SpoeExecution execution() default SpoeExecution.AUTO;

	/**
	 * Name of the bean, an {@code Executor}, that the method runs on instead of the
	 * workers. Placeholders are resolved. Not with {@link SpoeExecution#EVENT_LOOP}. What
	 * it rejects is answered as an {@link SpoeOverloadException overload}.
	 * @return the name of the bean, or empty for the place that {@link #execution()} says
	 */
	String executor() default "";

	/**
	 * When the message is acknowledged.
	 * @return the acknowledgement
	 */
	SpoeAcknowledge acknowledge() default SpoeAcknowledge.AFTER;

	/**
	 * Time from the arrival of the NOTIFY frame, with that in a queue and that for the
	 * messages before, within which the method has to be done, such as {@code 50ms};
	 * {@code 0} for no limit. Placeholders are resolved. When it has passed, the thread
	 * that runs the method is interrupted, or its {@code Mono} or {@code CompletionStage}
	 * cancelled, and the message is answered as one that has failed with a
	 * {@link SpoeTimeoutException}. A method that is not called by then never is. Nothing
	 * can interrupt a {@code void} method on the event loop once it is called.
	 * @return the time, or empty for {@code spoe.server.handler.timeout}
	 */
	String timeout() default "";

	/**
	 * Whether the method may be called for warm-up ({@code spoe.server.warmup}): many
	 * times, also by several threads, before the server listens. Its arguments are made
	 * up then: {@code 192.0.2.1} or {@code 2001:db8::1} for an address, the first
	 * constant of an enum, else empty, 0 or {@code false}. The variables that it sets go
	 * nowhere, nothing that it throws is logged, and {@code WORKER} stands for threads of
	 * the warm-up. A method with a required argument of any other type is not called.
	 * <p>
	 * Only for methods to which that does no harm: not for one that counts, stores or
	 * asks somebody else.
	 * @return whether the method may be called for warm-up
	 */
	boolean warmup() default false;

}
