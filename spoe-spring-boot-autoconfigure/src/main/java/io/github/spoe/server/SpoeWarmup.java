/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import java.util.List;
import java.util.Map;

/**
 * Messages that nobody has asked, and what answers them: runs the code that answers real
 * ones, until the JIT compiler has seen enough of it. It shows in no metric and no log.
 *
 * @since 0.1.0
 */
public interface SpoeWarmup extends AutoCloseable {

	/**
	 * Return the messages that may be sent, as often as wanted.
	 * @return the messages
	 */
	List<Message> getMessages();

	/**
	 * Return what answers these messages.
	 * @return the dispatcher
	 */
	SpoeDispatcher getDispatcher();

	/**
	 * End the warm-up: what is not running yet will not run. Does not wait for what does.
	 */
	@Override
	void close();

	/**
	 * A message to send.
	 *
	 * @param name the name
	 * @param arguments the arguments by their names: {@code Boolean}, {@code Long},
	 * {@code InetAddress}, {@code String} or {@code byte[]}, as of
	 * {@link io.github.spoe.SpoeArgument#getValue()}
	 */
	record Message(String name, Map<String, Object> arguments) {

	}

}
