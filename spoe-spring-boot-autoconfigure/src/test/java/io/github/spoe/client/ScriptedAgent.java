/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.github.spoe.spop.ByteWriter;

/**
 * Plays an agent for one connection, by a script.
 */
final class ScriptedAgent implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 5000;

	private final ServerSocket server;

	private final CompletableFuture<Void> end;

	private ScriptedAgent(ServerSocket server, Script script) {
		this.server = server;
		this.end = CompletableFuture.runAsync(() -> play(script));
	}

	static ScriptedAgent start(Script script) throws IOException {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		server.setSoTimeout(TIMEOUT_MILLIS);
		return new ScriptedAgent(server, script);
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.server.getLocalSocketAddress();
	}

	private void play(Script script) {
		try (Socket socket = this.server.accept()) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(TIMEOUT_MILLIS);
			script.play(new Peer(new DataInputStream(socket.getInputStream()), socket.getOutputStream()));
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		try (this.server) {
			this.end.join();
		}
	}

	/**
	 * What the agent does before it closes the connection.
	 */
	interface Script {

		void play(Peer peer) throws IOException;

	}

	/**
	 * The client, as the agent sees it.
	 */
	record Peer(DataInputStream in, OutputStream out) {

		ByteBuf readFrame() throws IOException {
			return Unpooled.wrappedBuffer(this.in.readNBytes(this.in.readInt()));
		}

		void awaitClose() throws IOException {
			this.in.readAllBytes();
		}

		void send(Consumer<ByteWriter> source) throws IOException {
			ByteWriter writer = new ByteWriter(256);
			source.accept(writer);
			this.out.write(writer.toByteArray(0));
		}

	}

}
