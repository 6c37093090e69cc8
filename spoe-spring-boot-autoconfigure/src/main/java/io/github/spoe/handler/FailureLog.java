/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.spoe.SpoeException;
import io.github.spoe.server.RateLimitedLog;
import io.github.spoe.server.SpoeOutcome;

/**
 * Says why a message was not answered. Each message has a limit of its own, so that one
 * that always fails does not hide another.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(FailureLog.class);

	private final RateLimitedLog warnings = new RateLimitedLog(logger);

	private final String message;

	private final String handler;

	private final boolean inBackground;

	/**
	 * Create a new log.
	 * @param message the name of the message
	 * @param handler what handles it, for a reader
	 * @param inBackground whether the message is acknowledged before
	 */
	FailureLog(String message, String handler, boolean inBackground) {
		this.message = message;
		this.handler = handler;
		this.inBackground = inBackground;
	}

	/**
	 * Say why the message was not answered.
	 * @param outcome how it ended
	 * @param cause the failure, which may be a {@link SpoeException} that needs no stack
	 * trace
	 */
	void add(SpoeOutcome outcome, Throwable cause) {
		String what = (outcome == SpoeOutcome.REJECTED) ? " was not called" : " failed";
		try {
			if (cause instanceof SpoeException) {
				this.warnings.warn(() -> text(what) + ": " + cause.getMessage());
			}
			else {
				this.warnings.warn(() -> text(what), cause);
			}
		}
		catch (Throwable unprintable) {
			this.warnings.warn(() -> text(what) + " with " + cause.getClass().getName() + ", which cannot be printed");
		}
	}

	private String text(String what) {
		return "Message '" + this.message + "' is "
				+ (this.inBackground ? "not handled: " : "acknowledged without variables: ") + this.handler + what;
	}

}
