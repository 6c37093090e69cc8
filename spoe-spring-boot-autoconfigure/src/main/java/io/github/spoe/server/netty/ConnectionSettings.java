/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.logging.impl.NoOpLog;

import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerListener;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.Negotiator;

/**
 * What all connections of a server share.
 *
 * @param dispatcher what answers the messages
 * @param metrics what the connections are measured with
 * @param maxFrameSize the greatest length of a frame that the agent takes
 * @param varPrefixLength the length of the prefix that HAProxy gives variables
 * @param negotiator what answers a HELLO
 * @param limits what bounds the memory that peers can make the server use
 * @param inFlight counts the NOTIFYs in flight on all connections
 * @param timeouts how long a connection waits for its peer
 * @param listeners what follows the connections
 * @param watchdog what looks whether handlers block event loops
 * @param log what the connections log to
 * @param faults what is told of peers that are not as they should be
 */
record ConnectionSettings(SpoeDispatcher dispatcher, SpoeMetrics metrics, int maxFrameSize, int varPrefixLength,
		Negotiator negotiator, SpoeServerLimits limits, Limit inFlight, SpoeServerTimeouts timeouts,
		ConnectionListeners listeners, EventLoopWatchdog watchdog, Log log, PeerFaults faults) {

	ConnectionSettings(SpoeDispatcher dispatcher, SpoeMetrics metrics, int maxFrameSize, boolean pipelining) {
		this(dispatcher, metrics, maxFrameSize, pipelining, SpoeServerLimits.DEFAULT, SpoeServerTimeouts.DEFAULT);
	}

	ConnectionSettings(SpoeDispatcher dispatcher, SpoeMetrics metrics, int maxFrameSize, boolean pipelining,
			SpoeServerLimits limits, SpoeServerTimeouts timeouts) {
		this(dispatcher, metrics, maxFrameSize, pipelining, limits, timeouts, VariableName.MIN_PREFIX_LENGTH, List.of(),
				Duration.ZERO);
	}

	ConnectionSettings(SpoeDispatcher dispatcher, SpoeMetrics metrics, int maxFrameSize, boolean pipelining,
			SpoeServerLimits limits, SpoeServerTimeouts timeouts, int varPrefixLength,
			List<SpoeServerListener> listeners, Duration watchdogThreshold) {
		this(dispatcher, metrics, maxFrameSize, varPrefixLength, new Negotiator(maxFrameSize, pipelining), limits,
				timeouts, listeners, watchdogThreshold, LogFactory.getLog(SpoeConnection.class));
	}

	private ConnectionSettings(SpoeDispatcher dispatcher, SpoeMetrics metrics, int maxFrameSize, int varPrefixLength,
			Negotiator negotiator, SpoeServerLimits limits, SpoeServerTimeouts timeouts,
			List<SpoeServerListener> listeners, Duration watchdogThreshold, Log log) {
		this(dispatcher, metrics, maxFrameSize, varPrefixLength, negotiator, limits, new Limit(limits.inFlight()),
				timeouts, new ConnectionListeners(listeners, log), new EventLoopWatchdog(watchdogThreshold, log), log,
				new PeerFaults(metrics, log, maxFrameSize));
	}

	/**
	 * Return settings like these for connections that show in no metric and no log, and
	 * that nobody follows or watches.
	 * @param dispatcher what answers the messages
	 * @return the settings
	 */
	ConnectionSettings quiet(SpoeDispatcher dispatcher) {
		return new ConnectionSettings(dispatcher, this.metrics.discarding(), this.maxFrameSize, this.varPrefixLength,
				this.negotiator, this.limits, this.timeouts, List.of(), Duration.ZERO, new NoOpLog());
	}

}
