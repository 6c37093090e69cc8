/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import kotlin.reflect.KFunction;
import kotlin.reflect.KParameter;
import kotlin.reflect.KVisibility;
import kotlin.reflect.full.KClasses;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as Kotlin declares it.
 *
 * @param parameter the parameter
 * @param valueClass the primary constructor of the value class that the compiler has
 * replaced by what it wraps, {@code null} if there is none
 */
record KotlinParameter(KParameter parameter, @Nullable KFunction<?> valueClass) {

	/**
	 * Return the parameters of a function, that for the instance left out.
	 * @param function the function
	 * @param javaTypes the types of the parameters in the class file
	 * @return the parameters
	 */
	static List<KotlinParameter> of(KFunction<?> function, Class<?>[] javaTypes) {
		List<KotlinParameter> parameters = new ArrayList<>();
		for (KParameter parameter : function.getParameters()) {
			if (parameter.getKind() != KParameter.Kind.INSTANCE) {
				parameters.add(new KotlinParameter(parameter, valueClass(parameter, javaTypes[parameters.size()])));
			}
		}
		return parameters;
	}

	private static @Nullable KFunction<?> valueClass(KParameter parameter, Class<?> javaType) {
		return (parameter.getType().getClassifier() instanceof KClass<?> type && type.isValue()
				&& JvmClassMappingKt.getJavaClass(type) != javaType) ? KClasses.getPrimaryConstructor(type) : null;
	}

	/**
	 * Return whether a Java caller can give the argument as Kotlin would.
	 * @return {@code false} if there is a default value, or a value class
	 */
	boolean isPlain() {
		return !this.parameter.isOptional() && this.valueClass == null;
	}

	/**
	 * Return whether values can be wrapped, and not only by the value class itself, to
	 * which they may mean something else.
	 * @return {@code false} if the value class has a constructor that is not public
	 */
	boolean isOpen() {
		return this.valueClass == null || this.valueClass.getVisibility() == KVisibility.PUBLIC;
	}

	/**
	 * Add an argument.
	 * @param arguments where to add it
	 * @param value the argument, {@code null} if it is absent
	 */
	void add(Map<KParameter, @Nullable Object> arguments, @Nullable Object value) {
		if (value != null) {
			arguments.put(this.parameter, (this.valueClass != null) ? this.valueClass.call(value) : value);
		}
		else if (!this.parameter.isOptional()) {
			arguments.put(this.parameter, null);
		}
	}

}
