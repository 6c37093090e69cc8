/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/**
 * {@link ConversionService} for types with addresses in them, such as lists of addresses.
 * That of the application asks DNS about text that is no address, which stalls an event
 * loop, and tells a server elsewhere what HAProxy has sent.
 */
final class AddressConversionService extends ApplicationConversionService {

	/**
	 * Types may consist of themselves.
	 */
	private static final int MAX_DEPTH = 8;

	private final ConversionService conversionService;

	/**
	 * Create a new conversion service.
	 * @param conversionService what converts to types that are made of addresses and that
	 * only the application knows
	 */
	AddressConversionService(ConversionService conversionService) {
		this.conversionService = conversionService;
		addConverter(new AddressConverter());
	}

	/**
	 * Return whether a type has addresses in it.
	 * @param type the type
	 * @return whether it, or what it consists of, is an {@link InetAddress}
	 */
	static boolean isFor(ResolvableType type) {
		return hasAddresses(type, 0);
	}

	private static boolean hasAddresses(ResolvableType type, int depth) {
		if (InetAddress.class.isAssignableFrom(type.toClass())) {
			return true;
		}
		return depth < MAX_DEPTH && Stream
			.of(Stream.of(type.getComponentType()), Stream.of(type.getGenerics()),
					Stream.of(type.asCollection().getGenerics()), Stream.of(type.asMap().getGenerics()))
			.flatMap((types) -> types)
			.anyMatch((part) -> hasAddresses(part, depth + 1));
	}

	@Override
	protected @Nullable GenericConverter getDefaultConverter(TypeDescriptor sourceType, TypeDescriptor targetType) {
		GenericConverter converter = super.getDefaultConverter(sourceType, targetType);
		return (converter == null && this.conversionService.canConvert(sourceType, targetType))
				? new ApplicationConverter() : converter;
	}

	/**
	 * Converts what the conversion service of the application can.
	 */
	private final class ApplicationConverter implements GenericConverter {

		@Override
		public @Nullable Set<ConvertiblePair> getConvertibleTypes() {
			return null;
		}

		@Override
		public @Nullable Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
			return AddressConversionService.this.conversionService.convert(source, sourceType, targetType);
		}

	}

}
