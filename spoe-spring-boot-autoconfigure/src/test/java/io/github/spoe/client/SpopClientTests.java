/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.github.spoe.client.ScriptedAgent.Script;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.NotifyReader;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SpopClient} against agents that follow a script.
 */
class SpopClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final AgentHello HELLO = new AgentHello("2.0", 16380, Set.of("pipelining"));

	private static final List<Ack.Action> ACTIONS = List
		.of(new Ack.Action(VariableScope.SESSION, "score", TypedData.of(7)));

	@Test
	void saysHello() throws Exception {
		List<HaproxyHello> said = new ArrayList<>();
		try (ScriptedAgent agent = ScriptedAgent.start((peer) -> {
			ByteBuf frame = peer.readFrame();
			said.add(HaproxyHello.read(FrameHeader.read(frame), frame));
			peer.send(HELLO::write);
		}); SpopClient client = connect(agent)) {
			assertThat(client.hello()).isEqualTo(HELLO);
		}
		assertThat(said).singleElement().satisfies((hello) -> {
			assertThat(hello.supportedVersions()).isEqualTo("2.0");
			assertThat(hello.maxFrameSize()).isEqualTo(16380);
			assertThat(hello.capabilities()).containsExactly("pipelining");
			assertThat(hello.engineId()).isNotEmpty();
			assertThat(hello.healthcheck()).isFalse();
		});
	}

	@Test
	void asks() throws Exception {
		Notify question = new Notify(4711, 3, List.of(new Notify.Message("message", List.of())));
		List<Notify> asked = new ArrayList<>();
		try (ScriptedAgent agent = ScriptedAgent.start(afterHello((peer) -> {
			asked.add(readNotify(peer));
			peer.send(RawFrames.ack(new Ack(4711, 3, ACTIONS)));
		})); SpopClient client = connect(agent)) {
			client.hello();
			client.send(question);
			assertThat(client.readAck()).isEqualTo(new Ack(4711, 3, ACTIONS));
		}
		assertThat(asked).containsExactly(question);
	}

	@Test
	void receivesWhateverHasCome() throws Exception {
		try (ScriptedAgent agent = ScriptedAgent.start(afterHello((peer) -> {
			peer.send((out) -> List.of(1, 300, 100_000)
				.forEach((id) -> RawFrames.ack(new Ack(id, id + 1, ACTIONS)).accept(out)));
			peer.awaitClose();
		})); SpopClient client = connect(agent)) {
			client.hello();
			List<Ack> acks = new ArrayList<>();
			while (acks.size() < 3) {
				assertThat(client.receive(collect(acks), TIMEOUT)).isPositive();
			}
			assertThat(acks).containsExactly(new Ack(1, 2, ACTIONS), new Ack(300, 301, ACTIONS),
					new Ack(100_000, 100_001, ACTIONS));
			assertThat(client.receive(collect(acks), Duration.ofMillis(1))).isZero();
		}
	}

	@Test
	void receivesFramesThatComeByteByByte() throws Exception {
		List<Ack> acks = new ArrayList<>();
		try (ScriptedAgent agent = ScriptedAgent.start(afterHello((peer) -> {
			for (int id = 1; id <= 3; id++) {
				ByteWriter out = new ByteWriter(64);
				RawFrames.ack(new Ack(id, 1, ACTIONS)).accept(out);
				for (byte next : out.toByteArray(0)) {
					peer.out().write(next);
				}
			}
			peer.awaitClose();
		})); SpopClient client = connect(agent)) {
			client.hello();
			while (acks.size() < 3) {
				client.receive(collect(acks), TIMEOUT);
			}
		}
		assertThat(acks).extracting(Ack::streamId).containsExactly(1L, 2L, 3L);
	}

	@Test
	void receivesAFrameAsLargeAsOffered() throws Exception {
		int size = 1024 * 1024;
		List<Ack.Action> actions = List
			.of(new Ack.Action(VariableScope.SESSION, "text", TypedData.of("x".repeat(size - 100))));
		try (ScriptedAgent agent = ScriptedAgent.start((peer) -> {
			peer.readFrame();
			peer.send(HELLO::write);
			peer.send(RawFrames.ack(new Ack(1, 1, actions)));
		}); SpopClient client = connect(agent)) {
			client.hello(new HaproxyHello("2.0", size, Set.of(), null, false));
			assertThat(client.readAck().actions()).isEqualTo(actions);
		}
	}

	@Test
	void sendsManyFramesInOneWrite() throws Exception {
		List<Notify> asked = new ArrayList<>();
		List<Notify.Message> messages = List
			.of(new Notify.Message("message", List.of(new Notify.Argument("argument", TypedData.of("value")))));
		try (ScriptedAgent agent = ScriptedAgent.start(afterHello((peer) -> {
			for (int i = 0; i < 1000; i++) {
				asked.add(readNotify(peer));
			}
			peer.send(RawFrames.ack(new Ack(1, 1, ACTIONS)));
		})); SpopClient client = connect(agent)) {
			client.hello();
			NotifyTemplate template = new NotifyTemplate(messages);
			ByteWriter out = new ByteWriter(16);
			for (int i = 0; i < 1000; i++) {
				template.write(out, i, 2 * i);
			}
			client.send(out);
			client.readAck();
		}
		assertThat(asked).hasSize(1000).element(999).isEqualTo(new Notify(999, 1998, messages));
	}

	@Test
	void refusedConnectionFails() throws Exception {
		InetSocketAddress nobody;
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = (InetSocketAddress) closed.getLocalSocketAddress();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> SpopClient.connect(nobody, TIMEOUT));
	}

	@Test
	void disconnectFails() throws Exception {
		Disconnect disconnect = new Disconnect(StatusCode.FRAME_TOO_BIG);
		assertThat(failureAfterHello((peer) -> peer.send((out) -> disconnect.write(out, FrameType.AGENT_DISCONNECT))))
			.hasMessage("agent disconnected with status 3: frame is too big")
			.extracting(SpopClientException::getDisconnect)
			.isEqualTo(disconnect);
	}

	@Test
	void closedConnectionFails() throws Exception {
		assertThat(failureAfterHello((peer) -> {
		})).hasMessage("agent closed the connection").extracting(SpopClientException::getDisconnect).isNull();
	}

	@Test
	void otherFrameFails() throws Exception {
		assertThat(failureAfterHello((peer) -> peer.send(HELLO::write)))
			.hasMessage("agent sent AGENT_HELLO (expected: ACK)");
	}

	@Test
	void frameOfUnknownTypeFails() throws Exception {
		assertThat(failureAfterHello((peer) -> peer.out().write(new byte[] { 0, 0, 0, 7, 42, 0, 0, 0, 1, 1, 1 })))
			.hasMessage("agent sent a frame of an unknown type (expected: ACK)");
	}

	@Test
	void fragmentFails() throws Exception {
		assertThat(failureAfterHello((peer) -> peer.out().write(new byte[] { 0, 0, 0, 7, 103, 0, 0, 0, 0, 1, 1 })))
			.hasMessage("agent sent a fragment of ACK");
	}

	@Test
	void frameThatIsTooLargeFails() throws Exception {
		assertThat(failureAfterHello((peer) -> peer.out().write(new byte[] { 0, 1, 0, 0 })))
			.hasMessage("agent sent a malformed frame: frame length: 65536 (expected: <= 16380)");
	}

	@Test
	void malformedActionFails() throws Exception {
		assertThat(failureAfterHello((peer) -> peer.out().write(new byte[] { 0, 0, 0, 8, 103, 0, 0, 0, 1, 1, 1, 9 })))
			.hasMessageStartingWith("agent sent a malformed frame: ");
	}

	@Test
	void silenceFails() throws Exception {
		try (ScriptedAgent agent = ScriptedAgent.start(ScriptedAgent.Peer::awaitClose);
				SpopClient client = SpopClient.connect(agent.address(), Duration.ofMillis(20))) {
			assertThatExceptionOfType(SpopClientException.class).isThrownBy(client::hello)
				.withMessage("agent sent no AGENT_HELLO within 20 ms");
		}
	}

	@Test
	void agentThatAsksForLargerFramesFails() throws Exception {
		try (ScriptedAgent agent = ScriptedAgent.start((peer) -> {
			peer.readFrame();
			peer.send(new AgentHello("2.0", 16381, Set.of())::write);
		}); SpopClient client = connect(agent)) {
			assertThatExceptionOfType(SpopClientException.class).isThrownBy(client::hello)
				.withMessage("agent asks for frames of 16381 (offered: 16380)");
		}
	}

	@Test
	void offerOutOfRangeFails() throws Exception {
		try (ScriptedAgent agent = ScriptedAgent.start(ScriptedAgent.Peer::awaitClose);
				SpopClient client = connect(agent)) {
			for (long size : new long[] { 6, 16 * 1024 * 1024 + 1, -1 }) {
				assertThatIllegalArgumentException()
					.isThrownBy(() -> client.hello(new HaproxyHello("2.0", size, Set.of(), null, false)))
					.withMessage("maxFrameSize: " + Long.toUnsignedString(size) + " (expected: 7 to 16777216)");
			}
		}
	}

	private static Notify readNotify(ScriptedAgent.Peer peer) throws IOException {
		ByteBuf frame = peer.readFrame();
		FrameHeader header = FrameHeader.read(frame);
		return new Notify(header.streamId(), header.frameId(), NotifyReader.messages(frame));
	}

	private static SpopClient connect(ScriptedAgent agent) throws IOException {
		return SpopClient.connect(agent.address(), TIMEOUT);
	}

	private static Script afterHello(Script script) {
		return (peer) -> {
			peer.readFrame();
			peer.send(HELLO::write);
			script.play(peer);
		};
	}

	// Once when the ACK is read, and once when whatever has come is received.
	private static SpopClientException failureAfterHello(Script script) throws IOException {
		String message;
		try (ScriptedAgent agent = ScriptedAgent.start(afterHello(script)); SpopClient client = connect(agent)) {
			client.hello();
			message = failure(client::readAck).getMessage();
		}
		try (ScriptedAgent agent = ScriptedAgent.start(afterHello(script)); SpopClient client = connect(agent)) {
			client.hello();
			SpopClientException failure = failure(() -> client.receive(collect(new ArrayList<>()), TIMEOUT));
			assertThat(failure).hasMessage(message);
			return failure;
		}
	}

	private static SpopClientException failure(ThrowingCallable call) {
		return assertThatExceptionOfType(SpopClientException.class).isThrownBy(call).actual();
	}

	private static AckHandler collect(List<Ack> acks) {
		return (streamId, frameId, actions) -> acks.add(new Ack(streamId, frameId, Ack.readActions(actions)));
	}

}
