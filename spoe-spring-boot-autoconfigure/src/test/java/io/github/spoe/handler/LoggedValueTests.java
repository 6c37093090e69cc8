/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no log tells the value of an argument, wherever it stands, in frames that
 * are whole and in frames that are not.
 */
@Timeout(30)
class LoggedValueTests {

	private static final String TEXT = "s3cret";

	private static final long NUMBER = 8_765_432_109_876L;

	private static final String ADDRESS = "203.0.113.217";

	private static final int HEADER = 11;

	@Test
	void valueIsInNoLog() throws IOException {
		try (Agent agent = Agent.start(Handlers.class);
				LogRecorder others = LogRecorder.open("ROOT", Level.DEBUG);
				LogRecorder log = LogRecorder.open(Level.DEBUG)) {
			Consumer<ByteWriter> inOrder = (out) -> new Notify(1, 1, messages()).write(out);
			agent.client().send(inOrder);
			agent.client().readAck();
			List<byte[]> payloads = malformed(payload());
			for (byte[] payload : payloads) {
				agent.client().send(RawFrames.notify(1, 1, payload));
				agent.client().readAck();
			}
			for (Consumer<ByteWriter> last : lastFrames(inOrder)) {
				try (SpopTestClient client = agent.connect()) {
					client.send(last);
					client.readDisconnect();
				}
			}
			assertThat(log.messages(Level.WARN)).anyMatch((line) -> line.contains("is malformed in message 1"))
				.anyMatch((line) -> line.contains("has no handler"))
				.anyMatch((line) -> line.contains("and cannot be converted to"))
				.anyMatch((line) -> line.contains("and does not fit in an int"));
			assertThat(log.everything()).contains("its ACK would have 120069 bytes");
			assertThat(log.messages(Level.DEBUG)).contains(
					"Message 'taken' with arguments [user, number, ip, bytes, ] answered with variables [sess.x]");
			assertThat(others.everything()).isNotEmpty();
			assertThat(log.everything() + others.everything()).doesNotContain(TEXT, Long.toString(NUMBER), ADDRESS)
				.doesNotContain(Arrays.toString(TEXT.getBytes(StandardCharsets.UTF_8)));
		}
	}

	private static List<Notify.Message> messages() {
		List<Notify.Message> messages = new ArrayList<>();
		for (String name : List.of("taken", "worker", "int", "uri", "uuid", "address", "stage", "wrong-type",
				"too-large", "unknown")) {
			messages.add(SpopTestClient.message(name, "user", TypedData.of(TEXT), "number", TypedData.of(NUMBER), "ip",
					TypedData.of(address()), "bytes", TypedData.of(TEXT.getBytes(StandardCharsets.UTF_8)), "",
					TypedData.of(TEXT)));
		}
		return messages;
	}

	private static byte[] payload() {
		ByteWriter out = new ByteWriter(256);
		new Notify(1, 1, messages().subList(0, 2)).write(out);
		byte[] frame = out.toByteArray(0);
		return Arrays.copyOfRange(frame, HEADER, frame.length);
	}

	/**
	 * Return the payload cut at each byte, with each first byte of a value of a reserved
	 * type, and with each count and length too large.
	 */
	private static List<byte[]> malformed(byte[] payload) {
		List<byte[]> malformed = new ArrayList<>();
		for (int i = 1; i < payload.length; i++) {
			malformed.add(Arrays.copyOf(payload, i));
			for (int damage : new int[] { 0x0F, 0xEF, 0xFF }) {
				byte[] damaged = payload.clone();
				damaged[i] = (byte) damage;
				malformed.add(damaged);
			}
		}
		return malformed;
	}

	/**
	 * Return what ends a connection.
	 */
	private static List<Consumer<ByteWriter>> lastFrames(Consumer<ByteWriter> notify) {
		return List.of(RawFrames.frame(FrameType.HAPROXY_HELLO, payload()),
				RawFrames.frame(FrameType.HAPROXY_DISCONNECT, payload()),
				RawFrames.frame(FrameType.HAPROXY_DISCONNECT, RawFrames.items("message", TypedData.of(TEXT))),
				RawFrames.frame(FrameType.HAPROXY_DISCONNECT, RawFrames.items("status-code", TypedData.of(TEXT))),
				RawFrames.frame(FrameType.HAPROXY_DISCONNECT,
						RawFrames.items("status-code", TypedData.of(4), "message", TypedData.of(TEXT))),
				RawFrames.frame(FrameType.ACK, payload()),
				RawFrames.bytes(("GET /" + TEXT + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.UTF_8)),
				RawFrames.bytes((TEXT + TEXT).getBytes(StandardCharsets.UTF_8)), (out) -> {
					RawFrames.frame(200, 1, 1, 1, payload()).accept(out);
					notify.accept(out);
					RawFrames.frame(FrameType.HAPROXY_DISCONNECT).accept(out);
				});
	}

	private static InetAddress address() {
		try {
			return InetAddress.getByName(ADDRESS);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static class Handlers {

		@SpoeMessageHandler(value = "taken", execution = SpoeExecution.EVENT_LOOP)
		void taken(@SpoeArg String user, @SpoeArg InetAddress ip, @SpoeArg long number, SpoeResponse response) {
			response.setVar(SpoeScope.SESSION, "x", user + ip + number);
		}

		@SpoeMessageHandler("worker")
		void worker(@SpoeArg byte[] bytes, SpoeResponse response) {
			response.setVar(SpoeScope.SESSION, "x", bytes);
		}

		@SpoeMessageHandler("int")
		void integer(@SpoeArg int number) {
		}

		@SpoeMessageHandler("uri")
		void uri(@SpoeArg("number") URI uri) {
		}

		@SpoeMessageHandler("uuid")
		void uuid(@SpoeArg("user") UUID uuid) {
		}

		@SpoeMessageHandler("address")
		void address(@SpoeArg("user") InetAddress address) {
		}

		@SpoeMessageHandler("stage")
		CompletableFuture<Void> stage(@SpoeArg("user") Integer user) {
			return CompletableFuture.completedFuture(null);
		}

		@SpoeMessageHandler("wrong-type")
		void wrongType(SpoeMessage message) {
			for (SpoeArgument argument : message.getArguments()) {
				argument.asBoolean();
			}
		}

		@SpoeMessageHandler("too-large")
		void tooLarge(@SpoeArg String user, SpoeResponse response) {
			response.setVar(SpoeScope.SESSION, "x", user.repeat(20_000));
		}

	}

}
