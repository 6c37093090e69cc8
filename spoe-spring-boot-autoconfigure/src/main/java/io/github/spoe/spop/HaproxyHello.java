/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Set;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * HAPROXY-HELLO: the first frame of a connection, with what HAProxy offers (SPOE.txt
 * section 3.2.4).
 *
 * @param supportedVersions versions, separated by commas
 * @param maxFrameSize greatest length of a frame in bytes, unsigned
 * @param capabilities names of the capabilities
 * @param engineId id of the SPOE engine, if any
 * @param healthcheck whether the connection is a health check
 * @since 0.1.0
 */
public record HaproxyHello(String supportedVersions, long maxFrameSize, Set<String> capabilities,
		@Nullable String engineId, boolean healthcheck) {

	private static final String SUPPORTED_VERSIONS = "supported-versions";

	private static final String MAX_FRAME_SIZE = "max-frame-size";

	private static final String CAPABILITIES = "capabilities";

	private static final String ENGINE_ID = "engine-id";

	private static final String HEALTHCHECK = "healthcheck";

	/**
	 * Read the first frame of a connection.
	 * @param header the header of the frame
	 * @param payload the frame behind its header
	 * @return the hello
	 * @throws SpopException if the frame is no HAPROXY-HELLO, or a malformed one
	 */
	public static HaproxyHello read(FrameHeader header, ByteBuf payload) {
		if (header.type() != FrameType.HAPROXY_HELLO) {
			throw SpopException.invalid("first frame is " + header.type() + " (expected: HAPROXY_HELLO)");
		}
		header.checkConnectionFrame();
		return read(payload);
	}

	/**
	 * Read the payload of a HAPROXY-HELLO.
	 * @param payload the frame behind its header
	 * @return the hello
	 * @throws SpopException if the payload is malformed or lacks a mandatory item
	 */
	public static HaproxyHello read(ByteBuf payload) {
		KeyValueList items = KeyValueList.read(payload);
		return new HaproxyHello(items.required(SUPPORTED_VERSIONS, StatusCode.NO_VERSION),
				items.requiredInteger(MAX_FRAME_SIZE, StatusCode.NO_MAX_FRAME_SIZE),
				Capabilities.parse(items.required(CAPABILITIES, StatusCode.NO_CAPABILITIES)), items.string(ENGINE_ID),
				items.isTrue(HEALTHCHECK));
	}

	/**
	 * Write this hello as a frame.
	 * @param out what to write to
	 */
	public void write(ByteWriter out) {
		int start = FrameEncoder.begin(out, FrameType.HAPROXY_HELLO, 0, 0);
		KeyValueList.writeString(out, SUPPORTED_VERSIONS, this.supportedVersions);
		KeyValueList.writeUnsignedInt(out, MAX_FRAME_SIZE, this.maxFrameSize);
		KeyValueList.writeString(out, CAPABILITIES, Capabilities.format(this.capabilities));
		if (this.engineId != null) {
			KeyValueList.writeString(out, ENGINE_ID, this.engineId);
		}
		if (this.healthcheck) {
			KeyValueList.writeTrue(out, HEALTHCHECK);
		}
		FrameEncoder.end(out, start);
	}

}
