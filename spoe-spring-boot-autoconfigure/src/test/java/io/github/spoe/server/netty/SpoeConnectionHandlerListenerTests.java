/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;

import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeAgreement;
import io.github.spoe.server.SpoeCloseReason;
import io.github.spoe.server.SpoeCloseReason.Cause;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeServerLimits;
import io.github.spoe.server.SpoeServerListener;
import io.github.spoe.server.SpoeServerTimeouts;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SpoeServerListener}s are told of a connection.
 */
class SpoeConnectionHandlerListenerTests {

	private static final String OPENED = "opened embedded";

	private static final String AGREED = "agreed embedded "
			+ new SpoeAgreement("engine", "2.0", 16380, Set.of("pipelining", "fragmentation"));

	private final List<String> events = new ArrayList<>();

	private EmbeddedConnection connect(SpoeServerListener... listeners) {
		return new EmbeddedConnection(settings(listeners));
	}

	private static ConnectionSettings settings(SpoeServerListener... listeners) {
		SpoeServerTimeouts timeouts = new SpoeServerTimeouts(Duration.ofSeconds(5), Duration.ZERO,
				Duration.ofSeconds(10), Duration.ZERO);
		return new ConnectionSettings(SpoeExchange::complete, SpoeMetrics.NONE, EmbeddedConnection.MAX_FRAME_SIZE, true,
				SpoeServerLimits.DEFAULT, timeouts, VariableName.MIN_PREFIX_LENGTH, List.of(listeners), Duration.ZERO);
	}

	private void assertThatIsTold(Consumer<EmbeddedConnection> conversation, String... events) {
		try (EmbeddedConnection connection = connect(new Recorder(""))) {
			conversation.accept(connection);
		}
		assertThat(this.events).containsExactly(events);
	}

	private static String closed(Cause cause, StatusCode status) {
		return "closed embedded " + new SpoeCloseReason(cause, status.code(), status.text());
	}

	@Test
	void connectionIsFollowedFromItsBeginToItsEnd() {
		assertThatIsTold((connection) -> {
			assertThat(this.events).containsExactly(OPENED);
			connection.hello();
			assertThat(this.events).containsExactly(OPENED, AGREED);
			connection.receive(new Notify(1, 1, List.of())::write);
			assertThat(this.events).hasSize(2);
		}, OPENED, AGREED, closed(Cause.CLOSE, StatusCode.NORMAL));
	}

	@Test
	void engineMayHaveNoId() {
		assertThatIsTold((connection) -> connection.receive(new HaproxyHello("2.0", 300, Set.of(), null, false)::write),
				OPENED, "agreed embedded " + new SpoeAgreement(null, "2.0", 300, Set.of("fragmentation")),
				closed(Cause.CLOSE, StatusCode.NORMAL));
	}

	@Test
	void healthCheck() {
		assertThatIsTold(
				(connection) -> connection.receive(new HaproxyHello("2.0", 16380, Set.of(), null, true)::write), OPENED,
				"checked embedded", closed(Cause.CLOSE, StatusCode.NORMAL));
	}

	@Test
	void healthCheckThatIsReset() {
		assertThatIsTold((connection) -> {
			connection.receive(new HaproxyHello("2.0", 16380, Set.of(), null, true)::write);
			connection.channel().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
		}, OPENED, "checked embedded", closed(Cause.RESET, StatusCode.IO_ERROR));
	}

	@Test
	void disconnectOfHaproxy() {
		assertThatIsTold((connection) -> disconnect(connection.hello(), StatusCode.TIMEOUT.code()), OPENED, AGREED,
				closed(Cause.HAPROXY_DISCONNECT, StatusCode.TIMEOUT));
	}

	@Test
	void disconnectWithAStatusThatNobodyKnows() {
		assertThatIsTold((connection) -> disconnect(connection.hello(), -1), OPENED, AGREED,
				closed(Cause.HAPROXY_DISCONNECT, StatusCode.UNKNOWN_ERROR));
	}

	private static void disconnect(EmbeddedConnection connection, long status) {
		Consumer<ByteWriter> frame = (out) -> new Disconnect(status, "text of\na peer").write(out,
				FrameType.HAPROXY_DISCONNECT);
		connection.receive(frame);
	}

	@Test
	void serverThatStops() {
		assertThatIsTold((connection) -> connection.hello().drain(), OPENED, AGREED,
				closed(Cause.AGENT_DISCONNECT, StatusCode.NORMAL));
	}

