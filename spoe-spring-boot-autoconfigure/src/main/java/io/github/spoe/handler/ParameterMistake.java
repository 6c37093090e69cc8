/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.MethodParameter;

/**
 * Creates the exceptions for mistakes in the parameters of handler methods, and in what
 * these are made of.
 */
final class ParameterMistake {

	private ParameterMistake() {
	}

	/**
	 * Create an exception.
	 * @param parameter the parameter, or component of a record
	 * @param owner what has it, for a reader
	 * @param problem what is wrong with it
	 * @param action what to do about it
	 * @return the exception
	 */
	static FailureAnalyzedException of(MethodParameter parameter, String owner, String problem, String action) {
		String kind = (parameter instanceof RecordComponentParameter) ? "Component " : "Parameter ";
		String name = parameter.getParameterName();
		return new FailureAnalyzedException(
				kind + ((name != null) ? "'" + name + "'" : parameter.getParameterIndex() + 1) + " of " + owner + " "
						+ problem + ".",
				action);
	}

}
