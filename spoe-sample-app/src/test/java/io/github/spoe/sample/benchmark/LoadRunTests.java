/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.StatusCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link LoadRun} with agents that do not answer.
 */
class LoadRunTests {

	private static final Duration DRAIN = Duration.ofMillis(100);

	private static final AgentHello HELLO = new AgentHello("2.0", 16380, Set.of("pipelining"));

	@Test
	void closedLoopCountsLostFrames() throws Exception {
		LoadResult result = run(HELLO, (socket) -> socket.getInputStream().readAllBytes(), "--window", "16");
		assertThat(result.lost()).isEqualTo(16);
		assertThat(result.frames()).isZero();
		assertThat(result.messages()).containsExactly("frames not answered: 16");
	}

	@Test
	void openLoopCountsLostFrames() throws Exception {
		LoadResult result = run(HELLO, (socket) -> socket.getInputStream().readAllBytes(), "--rate", "1000");
		assertThat(result.lost()).isEqualTo(100);
		assertThat(result.messages()).containsExactly("frames not answered: 100");
	}

	@Test
	void openLoopCountsFramesThatCouldNotBeSent() throws Exception {
		AgentHello noPipelining = new AgentHello("2.0", 16380, Set.of());
		LoadResult result = run(noPipelining, (socket) -> socket.getInputStream().readAllBytes(), "--rate", "1000");
		assertThat(result.lost()).isEqualTo(100);
	}

	@Test
	void agentThatDoesNotReadEndsTheRun() throws Exception {
		CompletableFuture<Void> end = new CompletableFuture<>();
		try {
			LoadResult result = run(HELLO, (socket) -> end.join(), "--window", "4096", "--extra", "3", "--extra-length",
					"5000");
			assertThat(result.lost()).isPositive();
			assertThat(result.messages()).containsExactly("frames not answered: " + result.lost());
		}
		finally {
			end.complete(null);
		}
	}

	@Test
	void disconnectEndsTheRun() throws Exception {
		LoadResult result = run(HELLO, (socket) -> {
			ByteWriter out = new ByteWriter(256);
			new Disconnect(StatusCode.RESOURCE_ERROR).write(out, FrameType.AGENT_DISCONNECT);
			socket.getOutputStream().write(out.toByteArray(0));
			socket.getInputStream().readAllBytes();
		}, "--window", "1");
		assertThat(result.messages()).containsExactly("agent disconnected with status 13: resource allocation error",
				"frames not answered: 1");
	}

	@Test
	void framesThatTheAgentDoesNotTakeFail() {
		AgentHello small = new AgentHello("2.0", 256, Set.of("pipelining"));
		assertThatIOException().isThrownBy(() -> run(small, (socket) -> {
		}, "--extra", "10")).withMessageStartingWith("agent takes frames of up to 256 bytes, not ");
	}

	private static LoadResult run(AgentHello hello, Script script, String... options) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture.runAsync(() -> play(server, hello, script));
			String[] args = Stream
				.concat(Stream.of("--port", String.valueOf(server.getLocalPort()), "--duration", "100ms", "--warmup",
						"0s"), Stream.of(options))
				.toArray(String[]::new);
			return new LoadRun(LoadOptions.parse(args), DRAIN).run();
		}
	}

	private static void play(ServerSocket server, AgentHello hello, Script script) {
		try (Socket socket = server.accept()) {
			DataInputStream in = new DataInputStream(socket.getInputStream());
			in.readNBytes(in.readInt());
			ByteWriter out = new ByteWriter(256);
			hello.write(out);
			socket.getOutputStream().write(out.toByteArray(0));
			script.play(socket);
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	/**
	 * What the agent does after the HELLO.
	 */
	private interface Script {

		void play(Socket socket) throws IOException;

	}

}
