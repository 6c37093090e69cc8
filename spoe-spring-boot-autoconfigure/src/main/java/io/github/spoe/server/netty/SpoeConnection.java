/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.github.spoe.SpoeContext;
import io.github.spoe.server.SpoeCloseReason.Cause;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Negotiator;
import io.github.spoe.spop.SpopException;
import io.github.spoe.spop.StatusCode;

/**
 * One connection from HAProxy: goes through the states of the protocol and answers its
 * frames. All that answers one read leaves with one flush. For the event loop only,
 * except where a method says otherwise.
 */
final class SpoeConnection {

	/**
	 * How long the peer may take to close a connection that has come to its end. To close
	 * first could, with bytes unread, reset the connection and take the last frame along.
	 */
	private static final long CLOSE_TIMEOUT_MILLIS = 1000;

	/**
	 * How long a connection that drains takes further NOTIFYs. Without an end, one that
	 * is never idle would never be done.
	 */
	private static final long DRAIN_READING_MILLIS = 1000;

	/**
	 * The most that a read brings.
	 */
	private static final int MAX_READ = 64 * 1024;

	private final ConnectionSettings settings;

	private final ChannelHandlerContext context;

	private final AckPacer pacer;

	private final Outbound outbound;

	private final AckQueue ackQueue;

	private final ConnectionTimeouts timeouts;

	private final Inbound inbound;

	private final ConnectionMetrics metrics;

	private final ConnectionEvents events;

	private final EventLoopActivity activity;

	private final Log logger;

	private final MessageLog messageLog;

	private final NotifyReceiver notifys;

	private final Deadlines deadlines;

	/**
	 * The thread of the event loop. Not taken from the {@link EventLoopActivity}, which
	 * the event loop writes to all the time: workers would wait for its memory.
	 */
	private final Thread thread = Thread.currentThread();

	private final int maxInFlight;

	private final int maxOutbound;

	private State state = State.AWAITING_HELLO;

	private int maxFrameSize;

	private @Nullable String engineId;

	private int inFlight;

	private boolean readingStopped;

	/**
	 * Whether frames that were received wait until others are answered.
	 */
	private boolean full;

	SpoeConnection(ConnectionSettings settings, ChannelHandlerContext context) {
		this.settings = settings;
		this.context = context;
		EventLoopScratch scratch = EventLoopScratch.current();
		this.activity = scratch.activity();
		settings.watchdog().watch(this.activity);
		this.inbound = new Inbound(scratch);
		this.pacer = new AckPacer(context.channel().eventLoop(), this::drainAcks);
		this.outbound = new Outbound(context, scratch, this.pacer);
		this.metrics = new ConnectionMetrics(settings.metrics());
		this.deadlines = new Deadlines(context.channel().eventLoop());
		this.logger = settings.log();
		this.messageLog = new MessageLog(this.logger);
		this.notifys = new NotifyReceiver(this, settings, this.pacer,
				new InlineExchange(this, this.metrics, this.messageLog, scratch));
		this.ackQueue = new AckQueue(context.channel().eventLoop(), this::drainAcks);
		this.events = new ConnectionEvents(settings.listeners(), peerAddress());
		this.maxInFlight = settings.limits().inFlightPerConnection();
		this.maxOutbound = settings.limits().outboundSize();
		this.maxFrameSize = settings.maxFrameSize();
		this.timeouts = new ConnectionTimeouts(settings, context, this, this.outbound);
	}

	/**
	 * Answer all frames that are whole, as long as there is room for answers. When the
	 * connection has come to its end, whatever is left is thrown away.
	 * @param in what was received
	 */
	void read(ByteBuf in) {
		if (isOver()) {
			return;
		}
		if (this.full) {
			keepUnasked(in);
			return;
		}
		this.metrics.readStarted();
		readFrames(this.inbound.receive(in));
	}

	/**
	 * Keep what came although nothing was to be read: a transport may have had a read
	 * under way. It brings more only if the peer has closed its side, and then nobody
	 * waits for answers.
	 * @param in what was received
	 */
	private void keepUnasked(ByteBuf in) {
		if (this.inbound.size() > this.maxFrameSize + MAX_READ) {
			this.logger.debug("Connection from " + peerAddress() + " has more to read than is kept, and is closed");
			close(Cause.CLOSE, StatusCode.RESOURCE_ERROR);
		}
		else {
			this.inbound.add(in);
		}
	}

