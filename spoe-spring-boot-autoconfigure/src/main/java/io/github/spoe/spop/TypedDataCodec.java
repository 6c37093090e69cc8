/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes typed data (SPOE.txt section 3.1).
 *
 * @since 0.1.0
 */
public final class TypedDataCodec {

	private static final int IPV4_SIZE = 4;

	private static final int IPV6_SIZE = 16;

	private static final int SIZE_IN_VARINT = -1;

	private static final int SIZE_IN_FRONT = -2;

	private static final int RESERVED = -3;

	/**
	 * What the type says of the size of a value: at least 0, or one of the above.
	 */
	private static final byte[] SIZES = new byte[DataType.MASK + 1];

	static {
		for (int code = 0; code < SIZES.length; code++) {
			SIZES[code] = (byte) sizeOf(DataType.of(code));
		}
	}

	private static int sizeOf(@Nullable DataType type) {
		if (type == null) {
			return RESERVED;
		}
		return switch (type) {
			case NULL, BOOL -> 0;
			case INT32, UINT32, INT64, UINT64 -> SIZE_IN_VARINT;
			case IPV4 -> IPV4_SIZE;
			case IPV6 -> IPV6_SIZE;
			case STRING, BINARY -> SIZE_IN_FRONT;
		};
	}

	private TypedDataCodec() {
	}

	/**
	 * Write a BOOL.
	 * @param out what to write to
	 * @param value the value
	 */
	public static void writeBoolean(ByteWriter out, boolean value) {
		out.writeByte(value ? DataType.TRUE : DataType.BOOL.code());
	}

	/**
	 * Write an integer. HAProxy takes the bits as they are whatever the type says, so a
	 * negative INT32 must come with its sign extended.
	 * @param out what to write to
	 * @param type one of the four integer types
	 * @param value the value in two's complement
	 */
	public static void writeInteger(ByteWriter out, DataType type, long value) {
		int at = out.reserve(1 + Varint.MAX_SIZE);
		byte[] bytes = out.bytes();
		bytes[at] = (byte) type.code();
		out.truncate(Varint.put(bytes, at + 1, value));
	}

	/**
	 * Write an IPV4 or IPV6.
	 * @param out what to write to
	 * @param value the value
	 */
	public static void writeAddress(ByteWriter out, InetAddress value) {
		out.writeByte((value instanceof Inet6Address) ? DataType.IPV6.code() : DataType.IPV4.code());
		out.writeBytes(value.getAddress());
	}

	/**
	 * Write a STRING.
	 * @param out what to write to
	 * @param value the value
	 */
	public static void writeString(ByteWriter out, String value) {
		out.writeByte(DataType.STRING.code());
		writeText(out, value);
	}

	/**
	 * Write a BINARY.
	 * @param out what to write to
	 * @param value the value
	 */
	public static void writeBinary(ByteWriter out, byte[] value) {
		out.writeByte(DataType.BINARY.code());
		writeText(out, value);
	}

	/**
	 * Write a value as its type says.
	 * @param out what to write to
	 * @param data the type and the value
	 */
	public static void write(ByteWriter out, TypedData data) {
		Object value = data.value();
		if (value == null) {
			out.writeByte(DataType.NULL.code());
			return;
		}
		switch (data.type()) {
			case NULL -> throw new IllegalArgumentException("NULL has no value");
			case BOOL -> writeBoolean(out, (Boolean) value);
			case INT32, UINT32, INT64, UINT64 -> writeInteger(out, data.type(), (Long) value);
			case IPV4, IPV6 -> writeAddress(out, (InetAddress) value);
			case STRING -> writeString(out, (String) value);
			case BINARY -> writeBinary(out, (byte[]) value);
		}
	}

	/**
	 * Read a value.
	 * @param in the buffer to read from
	 * @return the value
	 * @throws SpopException if the buffer ends within the value or the type is reserved
	 */
	public static TypedData read(ByteBuf in) {
		int first = readFirstByte(in);
		DataType type = typeOf(first);
		return switch (type) {
			case NULL -> TypedData.NULL;
			case BOOL -> TypedData.of(first == DataType.TRUE);
			case INT32, UINT32, INT64, UINT64 -> new TypedData(type, Varint.read(in));
			case IPV4 -> new TypedData(type, address(readBytes(in, IPV4_SIZE)));
			case IPV6 -> new TypedData(type, address(readBytes(in, IPV6_SIZE)));
			case STRING -> new TypedData(type, readText(in));
			case BINARY -> new TypedData(type, readBytes(in, readLength(in)));
		};
	}

	/**
	 * Step to the first byte of a value behind its type and, for a STRING or BINARY, its
	 * length.
	 * @param in what to read from, behind the first byte
	 * @param firstByte the first byte of the typed data
	 * @return the number of bytes that the value takes, none of which is read yet
	 * @throws SpopException if the frame ends within the value or the type is reserved
	 */
	static int readValueSize(ByteReader in, int firstByte) {
		int size = SIZES[firstByte & DataType.MASK];
		if (size >= 0) {
			return size;
		}
		return switch (size) {
			case SIZE_IN_VARINT -> in.varintSize();
			case SIZE_IN_FRONT -> in.readLength();
			default -> throw SpopException.invalid("reserved data type");
		};
	}

	/**
	 * Return whether it takes the value to know its size.
	 * @param firstByte the type and its flags
	 * @return whether the value is a varint
	 */
	static boolean isInteger(int firstByte) {
		return SIZES[firstByte & DataType.MASK] == SIZE_IN_VARINT;
	}

	static int readFirstByte(ByteBuf in) {
		checkReadable(in, 1);
		return in.readUnsignedByte();
	}

	static void writeText(ByteWriter out, String text) {
		writeText(out, text.getBytes(StandardCharsets.UTF_8));
	}

	static void writeText(ByteWriter out, byte[] text) {
		Varint.write(out, text.length);
		out.writeBytes(text);
	}

	static String readText(ByteBuf in) {
		int length = readLength(in);
		String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
		in.skipBytes(length);
		return text;
	}

	/**
	 * Read the length of what follows.
	 * @param in the buffer to read from
	 * @return the length, at most what the buffer holds
	 * @throws SpopException if the buffer holds less than the length says
	 */
	static int readLength(ByteBuf in) {
		long length = Varint.read(in);
		if (Long.compareUnsigned(length, in.readableBytes()) > 0) {
			throw SpopException.invalid("length reaches beyond the frame");
		}
		return (int) length;
	}

	private static DataType typeOf(int firstByte) {
		DataType type = DataType.of(firstByte);
		if (type == null) {
			throw SpopException.invalid("reserved data type");
		}
		return type;
	}

	private static byte[] readBytes(ByteBuf in, int length) {
		byte[] bytes = new byte[checkReadable(in, length)];
		in.readBytes(bytes);
		return bytes;
	}

	private static int checkReadable(ByteBuf in, int length) {
		if (in.readableBytes() < length) {
			throw SpopException.invalid("frame ends within a value");
		}
		return length;
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return (bytes.length == IPV6_SIZE) ? Inet6Address.getByAddress(null, bytes, -1)
					: InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(Objects.requireNonNullElse(ex.getMessage(), "address"), ex);
		}
	}

}
