/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeType;

/**
 * Converts arguments of messages to one Java type. What the wire has is taken as it is,
 * anything else goes through the {@link ConversionService}.
 *
 * @param conversionService what converts values that the wire does not have
 * @param type the type
 * @param boxedType the type, or the wrapper of a primitive one
 * @param accessor what reads the type from the wire, {@code null} if the wire does not
 * have it
 */
record ArgumentConverter(ConversionService conversionService, TypeDescriptor type, Class<?> boxedType,
		@Nullable Accessor accessor) {

	private static final Set<SpoeType> INTEGERS = EnumSet.of(SpoeType.INT32, SpoeType.UINT32, SpoeType.INT64,
			SpoeType.UINT64);

	private static final Set<SpoeType> BYTES = EnumSet.of(SpoeType.STRING, SpoeType.BINARY);

	private static final Accessor ADDRESS = new Accessor(EnumSet.of(SpoeType.IPV4, SpoeType.IPV6, SpoeType.STRING),
			SpoeArgument::asInetAddress);

	private static final Map<Class<?>, Accessor> ACCESSORS = Map.of(Boolean.class,
			new Accessor(EnumSet.of(SpoeType.BOOL), SpoeArgument::asBoolean), Integer.class,
			new Accessor(INTEGERS, SpoeArgument::asInt), Long.class, new Accessor(INTEGERS, SpoeArgument::asLong),
			String.class, new Accessor(BYTES, SpoeArgument::asString), InetAddress.class, ADDRESS, Inet4Address.class,
			ADDRESS, Inet6Address.class, ADDRESS, byte[].class, new Accessor(BYTES, SpoeArgument::asBytes),
			ByteBuffer.class,
			new Accessor(BYTES, (argument) -> ByteBuffer.wrap(argument.asBytes()).asReadOnlyBuffer()));

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	ArgumentConverter(ConversionService conversionService, TypeDescriptor type) {
		this(conversionService, type, type.getObjectType(), ACCESSORS.get(type.getObjectType()));
	}

	/**
	 * Return whether there is any value on the wire that can be converted.
	 * @return {@code false} if no message can have such an argument
	 */
	boolean isPossible() {
		return this.accessor != null || Stream.of(String.class, Long.class, Boolean.class, byte[].class)
			.anyMatch((source) -> this.conversionService.canConvert(TypeDescriptor.valueOf(source), this.type));
	}

	/**
	 * Convert a value that does not come from the wire.
	 * @param value the value
	 * @return the converted value
	 * @throws ConversionException if the value cannot be converted
	 */
	@Nullable Object convert(String value) {
		if (this.boxedType == byte[].class) {
			return value.getBytes(StandardCharsets.UTF_8);
		}
		if (this.boxedType == ByteBuffer.class) {
			return ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
		}
		return this.conversionService.convert(value, STRING, this.type);
	}

	/**
	 * Convert an argument.
	 * @param argument the argument, not NULL
	 * @return the converted value
	 * @throws SpoeArgumentException if the value cannot be converted
	 */
	@Nullable Object convert(SpoeArgument argument) {
		Object value = (this.accessor != null && this.accessor.reads(argument.getType()))
				? this.accessor.reader.apply(argument) : convertOther(argument);
		if (value != null && !this.boxedType.isInstance(value)) {
			throw unexpected(argument);
		}
		return value;
	}

	private @Nullable Object convertOther(SpoeArgument argument) {
		Object value = argument.getValue();
		Object source = (value instanceof InetAddress address) ? address.getHostAddress() : value;
		try {
			return this.conversionService.convert(source, TypeDescriptor.forObject(source), this.type);
		}
		catch (ConversionException ex) {
			// Not the cause: its text has the value.
			throw unexpected(argument);
		}
	}

	private SpoeArgumentException unexpected(SpoeArgument argument) {
		return new SpoeArgumentException("Argument '" + argument.getName() + "' is " + argument.getType()
				+ " and cannot be converted to " + this.type.getResolvableType(), null);
	}

	/**
	 * Reads a Java type from arguments of certain wire types.
	 *
	 * @param types a bit for each wire type
	 * @param reader reads the value
	 */
	record Accessor(int types, Function<SpoeArgument, Object> reader) {

		Accessor(Set<SpoeType> types, Function<SpoeArgument, Object> reader) {
			this(types.stream().mapToInt(Accessor::bit).sum(), reader);
		}

		boolean reads(SpoeType type) {
			return (this.types & bit(type)) != 0;
		}

		private static int bit(SpoeType type) {
			return 1 << type.ordinal();
		}

	}

}
