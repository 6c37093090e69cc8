/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.github.spoe.server.LogText;
import io.github.spoe.server.RateLimitedLog;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.NotifyIndex;
import io.github.spoe.spop.SpopException;
import io.github.spoe.spop.StatusCode;

/**
 * What peers, and answers, do that is not as it should be is counted, and logged: at
 * {@code DEBUG} what happens every day, else as a warning or an error, of which each kind
 * has a limit of its own for all connections of a server. For any thread.
 */
final class PeerFaults {

	/**
	 * What HAProxy says when nobody has made a mistake.
	 */
	private static final Set<StatusCode> USUAL = EnumSet.of(StatusCode.NORMAL, StatusCode.IO_ERROR, StatusCode.TIMEOUT);

	private final SpoeMetrics metrics;

	private final Log log;

	private final int maxFrameSize;

	private final RateLimitedLog otherProtocols;

	private final RateLimitedLog protocolErrors;

	private final RateLimitedLog malformedNotifys;

	private final RateLimitedLog largeNotifys;

	private final RateLimitedLog largeAcks;

	private final RateLimitedLog disconnects;

	private final RateLimitedLog unreadWrites;

	/**
	 * Create new faults.
	 * @param metrics what counts them
	 * @param log where they are logged to
	 * @param maxFrameSize the greatest length of a frame that the agent takes
	 */
	PeerFaults(SpoeMetrics metrics, Log log, int maxFrameSize) {
		this.metrics = metrics;
		this.log = log;
		this.maxFrameSize = maxFrameSize;
		this.otherProtocols = new RateLimitedLog(log);
		this.protocolErrors = new RateLimitedLog(log);
		this.malformedNotifys = new RateLimitedLog(log);
		this.largeNotifys = new RateLimitedLog(log);
		this.largeAcks = new RateLimitedLog(log);
		this.disconnects = new RateLimitedLog(log);
		this.unreadWrites = new RateLimitedLog(log);
	}

	/**
	 * A connection is ended with a status.
	 * @param peer where the connection comes from
	 * @param ex what is wrong
	 * @param other the name of the protocol that was found instead, if any
	 */
	void protocolError(SocketAddress peer, SpopException ex, @Nullable String other) {
		this.metrics.fault(SpoeFault.PROTOCOL_ERROR);
		if (other != null) {
			this.otherProtocols.warn(() -> "Connection from " + peer + " is closed: what it sent looks like " + other
					+ " and not like SPOP");
		}
		else {
			this.protocolErrors.warn(() -> "Connection from " + peer + " broke the protocol and is closed with status "
					+ ex.getStatus().code() + ": " + ex.getMessage());
		}
	}

	/**
	 * A NOTIFY cannot be read.
	 * @param peer where the NOTIFY comes from
	 * @param message what is known of the message that is malformed
	 * @param ex what is wrong
	 */
	void malformedNotify(SocketAddress peer, Supplier<String> message, SpopException ex) {
		this.metrics.fault(SpoeFault.MALFORMED_NOTIFY);
		this.malformedNotifys.warn(() -> "NOTIFY from " + peer + " is malformed in " + message.get()
				+ " and is acknowledged without variables: " + ex.getMessage());
	}

	/**
	 * The fragments of a NOTIFY are larger than is allowed.
	 * @param peer where the NOTIFY comes from
	 * @param maxSize the most bytes that the fragments may have together
	 */
	void notifyTooLarge(SocketAddress peer, int maxSize) {
		this.metrics.fault(SpoeFault.NOTIFY_TOO_LARGE);
		this.largeNotifys
			.warn(() -> "NOTIFY from " + peer + " is acknowledged without variables: its fragments have more than "
					+ maxSize + " bytes together, which 'spoe.server.max-message-size' can raise");
	}

	/**
	 * Variables of a message do not fit in the ACK.
	 * @param messages the messages of the NOTIFY
	 * @param message the number of the message, beyond them if a dispatcher failed there
	 * @param outcome how it ended. A handler that fails loses all its variables, one that
	 * does not has them as far as they fit.
	 * @param length the length that the ACK would have
	 * @param maxLength the greatest length
	 */
	void ackTooLarge(NotifyIndex messages, int message, SpoeOutcome outcome, int length, int maxLength) {
		this.metrics.fault(SpoeFault.ACK_TOO_LARGE);
		String subject = (message >= 0 && message < messages.messageCount())
				? "Message '" + LogText.of(messages.messageNameText(message)) + "'" : "A NOTIFY";
		this.largeAcks.error(() -> subject + " loses "
				+ ((outcome == SpoeOutcome.SUCCESS) ? "some of its variables" : "its variables")
				+ ", as they do not fit: its ACK would have " + length + " bytes (expected: <= " + maxLength
				+ "). Set less, or raise " + frameSizeLimit(maxLength));
	}

	// The smaller of the two sizes is agreed.
	private String frameSizeLimit(int maxAckLength) {
		return (maxAckLength == this.maxFrameSize) ? "'spoe.server.max-frame-size'" : "'tune.bufsize' of HAProxy";
	}

	/**
	 * HAProxy ends a connection with a word.
	 * @param peer where the connection comes from
	 * @param disconnect what it says
	 */
	void disconnected(SocketAddress peer, Disconnect disconnect) {
		StatusCode status = StatusCode.of(disconnect.statusCode());
		Supplier<String> text = () -> "HAProxy at " + peer + " disconnects with status "
				+ Long.toUnsignedString(disconnect.statusCode()) + ": " + status.text();
		if (!USUAL.contains(status)) {
			this.disconnects.warn(text);
		}
		else if (this.log.isDebugEnabled()) {
			this.log.debug(text.get());
		}
	}

	/**
	 * A connection is ended as something that had to come did not come.
	 */
	void timeout() {
		this.metrics.fault(SpoeFault.TIMEOUT);
	}

	/**
	 * A connection is reset as nothing was read that was written to it.
	 * @param peer where the connection comes from
	 * @param timeout how long nothing was read
	 */
	void writeTimeout(SocketAddress peer, Duration timeout) {
		this.metrics.fault(SpoeFault.TIMEOUT);
		this.unreadWrites.warn(() -> "Connection from " + peer
				+ " is reset: nothing that was written to it was read for " + timeout.toMillis() + " ms");
	}

}
