/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Set;

import io.netty.buffer.ByteBuf;

/**
 * AGENT-HELLO: the answer to a HAPROXY-HELLO, with what holds for the connection
 * (SPOE.txt section 3.2.5). All three items are always written: HAProxy from 3.1 on fails
 * a health check that lacks the capabilities.
 *
 * @param version the version of the protocol
 * @param maxFrameSize greatest length of a frame in bytes, unsigned
 * @param capabilities names of the capabilities
 * @since 0.1.0
 */
public record AgentHello(String version, long maxFrameSize, Set<String> capabilities) {

	private static final String VERSION = "version";

	private static final String MAX_FRAME_SIZE = "max-frame-size";

	private static final String CAPABILITIES = "capabilities";

	/**
	 * Read the payload of an AGENT-HELLO.
	 * @param payload the frame behind its header
	 * @return the hello
	 * @throws SpopException if the payload is malformed or lacks a mandatory item
	 */
	public static AgentHello read(ByteBuf payload) {
		KeyValueList items = KeyValueList.read(payload);
		return new AgentHello(items.required(VERSION, StatusCode.NO_VERSION),
				items.requiredInteger(MAX_FRAME_SIZE, StatusCode.NO_MAX_FRAME_SIZE),
				Capabilities.parse(items.required(CAPABILITIES, StatusCode.NO_CAPABILITIES)));
	}

	/**
	 * Write this hello as a frame.
	 * @param out what to write to
	 */
	public void write(ByteWriter out) {
		int start = FrameEncoder.begin(out, FrameType.AGENT_HELLO, 0, 0);
		KeyValueList.writeString(out, VERSION, this.version);
		KeyValueList.writeUnsignedInt(out, MAX_FRAME_SIZE, this.maxFrameSize);
		KeyValueList.writeString(out, CAPABILITIES, Capabilities.format(this.capabilities));
		FrameEncoder.end(out, start);
	}

}
