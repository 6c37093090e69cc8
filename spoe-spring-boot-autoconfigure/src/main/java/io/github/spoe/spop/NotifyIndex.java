/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * Where the messages and arguments of a NOTIFY stand in its payload (SPOE.txt section
 * 3.2.6). Reading checks the payload whole, and decodes nothing: positions count from the
 * start of the payload. An index may be read again for the next frame, which costs no
 * allocation.
 *
 * @since 0.1.0
 */
public final class NotifyIndex {

	private static final int MESSAGE_STRIDE = 4;

	private static final int ARGUMENT_STRIDE = 5;

	private static final int NAME = 0;

	private static final int NAME_SIZE = 1;

	private static final int FIRST_ARGUMENT = 2;

	private static final int ARGUMENT_COUNT = 3;

	private static final int FIRST_BYTE = 2;

	private static final int VALUE = 3;

	private static final int VALUE_SIZE = 4;

	private int[] messages;

	private int[] arguments;

	private int messageCount;

	private int argumentCount;

	/**
	 * Create a new, empty index.
	 */
	public NotifyIndex() {
		this(new int[4 * MESSAGE_STRIDE], new int[16 * ARGUMENT_STRIDE], 0, 0);
	}

	private NotifyIndex(int[] messages, int[] arguments, int messageCount, int argumentCount) {
		this.messages = messages;
		this.arguments = arguments;
		this.messageCount = messageCount;
		this.argumentCount = argumentCount;
	}

	/**
	 * Read the payload of a NOTIFY.
	 * @param payload the frame behind its header
	 * @throws SpopException if the payload is malformed; the index has then the messages
	 * that come before
	 */
	public void read(ByteBuf payload) {
		this.messageCount = 0;
		this.argumentCount = 0;
		int start = payload.readerIndex();
		while (payload.isReadable()) {
			readMessage(payload, start);
		}
	}

	private void readMessage(ByteBuf payload, int start) {
		int nameSize = TypedDataCodec.readLength(payload);
		int name = payload.readerIndex() - start;
		payload.skipBytes(nameSize);
		int count = TypedDataCodec.readFirstByte(payload);
		int firstArgument = this.argumentCount;
		for (int i = 0; i < count; i++) {
			readArgument(payload, start);
		}
		int at = this.messageCount * MESSAGE_STRIDE;
		this.messages = ensureCapacity(this.messages, at + MESSAGE_STRIDE);
		this.messages[at + NAME] = name;
		this.messages[at + NAME_SIZE] = nameSize;
		this.messages[at + FIRST_ARGUMENT] = firstArgument;
		this.messages[at + ARGUMENT_COUNT] = count;
		this.messageCount++;
	}

	private void readArgument(ByteBuf payload, int start) {
		int nameSize = TypedDataCodec.readLength(payload);
		int name = payload.readerIndex() - start;
		payload.skipBytes(nameSize);
		int firstByte = TypedDataCodec.readFirstByte(payload);
		int valueSize = TypedDataCodec.readValueSize(payload, firstByte);
		int at = this.argumentCount * ARGUMENT_STRIDE;
		this.arguments = ensureCapacity(this.arguments, at + ARGUMENT_STRIDE);
		this.arguments[at + NAME] = name;
		this.arguments[at + NAME_SIZE] = nameSize;
		this.arguments[at + FIRST_BYTE] = firstByte;
		this.arguments[at + VALUE] = payload.readerIndex() - start;
		this.arguments[at + VALUE_SIZE] = valueSize;
		this.argumentCount++;
		payload.skipBytes(valueSize);
	}

	/**
	 * Return an index with the same content that later reads do not change.
	 * @return the copy
	 */
	public NotifyIndex copy() {
		return new NotifyIndex(Arrays.copyOf(this.messages, this.messageCount * MESSAGE_STRIDE),
				Arrays.copyOf(this.arguments, this.argumentCount * ARGUMENT_STRIDE), this.messageCount,
				this.argumentCount);
	}

	/**
	 * Return the number of messages.
	 * @return the number of messages
	 */
	public int messageCount() {
		return this.messageCount;
	}

	/**
	 * Return where the name of a message starts.
	 * @param message the number of the message, from 0
	 * @return the position in the payload
	 */
	public int messageName(int message) {
		return this.messages[message * MESSAGE_STRIDE + NAME];
	}

	/**
	 * Return the size of the name of a message.
	 * @param message the number of the message, from 0
	 * @return the size in bytes
	 */
	public int messageNameSize(int message) {
		return this.messages[message * MESSAGE_STRIDE + NAME_SIZE];
	}

	/**
	 * Return the number of the first argument of a message. The arguments of a message
	 * follow each other.
	 * @param message the number of the message, from 0
	 * @return the number of the argument, from 0 for the first of the first message
	 */
	public int firstArgument(int message) {
		return this.messages[message * MESSAGE_STRIDE + FIRST_ARGUMENT];
	}

	/**
	 * Return the number of arguments of a message.
	 * @param message the number of the message, from 0
	 * @return the number of arguments
	 */
	public int argumentCount(int message) {
		return this.messages[message * MESSAGE_STRIDE + ARGUMENT_COUNT];
	}

	/**
	 * Return where the name of an argument starts.
	 * @param argument the number of the argument
	 * @return the position in the payload
	 */
	public int argumentName(int argument) {
		return this.arguments[argument * ARGUMENT_STRIDE + NAME];
	}

	/**
	 * Return the size of the name of an argument.
	 * @param argument the number of the argument
	 * @return the size in bytes
	 */
	public int argumentNameSize(int argument) {
		return this.arguments[argument * ARGUMENT_STRIDE + NAME_SIZE];
	}

	/**
	 * Return the first byte of the value of an argument: {@link DataType type} and flags.
	 * @param argument the number of the argument
	 * @return the byte
	 */
	public int argumentFirstByte(int argument) {
		return this.arguments[argument * ARGUMENT_STRIDE + FIRST_BYTE];
	}

	/**
	 * Return where the value of an argument starts, behind type and length.
	 * @param argument the number of the argument
	 * @return the position in the payload
	 */
	public int argumentValue(int argument) {
		return this.arguments[argument * ARGUMENT_STRIDE + VALUE];
	}

	/**
	 * Return the size of the value of an argument, without type and length.
	 * @param argument the number of the argument
	 * @return the size in bytes
	 */
	public int argumentValueSize(int argument) {
		return this.arguments[argument * ARGUMENT_STRIDE + VALUE_SIZE];
	}

	private static int[] ensureCapacity(int[] array, int size) {
		return (size <= array.length) ? array : Arrays.copyOf(array, Math.max(size, 2 * array.length));
	}

}
