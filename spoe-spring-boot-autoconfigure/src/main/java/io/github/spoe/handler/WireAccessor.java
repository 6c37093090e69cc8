/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.CollectionUtils;
import org.springframework.util.MultiValueMap;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeType;

/**
 * Reads a Java type from arguments of certain wire types.
 *
 * @param types a bit for each wire type
 * @param reader reads the value, {@code null} if it is not of the Java type
 */
record WireAccessor(int types, Function<SpoeArgument, @Nullable Object> reader) {

	private static final byte DER_SEQUENCE = 0x30;

	private static final Set<SpoeType> INTEGERS = EnumSet.of(SpoeType.INT32, SpoeType.UINT32, SpoeType.INT64,
			SpoeType.UINT64);

	private static final Set<SpoeType> BYTES = EnumSet.of(SpoeType.STRING, SpoeType.BINARY);

	/**
	 * For Java types that no conversion leads to: the argument itself refuses wire types.
	 */
	private static final Set<SpoeType> ANY = EnumSet.allOf(SpoeType.class);

	private static final WireAccessor ADDRESS = of(ANY, SpoeArgument::asInetAddress);

	private static final Map<Class<?>, WireAccessor> BY_TYPE = Map.ofEntries(
			Map.entry(Boolean.class, of(EnumSet.of(SpoeType.BOOL), SpoeArgument::asBoolean)),
			Map.entry(Byte.class, integer(Byte.MIN_VALUE, Byte.MAX_VALUE, Integer::byteValue)),
			Map.entry(Short.class, integer(Short.MIN_VALUE, Short.MAX_VALUE, Integer::shortValue)),
			Map.entry(Character.class,
					integer(Character.MIN_VALUE, Character.MAX_VALUE, (value) -> (char) value.intValue())),
			Map.entry(Integer.class, of(INTEGERS, SpoeArgument::asInt)),
			Map.entry(Long.class, of(INTEGERS, SpoeArgument::asLong)),
			Map.entry(BigInteger.class, of(INTEGERS, SpoeArgument::asBigInteger)),
			Map.entry(String.class, of(BYTES, SpoeArgument::asString)), Map.entry(InetAddress.class, ADDRESS),
			Map.entry(Inet4Address.class, ADDRESS), Map.entry(Inet6Address.class, ADDRESS),
			Map.entry(byte[].class, of(ANY, SpoeArgument::asBytes)),
			Map.entry(ByteBuffer.class, of(ANY, (argument) -> ByteBuffer.wrap(argument.asBytes()).asReadOnlyBuffer())),
			Map.entry(X509Certificate.class,
					of(EnumSet.of(SpoeType.BINARY), (argument) -> certificate(argument.asBytes()))));

	/**
	 * Return what reads a Java type.
	 * @param type the type
	 * @param charset the charset of text, or {@code null} for the usual one
	 * @return the accessor, or {@code null} if the wire does not have the type
	 */
	static @Nullable WireAccessor forType(TypeDescriptor type, @Nullable Charset charset) {
		Class<?> rawType = type.getObjectType();
		if (rawType == String.class && charset != null) {
			return of(BYTES, (argument) -> argument.asString(charset));
		}
		if (isHeaders(type.getResolvableType(), Map.class, List.class)) {
			return headers(charset, (headers) -> headers);
		}
		if (isHeaders(type.getResolvableType(), MultiValueMap.class, String.class)) {
			return headers(charset, CollectionUtils::toMultiValueMap);
		}
		if (HttpHeadersFactory.isHttpHeaders(rawType)) {
			return headers(charset, HttpHeadersFactory::create);
		}
		return BY_TYPE.get(rawType);
	}

	private static boolean isHeaders(ResolvableType type, Class<?> map, Class<?> value) {
		return type.toClass() == map && type.resolveGeneric(0) == String.class && type.resolveGeneric(1) == value
				&& (value == String.class || type.resolveGeneric(1, 0) == String.class);
	}

	boolean reads(SpoeType type) {
		return (this.types & bit(type)) != 0;
	}

	private static WireAccessor of(Set<SpoeType> types, Function<SpoeArgument, @Nullable Object> reader) {
		return new WireAccessor(types.stream().mapToInt(WireAccessor::bit).sum(), reader);
	}

	private static WireAccessor integer(int min, int max, Function<Integer, Object> narrowed) {
		return of(INTEGERS, (argument) -> {
			int value = argument.asInt();
			return (value >= min && value <= max) ? narrowed.apply(value) : null;
		});
	}

	private static WireAccessor headers(@Nullable Charset charset, Function<Map<String, List<String>>, Object> map) {
		return of(ANY, (argument) -> map.apply((charset != null) ? argument.asHeaders(charset) : argument.asHeaders()));
	}

	private static @Nullable X509Certificate certificate(byte[] der) {
		// The factory would take PEM too, and look for it behind anything.
		if (der.length == 0 || der[0] != DER_SEQUENCE) {
			return null;
		}
		ByteArrayInputStream in = new ByteArrayInputStream(der);
		try {
			Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
			return (in.available() == 0) ? (X509Certificate) certificate : null;
		}
		catch (CertificateException | RuntimeException ex) {
			return null;
		}
	}

	private static int bit(SpoeType type) {
		return 1 << type.ordinal();
	}

}
