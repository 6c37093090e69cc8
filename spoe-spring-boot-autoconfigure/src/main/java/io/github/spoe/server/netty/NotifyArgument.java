/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeType;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.NotifyIndex;
import io.github.spoe.spop.Varint;

/**
 * {@link SpoeArgument} over the bytes of a NOTIFY. Decodes what it is asked for.
 */
final class NotifyArgument implements SpoeArgument {

	private static final SpoeType[] TYPES = SpoeType.values();

	private final ByteBuf frame;

	private final int payload;

	private final NotifyIndex index;

	private final int argument;

	NotifyArgument(ByteBuf frame, int payload, NotifyIndex index, int argument) {
		this.frame = frame;
		this.payload = payload;
		this.index = index;
		this.argument = argument;
	}

	@Override
	public String getName() {
		return text(this.index.argumentName(this.argument), this.index.argumentNameSize(this.argument));
	}

	@Override
	public SpoeType getType() {
		DataType type = DataType.of(this.index.argumentFirstByte(this.argument));
		Assert.state(type != null, "The index holds no reserved type");
		return TYPES[type.ordinal()];
	}

	@Override
	public @Nullable Object getValue() {
		return switch (getType()) {
			case NULL -> null;
			case BOOL -> asBoolean();
			case INT32, UINT32, INT64, UINT64 -> asLong();
			case IPV4, IPV6 -> asInetAddress();
			case STRING -> asString();
			case BINARY -> asBytes();
		};
	}

	@Override
	public boolean asBoolean() {
		if (getType() != SpoeType.BOOL) {
			throw unexpected("BOOL");
		}
		return this.index.argumentFirstByte(this.argument) == DataType.TRUE;
	}

	@Override
	public int asInt() {
		long value = asLong();
		if (value != (int) value || (value < 0 && getType() == SpoeType.UINT64)) {
			throw new SpoeArgumentException("Argument '" + getName() + "' is " + getType()
					+ " and does not fit in 32 bits (expected: a value in the range of an int)", null);
		}
		return (int) value;
	}

	@Override
	public long asLong() {
		return switch (getType()) {
			case INT32, UINT32, INT64, UINT64 -> Varint.get(this.frame, valueStart());
			default -> throw unexpected("an integer");
		};
	}

	@Override
	public String asString() {
		return switch (getType()) {
			case STRING, BINARY -> text(this.index.argumentValue(this.argument), valueSize());
			default -> throw unexpected("STRING or BINARY");
		};
	}

	@Override
	public InetAddress asInetAddress() {
		byte[] address = switch (getType()) {
			case IPV4, IPV6 -> bytes();
			case STRING -> NetUtil.createByteArrayFromIpAddressString(asString());
			default -> throw unexpected("IPV4, IPV6 or an address as STRING");
		};
		if (address == null) {
			throw new SpoeArgumentException("Argument '" + getName()
					+ "' is STRING and no address (expected: IPV4, IPV6 or an address as STRING)", null);
		}
		try {
			// InetAddress would turn an IPv4-mapped IPv6 address into an IPv4 address.
			return (address.length == Integer.BYTES) ? InetAddress.getByAddress(address)
					: Inet6Address.getByAddress(null, address, -1);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public byte[] asBytes() {
		return switch (getType()) {
			case STRING, BINARY -> bytes();
			default -> throw unexpected("BINARY or STRING");
		};
	}

	private byte[] bytes() {
		byte[] bytes = new byte[valueSize()];
		this.frame.getBytes(valueStart(), bytes);
		return bytes;
	}

	private int valueStart() {
		return this.payload + this.index.argumentValue(this.argument);
	}

	private int valueSize() {
		return this.index.argumentValueSize(this.argument);
	}

	private String text(int position, int size) {
		return this.frame.toString(this.payload + position, size, StandardCharsets.UTF_8);
	}

	private SpoeArgumentException unexpected(String expected) {
		return new SpoeArgumentException(
				"Argument '" + getName() + "' is " + getType() + " (expected: " + expected + ")", null);
	}

	@Override
	public String toString() {
		return getType() + " argument '" + getName() + "'";
	}

}
