/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

/**
 * A component of a record as parameter of the canonical constructor. Has the annotations
 * of both: a constructor that is written out does not get those of the components.
 */
final class RecordComponentParameter extends MethodParameter {

	private final RecordComponent component;

	/**
	 * Create a new parameter.
	 * @param constructor the canonical constructor
	 * @param index the number of the component
	 * @param component the component
	 */
	RecordComponentParameter(Constructor<?> constructor, int index, RecordComponent component) {
		super(constructor, index);
		this.component = component;
	}

	private RecordComponentParameter(RecordComponentParameter original) {
		super(original);
		this.component = original.component;
	}

	@Override
	public String getParameterName() {
		return this.component.getName();
	}

	@Override
	public <A extends Annotation> @Nullable A getParameterAnnotation(Class<A> annotationType) {
		A annotation = super.getParameterAnnotation(annotationType);
		return (annotation != null) ? annotation : this.component.getAnnotation(annotationType);
	}

	@Override
	public RecordComponentParameter clone() {
		return new RecordComponentParameter(this);
	}

}
