/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.HashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Payload of a HELLO or DISCONNECT: names and typed data until the end of the frame
 * (SPOE.txt section 3.2). Names that nobody asks for are left alone; if one repeats, the
 * last counts.
 */
final class KeyValueList {

	private final Map<String, TypedData> items;

	private KeyValueList(Map<String, TypedData> items) {
		this.items = items;
	}

	static KeyValueList read(ByteBuf payload) {
		Map<String, TypedData> items = new HashMap<>();
		while (payload.isReadable()) {
			items.put(TypedDataCodec.readText(payload), TypedDataCodec.read(payload));
		}
		return new KeyValueList(items);
	}

	String required(String key, StatusCode statusIfAbsent) {
		String value = string(key);
		if (value == null) {
			throw new SpopException(statusIfAbsent, statusIfAbsent.text());
		}
		return value;
	}

	long requiredInteger(String key, StatusCode statusIfAbsent) {
		Long value = integer(key);
		if (value == null) {
			throw new SpopException(statusIfAbsent, statusIfAbsent.text());
		}
		return value;
	}

	@Nullable String string(String key) {
		return value(key, String.class);
	}

	@Nullable Long integer(String key) {
		return value(key, Long.class);
	}

	boolean isTrue(String key) {
		return Boolean.TRUE.equals(value(key, Boolean.class));
	}

	private <T> @Nullable T value(String key, Class<T> type) {
		TypedData data = this.items.get(key);
		if (data == null) {
			return null;
		}
		if (!type.isInstance(data.value())) {
			throw SpopException.invalid("'" + key + "' is " + data.type());
		}
		return type.cast(data.value());
	}

	static void writeString(ByteWriter out, String key, String value) {
		TypedDataCodec.writeText(out, key);
		TypedDataCodec.writeString(out, value);
	}

	static void writeUnsignedInt(ByteWriter out, String key, long value) {
		TypedDataCodec.writeText(out, key);
		TypedDataCodec.writeInteger(out, DataType.UINT32, value);
	}

	static void writeTrue(ByteWriter out, String key) {
		TypedDataCodec.writeText(out, key);
		TypedDataCodec.writeBoolean(out, true);
	}

}