	@Test
	void peerThatBreaksTheProtocol() {
		assertThatIsTold((connection) -> connection.receive(new byte[] { 0, 0, 0, 1, 1 }), OPENED,
				closed(Cause.AGENT_DISCONNECT, StatusCode.INVALID_FRAME));
	}

	@Test
	void connectionThatIsOneTooMany() {
		assertThatIsTold(
				(connection) -> connection.channel().pipeline().fireUserEventTriggered(SpoeConnectionHandler.REFUSE),
				OPENED, closed(Cause.AGENT_DISCONNECT, StatusCode.RESOURCE_ERROR));
	}

	@Test
	void peerThatSaysNothing() {
		assertThatIsTold((connection) -> connection.advanceTime(6000), OPENED,
				closed(Cause.AGENT_DISCONNECT, StatusCode.TIMEOUT));
	}

	@Test
	void peerThatReadsNothing() {
		assertThatIsTold((connection) -> {
			connection.hello().block();
			connection.receive(new Notify(1, 1, List.of())::write);
			connection.advanceTime(10_000);
			assertThat(connection.isOpen()).isFalse();
		}, OPENED, AGREED, closed(Cause.RESET, StatusCode.TIMEOUT));
	}

	@Test
	void whatFollowsTheEndIsNotItsReason() {
		assertThatIsTold((connection) -> {
			connection.hello().drain();
			connection.channel().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
		}, OPENED, AGREED, closed(Cause.AGENT_DISCONNECT, StatusCode.NORMAL));
	}

	@Test
	void errorOfTheAgent() {
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			assertThatIsTold(
					(connection) -> connection.channel()
						.pipeline()
						.fireExceptionCaught(new IllegalStateException("on purpose")),
					OPENED, closed(Cause.CLOSE, StatusCode.UNKNOWN_ERROR));
			assertThat(log.messages(Level.ERROR)).hasSize(1);
		}
	}

	@Test
	void allListenersAreToldInTheirOrder() {
		try (EmbeddedConnection connection = connect(new Recorder("1: "), new Recorder("2: "))) {
			connection.hello();
			assertThat(this.events).containsExactly("1: " + OPENED, "2: " + OPENED, "1: " + AGREED, "2: " + AGREED);
		}
	}

	@Test
	void listenerThatFailsHarmsNobody() {
		SpoeServerListener failing = new Recorder("failed: ") {

			@Override
			void add(String event) {
				super.add(event);
				throw new AssertionError("on purpose");
			}

		};
		ConnectionSettings settings = settings(failing, new Recorder(""));
		try (LogRecorder log = LogRecorder.open(Level.INFO)) {
			try (EmbeddedConnection connection = new EmbeddedConnection(settings)) {
				connection.hello();
				connection.receive(new Notify(1, 1, List.of())::write);
				assertThat(connection.sent()).hasSize(1);
			}
			String closed = closed(Cause.CLOSE, StatusCode.NORMAL);
			assertThat(this.events).containsExactly("failed: " + OPENED, OPENED, "failed: " + AGREED, AGREED,
					"failed: " + closed, closed);
			assertThat(log.messages(Level.WARN)).hasSize(3)
				.containsOnly("Listener " + failing.getClass().getName() + " failed");
			assertThat(log.events(Level.WARN))
				.allMatch((event) -> event.getThrowableProxy().getMessage().equals("on purpose"));
			for (int i = 0; i < 10; i++) {
				new EmbeddedConnection(settings).close();
			}
			assertThat(log.messages(Level.WARN)).hasSize(5);
		}
	}

	private class Recorder implements SpoeServerListener {

		private final String prefix;

		Recorder(String prefix) {
			this.prefix = prefix;
		}

		void add(String event) {
			SpoeConnectionHandlerListenerTests.this.events.add(this.prefix + event);
		}

		@Override
		public void connectionOpened(SocketAddress peer) {
			add("opened " + peer);
		}

		@Override
		public void connectionAgreed(SocketAddress peer, SpoeAgreement agreement) {
			add("agreed " + peer + " " + agreement);
		}

		@Override
		public void healthCheckAnswered(SocketAddress peer) {
			add("checked " + peer);
		}

		@Override
		public void connectionClosed(SocketAddress peer, SpoeCloseReason reason) {
			add("closed " + peer + " " + reason);
		}

	}

}