	private void readFrames(FrameReader frames) {
		this.messageLog.refresh();
		this.deadlines.readStarted();
		try {
			while (!isOver()) {
				if (isFull()) {
					this.full = true;
					this.inbound.keepFrames(frames);
					updateAutoRead();
					return;
				}
				if (!frames.next(this.maxFrameSize)) {
					this.inbound.keepRest(frames);
					this.timeouts.read(frames.position() > 0 && this.notifys.advanced(), hasPartial());
					return;
				}
				this.metrics.received();
				readFrame(frames);
			}
		}
		catch (SpopException ex) {
			refuse(ex, frames);
		}
		finally {
			this.metrics.readFinished();
		}
	}

	private boolean isFull() {
		if (this.inFlight >= this.maxInFlight) {
			takeAcks();
		}
		return this.inFlight >= this.maxInFlight || this.outbound.size() >= this.maxOutbound;
	}

	private void refuse(SpopException ex, FrameReader frames) {
		boolean noFrame = this.state == State.AWAITING_HELLO && ex.getStatus() == StatusCode.FRAME_TOO_BIG;
		String other = noFrame ? OtherProtocol.of(frames.refusedLength()) : null;
		this.settings.faults().protocolError(peerAddress(), ex, other);
		disconnect(new Disconnect(ex.getStatus()));
	}

	/**
	 * Return whether the peer has begun something that it has to bring to its end.
	 * @return whether a frame, or a NOTIFY in fragments, has come in part
	 */
	boolean hasPartial() {
		return this.inbound.isPartial() || this.notifys.isIncomplete();
	}

	private void readFrame(FrameReader frame) {
		FrameType type = frame.type();
		if (this.state == State.AWAITING_HELLO) {
			awaitHello(frame);
		}
		else if (type == null) {
			this.logger.debug("Ignored a frame of unknown type from " + peerAddress());
		}
		else if (type == FrameType.NOTIFY || type == FrameType.UNSET) {
			this.notifys.receive(frame, this.outbound.frames());
		}
		else if (type == FrameType.HAPROXY_DISCONNECT) {
			answerDisconnect(frame);
		}
		else if (!frame.isFin()) {
			throw new SpopException(StatusCode.NO_FRAGMENTATION, type + " is fragmented");
		}
		else {
			throw new SpopException(StatusCode.INVALID_FRAME, type + " after HAPROXY_HELLO");
		}
	}

	private void awaitHello(FrameReader frame) {
		if (frame.type() == FrameType.HAPROXY_DISCONNECT) {
			answerDisconnect(frame);
			return;
		}
		HaproxyHello hello = HaproxyHello.read(frame.header(), frame.payloadBuffer());
		AgentHello answer = this.settings.negotiator().answer(hello);
		answer.write(this.outbound.frames());
		this.metrics.sent();
		if (hello.healthcheck()) {
			this.logger.debug("Health check from " + peerAddress());
			this.events.healthCheckAnswered();
			close();
			return;
		}
		this.logger.debug("Connection from " + peerAddress() + " agreed on " + answer);
		this.maxFrameSize = (int) answer.maxFrameSize();
		this.notifys.agreed(Negotiator.maxAckLength(hello, answer));
		this.pacer.agreed(hello, answer, this.outbound.size());
		this.engineId = hello.engineId();
		this.state = State.RUNNING;
		this.timeouts.agreed();
		this.events.agreed(answer, this.engineId);
	}

	private void answerDisconnect(FrameReader frame) {
		Disconnect disconnect = Disconnect.read(frame.header(), frame.payloadBuffer());
		this.settings.faults().disconnected(peerAddress(), disconnect);
		this.events.closing(Cause.HAPROXY_DISCONNECT, StatusCode.of(disconnect.statusCode()));
		// Up to 3.0 the status of the answer takes the place of HAProxy's own.
		disconnect(new Disconnect(disconnect.statusCode(), StatusCode.of(disconnect.statusCode()).text()));
	}

