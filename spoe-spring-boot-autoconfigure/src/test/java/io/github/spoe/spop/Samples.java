/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;

/**
 * Random content. The same seed gives the same.
 */
public final class Samples {

	private static final int MAX_TEXT = 300;

	private final Random random;

	public Samples(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Returns a number of any size, small ones as often as large ones.
	 */
	public long number() {
		return this.random.nextLong() >>> this.random.nextInt(Long.SIZE);
	}

	public String text() {
		return this.random.ints(this.random.nextInt(MAX_TEXT), 0, Character.MAX_CODE_POINT + 1)
			.map((codePoint) -> codePoint >>> this.random.nextInt(Integer.SIZE))
			.filter((codePoint) -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	public byte[] bytes() {
		return bytes(this.random.nextInt(MAX_TEXT));
	}

	public TypedData typedData() {
		DataType type = pick(DataType.values());
		return switch (type) {
			case NULL -> TypedData.NULL;
			case BOOL -> TypedData.of(this.random.nextBoolean());
			case INT32, UINT32, INT64, UINT64 -> new TypedData(type, number());
			case IPV4 -> TypedData.of(address(4));
			case IPV6 -> TypedData.of(address(16));
			case STRING -> TypedData.of(text());
			case BINARY -> TypedData.of(bytes());
		};
	}

	public Notify notification() {
		return new Notify(number(), number(), some(5, this::message).toList());
	}

	public Ack ack() {
		return new Ack(number(), number(), some(10, this::action).toList());
	}

	/**
	 * Overwrites up to three bytes.
	 */
	ByteBuf damaged(ByteBuf bytes) {
		for (int i = this.random.nextInt(4); i > 0 && bytes.isReadable(); i--) {
			bytes.setByte(this.random.nextInt(bytes.readableBytes()), this.random.nextInt());
		}
		return bytes;
	}

	private Notify.Message message() {
		return new Notify.Message(text(), some(10, () -> new Notify.Argument(text(), typedData())).toList());
	}

	private Ack.Action action() {
		return new Ack.Action(pick(VariableScope.values()), text(), this.random.nextBoolean() ? typedData() : null);
	}

	private <T> Stream<T> some(int max, Supplier<T> supplier) {
		return Stream.generate(supplier).limit(this.random.nextInt(max + 1));
	}

	private <T> T pick(T[] values) {
		return values[this.random.nextInt(values.length)];
	}

	private InetAddress address(int size) {
		try {
			return InetAddress.getByAddress(bytes(size));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] bytes(int size) {
		byte[] bytes = new byte[size];
		this.random.nextBytes(bytes);
		return bytes;
	}

}
