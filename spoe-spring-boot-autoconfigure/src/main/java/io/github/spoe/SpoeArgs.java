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
 * Marks a parameter of a handler method, or its type, as an object that is made of
 * several arguments: a record whose components are bound as parameters with
 * {@link SpoeArg @SpoeArg} are, each by its own name unless the annotation gives another.
 * A component that has the annotation, or whose type has it, is made of arguments of the
 * same message in turn.
 * <p>
 * What the constructor of the record throws is the failure of the message.
 *
 * @since 0.1.0
 */
@Target({ ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SpoeArgs {

}
