/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.List;

import org.apache.commons.logging.Log;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.server.LogText;

/**
 * Says at {@code DEBUG} how the messages of a connection were answered. Whether anybody
 * wants to know is asked once for all that one read brought: to ask for each message
 * takes longer than to find its handler.
 */
final class MessageLog {

	private final Log log;

	private boolean enabled;

	MessageLog(Log log) {
		this.log = log;
	}

	/**
	 * Ask whether anybody wants to know.
	 */
	void refresh() {
		this.enabled = this.log.isDebugEnabled();
	}

	boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Say how a message was answered.
	 * @param message the message
	 * @param variables the names of the variables that were set or unset
	 */
	void answered(SpoeMessage message, List<String> variables) {
		this.log.debug("Message '" + LogText.of(message.getName()) + "' with arguments "
				+ message.getArguments().stream().map(SpoeArgument::getName).map(LogText::of).toList()
				+ " answered with variables " + variables);
	}

}
