/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads messages by what a {@link NotifyIndex} says of their payload.
 */
final class IndexedMessages {

	private final NotifyIndex index;

	private final ByteBuf payload;

	private IndexedMessages(NotifyIndex index, ByteBuf payload) {
		this.index = index;
		this.payload = payload.slice();
	}

	/**
	 * Returns the messages of a payload, which is read to its end.
	 */
	static List<Notify.Message> read(ByteBuf payload) {
		NotifyIndex index = new NotifyIndex();
		ByteReader reader = Wire.reader(payload);
		index.read(reader);
		assertThat(reader.isReadable()).isFalse();
		return of(index, payload.readSlice(payload.readableBytes()));
	}

	/**
	 * Returns the messages of an index.
	 * @param index the index
	 * @param payload the payload from its start, which is not moved
	 */
	static List<Notify.Message> of(NotifyIndex index, ByteBuf payload) {
		IndexedMessages messages = new IndexedMessages(index, payload);
		return IntStream.range(0, index.messageCount()).mapToObj(messages::message).toList();
	}

	private Notify.Message message(int message) {
		int first = this.index.firstArgument(message);
		return new Notify.Message(text(this.index.messageName(message), this.index.messageNameSize(message)),
				IntStream.range(first, first + this.index.argumentCount(message)).mapToObj(this::argument).toList());
	}

	private Notify.Argument argument(int argument) {
		return new Notify.Argument(text(this.index.argumentName(argument), this.index.argumentNameSize(argument)),
				value(argument));
	}

	private TypedData value(int argument) {
		int firstByte = this.index.argumentFirstByte(argument);
		int size = this.index.argumentValueSize(argument);
		DataType type = DataType.of(firstByte);
		ByteBuf data = Wire.written((out) -> {
			out.writeByte(firstByte);
			if (type == DataType.STRING || type == DataType.BINARY) {
				Varint.write(out, size);
			}
			out.writeBytes(ByteBufUtil.getBytes(this.payload, this.index.argumentValue(argument), size));
		});
		TypedData value = TypedDataCodec.read(data);
		assertThat(data.isReadable()).as("bytes behind argument %d", argument).isFalse();
		return value;
	}

	private String text(int position, int size) {
		return this.payload.toString(position, size, StandardCharsets.UTF_8);
	}

}
