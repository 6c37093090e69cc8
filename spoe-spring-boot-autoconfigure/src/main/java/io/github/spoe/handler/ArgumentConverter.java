/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeType;
import io.github.spoe.server.ArgumentFailure;

/**
 * Converts arguments of messages to one Java type. What the wire has is taken as it is,
 * anything else goes through the {@link ConversionService}.
 *
 * @param conversionService what converts values that the wire does not have
 * @param type the type
 * @param boxedType the type, or the wrapper of a primitive one
 * @param charset the charset of text, {@code null} for the usual one
 * @param accessor what reads the type from the wire, {@code null} if the wire does not
 * have it
 * @param fromBytes whether the {@link ConversionService} may be given a BINARY
 */
record ArgumentConverter(ConversionService conversionService, TypeDescriptor type, Class<?> boxedType,
		@Nullable Charset charset, @Nullable WireAccessor accessor, boolean fromBytes) {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private static final TypeDescriptor BYTES = TypeDescriptor.valueOf(byte[].class);

	private static final TypeDescriptor BYTE = TypeDescriptor.valueOf(Byte.class);

	/**
	 * Create a new converter.
	 * @param conversionService what converts values that the wire does not have
	 * @param type the type
	 * @param charset the charset of text, {@code null} for the usual one
	 */
	ArgumentConverter(ConversionService conversionService, TypeDescriptor type, @Nullable Charset charset) {
		this(conversionService, type, type.getObjectType(), charset, WireAccessor.forType(type, charset),
				convertsBytes(conversionService, type));
	}

	// The first byte alone would be taken for an array that is to be one value.
	private static boolean convertsBytes(ConversionService conversionService, TypeDescriptor type) {
		return conversionService.canConvert(BYTES, type)
				&& (type.isCollection() || type.isArray() || !conversionService.canConvert(BYTE, type));
	}

	/**
	 * Return whether there is any value on the wire that can be converted.
	 * @return {@code false} if no message can have such an argument
	 */
	boolean isPossible() {
		return this.accessor != null || this.fromBytes || Stream.of(String.class, Long.class, Boolean.class)
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
			return bytes(value);
		}
		if (this.boxedType == ByteBuffer.class) {
			return ByteBuffer.wrap(bytes(value)).asReadOnlyBuffer();
		}
		return this.conversionService.convert(value, STRING, this.type);
	}

	private byte[] bytes(String value) {
		return value.getBytes((this.charset != null) ? this.charset : StandardCharsets.UTF_8);
	}

	/**
	 * Convert an argument.
	 * @param message the message that has the argument
	 * @param argument the argument, not NULL
	 * @return the converted value
	 * @throws SpoeArgumentException if the value cannot be converted
	 */
	@Nullable Object convert(SpoeMessage message, SpoeArgument argument) {
		if (this.accessor != null && this.accessor.reads(argument.getType())) {
			Object value = this.accessor.reader().apply(argument);
			if (!this.boxedType.isInstance(value)) {
				throw unexpected(message, argument);
			}
			return value;
		}
		Object value = convertOther(message, argument);
		if (value != null && !this.boxedType.isInstance(value)) {
			throw unexpected(message, argument);
		}
		return value;
	}

	private @Nullable Object convertOther(SpoeMessage message, SpoeArgument argument) {
		if (argument.getType() == SpoeType.BINARY && !this.fromBytes) {
			throw unexpected(message, argument);
		}
		Object source = source(argument);
		try {
			return this.conversionService.convert(source, TypeDescriptor.forObject(source), this.type);
		}
		catch (ConversionException ex) {
			// Not the cause: its text has the value.
			throw unexpected(message, argument);
		}
	}

	private @Nullable Object source(SpoeArgument argument) {
		if (argument.getType() == SpoeType.STRING && this.charset != null) {
			return argument.asString(this.charset);
		}
		Object value = argument.getValue();
		return (value instanceof InetAddress address) ? address.getHostAddress() : value;
	}

	private SpoeArgumentException unexpected(SpoeMessage message, SpoeArgument argument) {
		return ArgumentFailure.of(message.getName(), argument.getName(), argument.getType(),
				" and cannot be converted to " + this.type.getResolvableType());
	}

}
