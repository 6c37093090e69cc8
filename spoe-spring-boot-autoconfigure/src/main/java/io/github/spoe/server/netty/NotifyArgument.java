/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeType;
import io.github.spoe.server.LogText;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.NotifyIndex;

/**
 * {@link SpoeArgument} over the bytes of a NOTIFY. Decodes what it is asked for.
 */
final class NotifyArgument implements SpoeArgument {

	private static final int CODE_MASK = 0x0F;

	private static final @Nullable SpoeType[] BY_CODE = new @Nullable SpoeType[CODE_MASK + 1];

	static {
		for (DataType type : DataType.values()) {
			BY_CODE[type.code()] = SpoeType.valueOf(type.name());
		}
	}

	private final NotifyIndex index;

	private final int argument;

	private final SpoeType type;

	NotifyArgument(NotifyIndex index, int argument) {
		this.index = index;
		this.argument = argument;
		SpoeType type = BY_CODE[index.argumentFirstByte(argument) & CODE_MASK];
		Assert.state(type != null, "The index holds no reserved type");
		this.type = type;
	}

	@Override
	public String getName() {
		return this.index.argumentNameText(this.argument);
	}

	@Override
	public SpoeType getType() {
		return this.type;
	}

	@Override
	public @Nullable Object getValue() {
		return switch (this.type) {
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
		if (this.type != SpoeType.BOOL) {
			throw unexpected("BOOL");
		}
		return this.index.argumentFirstByte(this.argument) == DataType.TRUE;
	}

	@Override
	public int asInt() {
		long value = asLong();
		if (value != (int) value || (value < 0 && this.type == SpoeType.UINT64)) {
			throw new SpoeArgumentException("Argument '" + LogText.of(getName()) + "' is " + getType()
					+ " and does not fit in 32 bits (expected: a value in the range of an int)", null);
		}
		return (int) value;
	}

	@Override
	public long asLong() {
		return switch (this.type) {
			case INT32, UINT32, INT64, UINT64 -> this.index.argumentInteger(this.argument);
			default -> throw unexpected("an integer");
		};
	}

	@Override
	public String asString() {
		return switch (this.type) {
			case STRING, BINARY -> this.index.argumentText(this.argument);
			default -> throw unexpected("STRING or BINARY");
		};
	}

	@Override
	public InetAddress asInetAddress() {
		byte[] address = switch (this.type) {
			case IPV4, IPV6 -> this.index.argumentBytes(this.argument);
			case STRING -> NetUtil.createByteArrayFromIpAddressString(asString());
			default -> throw unexpected("IPV4, IPV6 or an address as STRING");
		};
		if (address == null) {
			throw new SpoeArgumentException("Argument '" + LogText.of(getName())
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
		return switch (this.type) {
			case STRING, BINARY -> this.index.argumentBytes(this.argument);
			default -> throw unexpected("BINARY or STRING");
		};
	}

	private SpoeArgumentException unexpected(String expected) {
		return new SpoeArgumentException(
				"Argument '" + LogText.of(getName()) + "' is " + this.type + " (expected: " + expected + ")", null);
	}

	@Override
	public String toString() {
		return this.type + " argument '" + getName() + "'";
	}

}
