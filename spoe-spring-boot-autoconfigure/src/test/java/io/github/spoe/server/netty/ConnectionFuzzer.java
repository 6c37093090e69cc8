/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.apache.commons.logging.Log;

import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.Negotiator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz target: a connection answers what comes as {@link FuzzedConversation} says,
 * however it is cut and whatever happens between, lets no exception escape, and leaves
 * nothing behind.
 */
public final class ConnectionFuzzer {

	private static final int DETACHING = 0;

	private static final int LOGGING = 1;

	private static final int SMALL_FRAMES = 2;

	private static final int SMALL_LIMITS = 3;

	private static final SpoeServerLimits SMALL = new SpoeServerLimits(1, 5, 3, 100, 200);

	private static final int SETTLE_STEPS = 10;

	private static final int SETTLE_MILLIS = 10;

	private static final long END_MILLIS = 2000;

	private ConnectionFuzzer() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		FuzzScript script = FuzzScript.read(input);
		FuzzedConversation conversation = play(script);
		conversation.check();
		if (!script.events().isEmpty() && conversation.isOnlyCut()) {
			conversation.checkSame(play(script.withoutEvents()));
		}
	}

	private static FuzzedConversation play(FuzzScript script) {
		FuzzDispatcher dispatcher = new FuzzDispatcher(script.isSet(DETACHING));
		List<Object> errors = new ArrayList<>();
		RecordingMetrics metrics = new RecordingMetrics();
		int maxFrameSize = script.isSet(SMALL_FRAMES) ? Negotiator.MIN_MAX_FRAME_SIZE
				: EmbeddedConnection.MAX_FRAME_SIZE;
		FuzzedConversation conversation = new FuzzedConversation(maxFrameSize);
		SpoeServerLimits limits = script.isSet(SMALL_LIMITS) ? SMALL : SpoeServerLimits.DEFAULT;
		Limit inFlight = new Limit(limits.inFlight());
		Log log = log(script.isSet(LOGGING), errors);
		try (EmbeddedConnection connection = new EmbeddedConnection(new ConnectionSettings(dispatcher, metrics,
				maxFrameSize, VariableName.MIN_PREFIX_LENGTH, new Negotiator(maxFrameSize, true), limits, inFlight,
				SpoeServerTimeouts.DEFAULT, new ConnectionListeners(List.of(), log),
				new EventLoopWatchdog(Duration.ZERO, log), log, new PeerFaults(metrics, log, maxFrameSize)))) {
			script.play(new Player(connection, dispatcher, conversation));
			settle(connection, dispatcher);
			conversation.answered(connection.sentBytes(), connection.isOpen());
			connection.advanceTime(END_MILLIS);
			conversation.ended(connection.sentBytes(), connection.isOpen());
		}
		dispatcher.release();
		assertThat(errors).isEmpty();
		assertThat(metrics.activeNotifies).as("NOTIFYs in flight").isZero();
		assertThat(inFlight.count()).as("NOTIFYs in flight of all connections").isZero();
		return conversation;
	}

	/**
	 * Return a log that keeps the errors that are not on purpose.
	 */
	private static Log log(boolean enabled, List<Object> errors) {
		return (Log) Proxy.newProxyInstance(Log.class.getClassLoader(), new Class<?>[] { Log.class },
				(log, method, arguments) -> {
					if (method.getName().equals("error") && arguments.length > 1
							&& !(arguments[1] instanceof FuzzDispatcher.OnPurpose)) {
						errors.add(arguments[1]);
					}
					return (method.getReturnType() == boolean.class) ? enabled : null;
				});
	}

	private static void settle(EmbeddedConnection connection, FuzzDispatcher dispatcher) {
		if (connection.isOpen()) {
			connection.endRead();
		}
		connection.unblock();
		do {
			while (dispatcher.release()) {
				connection.runTasks();
			}
			for (int i = 0; i < SETTLE_STEPS; i++) {
				connection.advanceTime(SETTLE_MILLIS);
			}
		}
		while (dispatcher.release());
	}

	private record Player(EmbeddedConnection connection, FuzzDispatcher dispatcher,
			FuzzedConversation conversation) implements FuzzScript.Player {

		private static final long TIMEOUT_MILLIS = 6000;

		private static final int EVENTS = 13;

		@Override
		public void receive(byte[] bytes) {
			if (bytes.length > 0 && this.connection.isOpen()) {
				this.connection.receivePart(bytes);
				this.conversation.received(bytes);
			}
		}

		@Override
		public void happen(int code) {
			if (!this.connection.isOpen()) {
				return;
			}
			switch (code % EVENTS) {
				case 0, 1, 2 -> this.connection.endRead();
				// Another part of the same read.
				case 3 -> {
				}
				case 4, 5 -> {
					this.dispatcher.release();
					this.conversation.disturbed();
				}
				default -> {
					this.conversation.disturbed();
					disturb(code % EVENTS);
				}
			}
		}

		private void disturb(int event) {
			switch (event) {
				case 6 -> this.connection.block();
				case 7 -> this.connection.unblock();
				case 8 -> {
					this.conversation.interrupted();
					this.connection.drain();
				}
				case 9 -> {
					this.conversation.interrupted();
					this.connection.channel().pipeline().fireUserEventTriggered(SpoeConnectionHandler.TERMINATE);
				}
				case 10 -> {
					this.conversation.interrupted();
					this.connection.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
				}
				case 11 -> {
					this.conversation.interrupted();
					this.connection.advanceTime(TIMEOUT_MILLIS);
				}
				default -> {
					this.conversation.interrupted();
					this.connection.channel().pipeline().fireExceptionCaught(new IOException("Connection reset"));
				}
			}
		}

	}

}
