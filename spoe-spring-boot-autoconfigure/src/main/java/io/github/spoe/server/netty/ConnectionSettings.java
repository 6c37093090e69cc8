/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.spop.Negotiator;

/**
 * What all connections of a server share.
 *
 * @param dispatcher what answers the messages
 * @param metrics what the connections are measured with
 * @param maxFrameSize the greatest length of a frame that the agent takes
 * @param negotiator what answers a HELLO
 * @param log what the connections log to
 */
record ConnectionSettings(SpoeDispatcher dispatcher, SpoeMetrics metrics, int maxFrameSize, Negotiator negotiator,
		Log log) {

	ConnectionSettings(SpoeDispatcher dispatcher, SpoeMetrics metrics, int maxFrameSize, boolean pipelining) {
		this(dispatcher, metrics, maxFrameSize, new Negotiator(maxFrameSize, pipelining),
				LogFactory.getLog(SpoeConnection.class));
	}

}
