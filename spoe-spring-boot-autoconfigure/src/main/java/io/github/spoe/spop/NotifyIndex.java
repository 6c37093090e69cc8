/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

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

	private static final int INITIAL_MESSAGES = 4 * MESSAGE_STRIDE;

	private static final int INITIAL_ARGUMENTS = 16 * ARGUMENT_STRIDE;

	/**
	 * What one NOTIFY with very many arguments took is not held for ever.
	 */
	private static final int MAX_KEPT = 16 * 1024;

	private static final int NAME = 0;

	private static final int NAME_SIZE = 1;

	private static final int FIRST_ARGUMENT = 2;

	private static final int ARGUMENT_COUNT = 3;

	private static final int FIRST_BYTE = 2;

	private static final int VALUE = 3;

	private static final int VALUE_SIZE = 4;

	private final @Nullable NameCache names;

	private final @Nullable NotifyShape shape;

	private byte[] bytes;

	private int start;

	private int size;

	private int[] messages;

	private int[] arguments;

	private int messageCount;

	private int argumentCount;

	private @Nullable String firstName;

	/**
	 * Create a new, empty index.
	 */
	public NotifyIndex() {
		this(new NameCache(), new NotifyShape(), new byte[0], new int[INITIAL_MESSAGES], new int[INITIAL_ARGUMENTS], 0,
				0);
	}

	private NotifyIndex(@Nullable NameCache names, @Nullable NotifyShape shape, byte[] bytes, int[] messages,
			int[] arguments, int messageCount, int argumentCount) {
		this.names = names;
		this.shape = shape;
		this.bytes = bytes;
		this.size = bytes.length;
		this.messages = messages;
		this.arguments = arguments;
		this.messageCount = messageCount;
		this.argumentCount = argumentCount;
	}

	/**
	 * Read the payload of a NOTIFY.
	 * @param payload the frame behind its header, to whose end it is read or not: one
	 * that is like the one before need not be
	 * @throws SpopException if the payload is malformed; the index has then the messages
	 * that come before
	 */
	public void read(ByteReader payload) {
		byte[] bytes = payload.bytes();
		int start = payload.position();
		int size = payload.end() - start;
		this.bytes = bytes;
		this.start = start;
		this.size = size;
		NotifyShape shape = this.shape;
		if (shape == null) {
			readMessages(payload);
		}
		else if (!shape.matches(bytes, start, size)) {
			shape.forget();
			readMessages(payload);
			remember(shape);
		}
	}

	private void readMessages(ByteReader payload) {
		this.messageCount = 0;
		this.argumentCount = 0;
		this.firstName = null;
		if (this.messages.length > MAX_KEPT || this.arguments.length > MAX_KEPT) {
			this.messages = new int[INITIAL_MESSAGES];
			this.arguments = new int[INITIAL_ARGUMENTS];
		}
		while (payload.isReadable()) {
			readMessage(payload, this.start);
		}
	}

	private void remember(NotifyShape shape) {
		int last = this.argumentCount - 1;
		if (last >= 0 && argumentValue(last) + argumentValueSize(last) == this.size
				&& !TypedDataCodec.isInteger(argumentFirstByte(last))) {
			shape.remember(this.bytes, this.start, argumentValue(last), this.size);
		}
	}

	private void readMessage(ByteReader payload, int start) {
		int nameSize = payload.readLength();
		int name = payload.skip(nameSize) - start;
		int count = payload.readUnsignedByte();
		int firstArgument = this.argumentCount;
		int at = firstArgument * ARGUMENT_STRIDE;
		int[] arguments = ensureCapacity(this.arguments, at + count * ARGUMENT_STRIDE);
		this.arguments = arguments;
		for (int i = 0; i < count; i++) {
			readArgument(payload, start, arguments, at);
			at += ARGUMENT_STRIDE;
		}
		this.argumentCount = firstArgument + count;
		int message = this.messageCount * MESSAGE_STRIDE;
		int[] messages = ensureCapacity(this.messages, message + MESSAGE_STRIDE);
		this.messages = messages;
		messages[message + NAME] = name;
		messages[message + NAME_SIZE] = nameSize;
		messages[message + FIRST_ARGUMENT] = firstArgument;
		messages[message + ARGUMENT_COUNT] = count;
		this.messageCount++;
	}

	private static void readArgument(ByteReader payload, int start, int[] arguments, int at) {
		int nameSize = payload.readLength();
		int name = payload.skip(nameSize) - start;
		int firstByte = payload.readUnsignedByte();
		int valueSize = TypedDataCodec.readValueSize(payload, firstByte);
		arguments[at + NAME] = name;
		arguments[at + NAME_SIZE] = nameSize;
		arguments[at + FIRST_BYTE] = firstByte;
		arguments[at + VALUE] = payload.skip(valueSize) - start;
		arguments[at + VALUE_SIZE] = valueSize;
	}

	/**
	 * Return an index with the same content, and with a copy of the payload, that later
	 * reads do not change.
	 * @return the copy
	 */
	public NotifyIndex copy() {
		return new NotifyIndex(null, null, Arrays.copyOfRange(this.bytes, this.start, this.start + this.size),
				Arrays.copyOf(this.messages, this.messageCount * MESSAGE_STRIDE),
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

	/**
	 * Return the name of a message as text.
	 * @param message the number of the message, from 0
	 * @return the name, decoded from UTF-8
	 */
	public String messageNameText(int message) {
		if (this.names == null) {
			return text(messageName(message), messageNameSize(message));
		}
		String first = this.firstName;
		if (message == 0 && first != null) {
			return first;
		}
		String name = this.names.get(this.bytes, this.start + messageName(message), messageNameSize(message));
		if (message == 0) {
			this.firstName = name;
		}
		return name;
	}

	/**
	 * Return the name of a message as text, without a trace in this index: for threads
	 * that only look at it.
	 * @param message the number of the message, from 0
	 * @return the name, decoded from UTF-8
	 */
	public String peekMessageName(int message) {
		return text(messageName(message), messageNameSize(message));
	}

	/**
	 * Return the name of the first message as text, also of a payload that is malformed.
	 * What comes behind its fault cannot be told from the values of arguments.
	 * @return the name, decoded from UTF-8, or {@code null} if the payload has none
	 */
	public @Nullable String firstMessageName() {
		ByteReader payload = new ByteReader();
		payload.reset(this.bytes, this.start, this.start + this.size);
		try {
			int nameSize = payload.readLength();
			return text(payload.skip(nameSize) - this.start, nameSize);
		}
		catch (SpopException ex) {
			return null;
		}
	}

	/**
	 * Return the name of an argument as text.
	 * @param argument the number of the argument
	 * @return the name, decoded from UTF-8
	 */
	public String argumentNameText(int argument) {
		return text(argumentName(argument), argumentNameSize(argument));
	}

	/**
	 * Return the value of an argument as text.
	 * @param argument the number of the argument, which is a STRING or BINARY
	 * @return the value, decoded from UTF-8
	 */
	public String argumentText(int argument) {
		return argumentText(argument, StandardCharsets.UTF_8);
	}

	/**
	 * Return the value of an argument as text.
	 * @param argument the number of the argument, which is a STRING or BINARY
	 * @param charset the charset of the text
	 * @return the value, decoded
	 */
	public String argumentText(int argument, Charset charset) {
		return new String(this.bytes, this.start + argumentValue(argument), argumentValueSize(argument), charset);
	}

	/**
	 * Return the value of an argument as bytes.
	 * @param argument the number of the argument
	 * @return a copy of the value without type and length
	 */
	public byte[] argumentBytes(int argument) {
		int from = this.start + argumentValue(argument);
		return Arrays.copyOfRange(this.bytes, from, from + argumentValueSize(argument));
	}

	/**
	 * Return the value of an argument as an integer.
	 * @param argument the number of the argument, which is one of the four integer types
	 * @return the value, its bits as they are on the wire
	 */
	public long argumentInteger(int argument) {
		return Varint.get(this.bytes, this.start + argumentValue(argument));
	}

	/**
	 * Return whether an argument has a name.
	 * @param argument the number of the argument
	 * @param name the name
	 * @return whether the name of the argument, decoded from UTF-8, is equal
	 */
	public boolean hasName(int argument, String name) {
		int size = argumentNameSize(argument);
		int from = this.start + argumentName(argument);
		if (size < name.length()) {
			return false;
		}
		for (int i = 0; i < name.length(); i++) {
			int character = this.bytes[from + i];
			if (character < 0) {
				return argumentNameText(argument).equals(name);
			}
			if (character != name.charAt(i)) {
				return false;
			}
		}
		return size == name.length();
	}

	private String text(int position, int size) {
		return new String(this.bytes, this.start + position, size, StandardCharsets.UTF_8);
	}

	private static int[] ensureCapacity(int[] array, int size) {
		return (size <= array.length) ? array : Arrays.copyOf(array, Math.max(size, 2 * array.length));
	}

}
