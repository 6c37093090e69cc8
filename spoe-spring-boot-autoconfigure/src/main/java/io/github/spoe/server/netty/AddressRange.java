/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses that start with the same bits, such as {@code 10.0.0.0/8} or
 * {@code 2001:db8::/32}, or a single address. An IPv6 address that stands for an IPv4
 * address ({@code ::ffff:10.0.0.1}) is that IPv4 address.
 *
 * @since 0.1.0
 */
public final class AddressRange {

	private final IpSubnetFilterRule rule;

	private AddressRange(IpSubnetFilterRule rule) {
		this.rule = rule;
	}

	/**
	 * Return the range that a text describes. No name is looked up.
	 * @param text an IPv4 or IPv6 address, which may be followed by a slash and the
	 * number of bits that all addresses of the range have in common
	 * @return the range
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static AddressRange of(String text) {
		int slash = text.indexOf('/');
		String addressText = (slash < 0) ? text : text.substring(0, slash);
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(addressText);
		// A zone is this machine's matter, and says nothing of the peer.
		if (bytes == null || addressText.indexOf('%') >= 0) {
			throw invalid(text, null);
		}
		InetAddress address = address(bytes);
		int bits = Byte.SIZE * address.getAddress().length;
		try {
			int prefix = (slash < 0) ? bits
					: Integer.parseInt(text.substring(slash + 1)) - (Byte.SIZE * bytes.length - bits);
			return new AddressRange(new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(text, ex);
		}
	}

	private static IllegalArgumentException invalid(String text, @Nullable Exception cause) {
		return new IllegalArgumentException("'" + text + "' is neither an address nor a range in CIDR notation", cause);
	}

	// Makes an IPv4 address of an IPv6 address that stands for one.
	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return whether an address is in this range.
	 * @param address the address
	 * @return whether it is; an IPv4 address is in no range of IPv6 addresses
	 */
	public boolean contains(InetAddress address) {
		return this.rule.matches(new InetSocketAddress(address(address.getAddress()), 0));
	}

}