	/**
	 * Return whether an exchange may be answered later, and count it among those of all
	 * connections until it is {@link #acknowledge acknowledged}.
	 * @return {@code false} if there are as many as may be
	 */
	boolean mayDetach() {
		return this.settings.inFlight().tryAcquire();
	}

	/**
	 * Count one less among those of all connections, as an exchange is not answered later
	 * although it might have been.
	 */
	void notDetached() {
		this.settings.inFlight().release();
	}

	/**
	 * Return whether the calling thread is that of the event loop. Called on any thread.
	 * @return whether it is
	 */
	boolean isOnEventLoop() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * Return what is told of messages that are answered. Called on any thread.
	 * @return the log
	 */
	MessageLog messageLog() {
		return this.messageLog;
	}

	Deadlines deadlines() {
		return this.deadlines;
	}

	/**
	 * Count an exchange that is answered through the {@link AckQueue}.
	 */
	void detached() {
		this.inFlight++;
		this.metrics.detached();
	}

	/**
	 * Return whether durations are measured. Called on any thread.
	 * @return {@code false} if no clock needs to be read
	 */
	boolean isTimed() {
		return this.metrics.isTimed();
	}

	/**
	 * Send the ACK of a detached exchange. Called on any thread.
	 * @param exchange the exchange, completed
	 */
	void acknowledge(DetachedExchange exchange) {
		this.settings.inFlight().release();
		this.ackQueue.add(exchange);
	}

	/**
	 * Send what has been answered, and answer what waited for that.
	 */
	void drainAcks() {
		takeAcks();
		boolean roomAgain = this.full && readKept();
		if (this.state == State.DRAINING && this.inFlight == 0 && !this.full) {
			disconnect(new Disconnect(StatusCode.NORMAL));
		}
		flush();
		if (roomAgain) {
			updateAutoRead();
		}
	}

	private void takeAcks() {
		this.ackQueue.drainTo(this::takeAck);
	}

	private void flush() {
		this.outbound.flush(this.inFlight);
		this.metrics.written();
		this.timeouts.flushed();
	}

	/**
	 * Have a task run when the current answer is written, or never will be.
	 * @param task the task
	 */
	void afterAck(Runnable task) {
		this.outbound.afterWrite(task);
	}

	/**
	 * Answer frames that were kept.
	 * @return {@code false} if some are still kept
	 */
	private boolean readKept() {
		while (this.full && !isOver()) {
			if (this.outbound.size() >= this.maxOutbound) {
				flush();
			}
			if (isFull() || !this.context.channel().isWritable()) {
				return false;
			}
			this.full = false;
			this.metrics.readResumed();
			readFrames(this.inbound.resume());
		}
		return !this.full;
	}

	private void takeAck(DetachedExchange exchange) {
		this.deadlines.remove(exchange);
		if (this.state != State.ABANDONED) {
			this.inFlight--;
			answer(exchange);
		}
		if (!exchange.afterAck().isEmpty()) {
			exchange.afterAck().forEach(this.outbound::afterWrite);
		}
	}

	private void answer(DetachedExchange exchange) {
		if (this.state == State.CLOSED) {
			this.metrics.dropped();
			return;
		}
		this.metrics.acknowledged(exchange.outcome(), exchange.arrival());
		this.pacer.answered(exchange.ack().size());
		this.outbound.frames().writeBytes(exchange.ack(), 0);
	}

