/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.util.Assert;

/**
 * Converts the text of an address to it, and no other text: DNS is never asked.
 */
final class AddressConverter implements GenericConverter {

	private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

	private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

	/**
	 * What has a colon is an address to {@link InetAddress}, or a mistake.
	 */
	private static final Pattern PERHAPS_IPV6 = Pattern.compile("\\p{XDigit}{0,4}:[\\p{XDigit}:.]+");

	@Override
	public Set<ConvertiblePair> getConvertibleTypes() {
		return Set.of(new ConvertiblePair(String.class, InetAddress.class));
	}

	@Override
	public Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
		InetAddress address = address((source != null) ? source.toString() : "");
		Assert.isInstanceOf(targetType.getType(), address);
		return address;
	}

	private static InetAddress address(String text) {
		boolean perhapsIpv6 = PERHAPS_IPV6.matcher(text).matches();
		if (!perhapsIpv6 && !IPV4.matcher(text).matches()) {
			throw new IllegalArgumentException("Not an address");
		}
		try {
			InetAddress address = InetAddress.getByName(text);
			return (perhapsIpv6 && !(address instanceof Inet6Address)) ? mapped(address.getAddress()) : address;
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("Not an address", ex);
		}
	}

	// As it stands in the text, and as an IPV6 of the wire is bound.
	private static InetAddress mapped(byte[] ipv4) throws UnknownHostException {
		byte[] ipv6 = new byte[16];
		ipv6[10] = (byte) 0xFF;
		ipv6[11] = (byte) 0xFF;
		System.arraycopy(ipv4, 0, ipv6, 12, ipv4.length);
		return Inet6Address.getByAddress(null, ipv6, -1);
	}

}
