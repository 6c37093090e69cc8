/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.starter;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter alone is enough to run an agent.
 */
@SpringBootTest(classes = MinimalApplication.class,
		properties = { "spoe.server.address=127.0.0.1", "spoe.server.port=0" })
class MinimalApplicationTests {

	private static final byte AGENT_HELLO = 101;

	private static final byte ACK = 103;

	@Value("${local.spoe.server.port}")
	private int port;

	@Test
	void answersHaproxy() throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			send(socket, "01 00000001 00 00" // HAPROXY-HELLO
					+ string("supported-versions") + "08" + string("2.0") // STRING
					+ string("max-frame-size") + "03 fcf006" // UINT32 16380
					+ string("capabilities") + "08" + string("pipelining"));
			assertThat(receive(socket)[0]).isEqualTo(AGENT_HELLO);
			send(socket, "03 00000001 05 01" // NOTIFY, FIN, stream 5, frame 1
					+ string("check-client-ip") + "01" + string("ip") + "06 0a010203"); // IPV4
			byte[] ack = receive(socket);
			assertThat(ack[0]).isEqualTo(ACK);
			assertThat(HexFormat.of().formatHex(ack, 1, ack.length)).isEqualTo(hex("00000001 05 01" //
					+ "01 03 01" + string("ip_score") + "02 64")); // SET-VAR, INT32 100
		}
	}

	private static String string(String text) {
		return "%02x".formatted(text.length()) + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String hex(String text) {
		return text.replace(" ", "");
	}

	private static void send(Socket socket, String frame) throws IOException {
		byte[] bytes = HexFormat.of().parseHex(hex(frame));
		socket.getOutputStream().write(HexFormat.of().parseHex("%08x".formatted(bytes.length)));
		socket.getOutputStream().write(bytes);
	}

	private static byte[] receive(Socket socket) throws IOException {
		DataInputStream input = new DataInputStream(socket.getInputStream());
		byte[] frame = new byte[input.readInt()];
		input.readFully(frame);
		return frame;
	}

}
