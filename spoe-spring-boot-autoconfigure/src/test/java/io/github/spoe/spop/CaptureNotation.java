/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decodes frames and puts them down as the texts of the captures do. Fails if bytes are
 * left over.
 */
final class CaptureNotation {

	private static final int MAX_FRAME_SIZE = 16380;

	private static final int MAX_VALUE = 96;

	private static final int MAX_FRAGMENT = 48;

	private final List<String> lines = new ArrayList<>();

	private CaptureNotation() {
	}

	static List<String> linesOf(FrameReader frames) {
		CaptureNotation notation = new CaptureNotation();
		int start = frames.position();
		while (frames.next(MAX_FRAME_SIZE)) {
			notation.frame(start, frames);
			start = frames.position();
		}
		assertThat(frames.rest()).isZero();
		return notation.lines;
	}

	private void frame(int start, FrameReader frame) {
		int length = frame.position() - start - Integer.BYTES;
		FrameHeader header = frame.header();
		FrameType type = header.type();
		ByteBuf payload = frame.payloadBuffer();
		assertThat(type).isNotNull();
		this.lines.add("@%d %s len=%d flags=%s stream-id=%s frame-id=%s".formatted(start, name(type), length,
				flags(header.flags()), Long.toUnsignedString(header.streamId()),
				Long.toUnsignedString(header.frameId())));
		if (type == FrameType.UNSET || !header.isFin()) {
			this.lines
				.add("    fragment of %d bytes: %s".formatted(payload.readableBytes(), bytes(payload, MAX_FRAGMENT)));
			return;
		}
		switch (type) {
			case HAPROXY_HELLO -> hello(HaproxyHello.read(payload));
			case AGENT_HELLO -> hello(AgentHello.read(payload));
			case HAPROXY_DISCONNECT, AGENT_DISCONNECT -> disconnect(Disconnect.read(payload));
			case NOTIFY -> IndexedMessages.read(payload).forEach(this::message);
			case ACK -> Ack.read(header, payload).actions().forEach(this::action);
			default -> throw new IllegalStateException(type.toString());
		}
		assertThat(payload.isReadable()).isFalse();
	}

	private void hello(HaproxyHello hello) {
		item("supported-versions", TypedData.of(hello.supportedVersions()));
		item("max-frame-size", new TypedData(DataType.UINT32, hello.maxFrameSize()));
		item("capabilities", TypedData.of(Capabilities.format(hello.capabilities())));
		if (hello.engineId() != null) {
			item("engine-id", TypedData.of(hello.engineId()));
		}
		if (hello.healthcheck()) {
			item("healthcheck", TypedData.of(true));
		}
	}

	private void hello(AgentHello hello) {
		item("version", TypedData.of(hello.version()));
		item("max-frame-size", new TypedData(DataType.UINT32, hello.maxFrameSize()));
		item("capabilities", TypedData.of(Capabilities.format(hello.capabilities())));
	}

	private void disconnect(Disconnect disconnect) {
		item("status-code", new TypedData(DataType.UINT32, disconnect.statusCode()));
		item("message", TypedData.of(disconnect.message()));
	}

	private void item(String key, TypedData value) {
		this.lines.add("    " + key + " = " + value(value));
	}

	private void message(Notify.Message message) {
		this.lines.add("    message '%s' nb-args=%d".formatted(message.name(), message.arguments().size()));
		for (Notify.Argument argument : message.arguments()) {
			String name = argument.name().isEmpty() ? "<unnamed>" : argument.name();
			this.lines.add("      " + name + " = " + value(argument.value()));
		}
	}

	private void action(Ack.Action action) {
		String variable = scope(action.scope()) + "." + action.name();
		TypedData value = action.value();
		this.lines
			.add((value != null) ? "    set-var " + variable + " = " + value(value) : "    unset-var " + variable);
	}

	private static String name(FrameType type) {
		return (type != FrameType.UNSET) ? type.name().replace('_', '-') : "UNSET(fragment)";
	}

	private static String flags(int flags) {
		return switch (flags) {
			case 0 -> "none";
			case FrameHeader.FIN -> "FIN";
			default -> Integer.toHexString(flags);
		};
	}

	private static String scope(VariableScope scope) {
		return switch (scope) {
			case PROCESS -> "proc";
			case SESSION -> "sess";
			case TRANSACTION -> "txn";
			case REQUEST -> "req";
			case RESPONSE -> "res";
		};
	}

	private static String value(TypedData data) {
		Object value = data.value();
		return switch (data.type()) {
			case NULL -> "NULL";
			case BOOL -> Boolean.TRUE.equals(value) ? "bool(True)" : "bool(False)";
			case INT32 -> "int32(" + value + ")";
			case UINT32 -> "uint32(" + Long.toUnsignedString((Long) value) + ")";
			case INT64 -> "int64(" + value + ")";
			case UINT64 -> "uint64(" + Long.toUnsignedString((Long) value) + ")";
			case IPV4 -> "ipv4(" + NetUtil.toAddressString((InetAddress) value) + ")";
			case IPV6 -> "ipv6(" + NetUtil.toAddressString((InetAddress) value) + ")";
			case STRING -> text("str", ((String) value).getBytes(StandardCharsets.UTF_8));
			case BINARY -> text("bin", (byte[]) value);
		};
	}

	private static String text(String type, byte[] value) {
		String size = (value.length > MAX_VALUE) ? "(" + value.length + " bytes)" : "";
		return "%s[%d](%s%s)".formatted(type, value.length, bytes(Unpooled.wrappedBuffer(value), MAX_VALUE), size);
	}

	private static String bytes(ByteBuf bytes, int max) {
		StringBuilder text = new StringBuilder("b'");
		for (byte next : ByteBufUtil.getBytes(bytes, bytes.readerIndex(), Math.min(max, bytes.readableBytes()))) {
			text.append(character(next));
		}
		return text.append((bytes.readableBytes() > max) ? "'..." : "'").toString();
	}

	private static String character(byte value) {
		return switch (value) {
			case '\t' -> "\\t";
			case '\n' -> "\\n";
			case '\r' -> "\\r";
			case '\\' -> "\\\\";
			default -> (value >= ' ' && value < 0x7F) ? String.valueOf((char) value) : "\\x%02x".formatted(value);
		};
	}

}