	/**
	 * Say goodbye once nothing is in flight.
	 */
	void drain() {
		if (this.state == State.AWAITING_HELLO || this.state == State.RUNNING) {
			this.state = State.DRAINING;
			drainAcks();
			this.context.executor().schedule(this::stopReading, DRAIN_READING_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void stopReading() {
		if (this.state == State.DRAINING) {
			this.readingStopped = true;
			updateAutoRead();
		}
	}

	/**
	 * Go on, or stop, as the peer has read its ACKs or has not.
	 */
	void writabilityChanged() {
		updateAutoRead();
		if (this.full && this.context.channel().isWritable()) {
			// Not from here, within a write.
			eventLoop().execute(this::drainAcks);
		}
	}

	/**
	 * Read only what can be answered: a peer that does not read its ACKs is not read
	 * either. At the end all is read, to see the peer close the connection.
	 */
	private void updateAutoRead() {
		boolean answerable = !this.readingStopped && !this.full && this.context.channel().isWritable();
		ChannelConfig config = this.context.channel().config();
		boolean resumed = answerable && !config.isAutoRead();
		config.setAutoRead(isOver() || answerable);
		if (resumed) {
			this.timeouts.readingResumed();
		}
	}

	/**
	 * Say goodbye whatever is in flight.
	 */
	void terminate() {
		if (!isOver()) {
			disconnect(new Disconnect(StatusCode.NORMAL));
		}
	}

	/**
	 * Say that there are too many connections.
	 */
	void refuse() {
		if (!isOver()) {
			disconnect(new Disconnect(StatusCode.RESOURCE_ERROR));
		}
	}

	/**
	 * Say goodbye to a peer that has let the agent wait too long.
	 * @param what what the peer did
	 * @param timeout how long it did
	 */
	void timedOut(String what, Duration timeout) {
		this.logger.debug("Connection from " + peerAddress() + " is closed with status 2: it " + what + " for "
				+ timeout.toMillis() + " ms");
		disconnect(new Disconnect(StatusCode.TIMEOUT));
	}

	/**
	 * Return whether only the peer can bring something about.
	 * @return whether nothing is in flight, nor waits to be read by the peer
	 */
	boolean isIdle() {
		return this.inFlight == 0 && !this.outbound.isPending();
	}

	private void disconnect(Disconnect disconnect) {
		this.events.closing(Cause.AGENT_DISCONNECT, StatusCode.of(disconnect.statusCode()));
		disconnect.write(this.outbound.frames(), FrameType.AGENT_DISCONNECT);
		this.metrics.sent();
		close();
		ChannelPromise written = this.context.newPromise();
		if (this.context.channel() instanceof DuplexChannel channel) {
			written.addListener((done) -> channel.shutdownOutput());
		}
		this.outbound.flush(this.inFlight, written);
	}

	private boolean isOver() {
		return this.state == State.CLOSED || this.state == State.ABANDONED;
	}

	// Answer nothing more, and let the peer close the connection.
	private void close() {
		this.state = State.CLOSED;
		this.timeouts.cancel();
		this.inbound.clear();
		this.notifys.clear();
		updateAutoRead();
		this.context.executor().schedule(() -> this.context.close(), CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Close the channel without a word.
	 * @param cause how the connection has ended
	 * @param status why
	 */
	void close(Cause cause, StatusCode status) {
		this.events.closing(cause, status);
		this.context.close();
	}

	/**
	 * Throw away what was not sent, as the channel is gone.
	 */
	void abandon() {
		this.state = State.ABANDONED;
		this.timeouts.cancel();
		this.inbound.clear();
		this.notifys.clear();
		this.outbound.release();
		this.metrics.closed(this.inFlight);
		this.events.closed();
	}

	/**
	 * Return where a NOTIFY comes from. Called on any thread that it was handed to.
	 * @param streamId the stream of the NOTIFY
	 * @param frameId the frame of the NOTIFY
	 * @return the context
	 */
	SpoeContext context(long streamId, long frameId) {
		return new SpoeContext(streamId, frameId, this.engineId, peerAddress());
	}

	SocketAddress peerAddress() {
		return this.context.channel().remoteAddress();
	}

	/**
	 * Return what is told of faults. Called on any thread.
	 * @return the faults
	 */
	PeerFaults faults() {
		return this.settings.faults();
	}

	/**
	 * Run a task in which handlers may be called on the event loop. Called on any thread.
	 * @param task the task
	 */
	void runHandlers(Runnable task) {
		eventLoop().execute(() -> this.activity.run(task));
	}

	EventLoopActivity activity() {
		return this.activity;
	}

	private EventLoop eventLoop() {
		return this.context.channel().eventLoop();
	}

	private enum State {

		/**
		 * Nothing is agreed yet.
		 */
		AWAITING_HELLO,

		/**
		 * NOTIFYs are answered.
		 */
		RUNNING,

		/**
		 * As {@link #RUNNING}, until nothing is in flight.
		 */
		DRAINING,

		/**
		 * The last frame is written; what still comes is thrown away.
		 */
		CLOSED,

		/**
		 * The channel is gone.
		 */
		ABANDONED

	}

}
