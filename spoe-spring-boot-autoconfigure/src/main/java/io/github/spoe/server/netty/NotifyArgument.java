/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.LinkedCaseInsensitiveMap;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeType;
import io.github.spoe.server.ArgumentFailure;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.HeaderBlock;
import io.github.spoe.spop.NotifyIndex;
import io.github.spoe.spop.SpopException;

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
			case INT32, UINT32, INT64 -> integer();
			case UINT64 -> (integer() >= 0) ? integer() : asBigInteger();
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
		if (value != (int) value) {
			throw failure(" and does not fit in an int");
		}
		return (int) value;
	}

	@Override
	public long asLong() {
		long value = integer();
		if (value < 0 && this.type == SpoeType.UINT64) {
			throw failure(" and does not fit in a long");
		}
		return value;
	}

	@Override
	public BigInteger asBigInteger() {
		long value = integer();
		return (value < 0 && this.type == SpoeType.UINT64) ? new BigInteger(Long.toUnsignedString(value))
				: BigInteger.valueOf(value);
	}

	private long integer() {
		return switch (this.type) {
			case INT32, UINT32, INT64, UINT64 -> this.index.argumentInteger(this.argument);
			default -> throw unexpected("an integer");
		};
	}

	@Override
	public String asString(Charset charset) {
		return switch (this.type) {
			case STRING, BINARY -> this.index.argumentText(this.argument, charset);
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
			throw failure(" and no address (expected: IPV4, IPV6 or an address as STRING)");
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

	@Override
	public Map<String, List<String>> asHeaders(Charset charset) {
		Map<String, List<String>> headers = new LinkedCaseInsensitiveMap<>(Locale.ROOT);
		BiConsumer<String, String> adder = (name, value) -> headers.computeIfAbsent(name, (added) -> new ArrayList<>(1))
			.add(value);
		try {
			switch (this.type) {
				case BINARY -> HeaderBlock.readBinary(asBytes(), charset, adder);
				case STRING -> HeaderBlock.readText(asBytes(), charset, adder);
				default -> throw unexpected("BINARY or STRING");
			}
		}
		catch (SpopException ex) {
			throw failure(", and its " + ex.getMessage());
		}
		return headers;
	}

	private SpoeArgumentException unexpected(String expected) {
		return failure(" (expected: " + expected + ")");
	}

	private SpoeArgumentException failure(String problem) {
		return ArgumentFailure.of(messageName(), getName(), this.type, problem);
	}

	private String messageName() {
		int message = 0;
		while (this.argument >= this.index.firstArgument(message) + this.index.argumentCount(message)) {
			message++;
		}
		return this.index.messageNameText(message);
	}

	@Override
	public String toString() {
		return this.type + " argument '" + getName() + "'";
	}

}
