/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AddressRange}.
 */
class AddressRangeTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.7, 192.0.2.7", "192.0.2.7/32, 192.0.2.7", "10.0.0.0/8, 10.255.255.255",
			"10.1.2.3/8, 10.0.0.0", "192.0.2.128/25, 192.0.2.128", "192.0.2.128/25, 192.0.2.255",
			"192.0.2.6/31, 192.0.2.7", "0.0.0.0/0, 255.1.2.3", "128.0.0.0/1, 255.255.255.255",
			"2001:db8::1, 2001:db8:0:0:0:0:0:1", "2001:db8::/32, 2001:db8:ffff::1", "2001:db8::/33, 2001:db8:7fff::",
			"::/0, fe80::1", "fc00::/7, fdff::1", "fe80::/10, fe80::1", "::ffff:10.0.0.0/104, 10.1.2.3",
			"::ffff:192.0.2.7, 192.0.2.7", "::ffff:0:0/96, 192.0.2.7" })
	void contains(String range, String address) throws UnknownHostException {
		assertThat(AddressRange.of(range).contains(address(address))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.7, 192.0.2.6", "192.0.2.7/32, 192.0.2.5", "10.0.0.0/8, 11.0.0.0", "10.0.0.0/8, 9.255.255.255",
			"192.0.2.128/25, 192.0.2.127", "192.0.2.6/31, 192.0.2.5", "128.0.0.0/1, 127.255.255.255",
			"2001:db8::1, 2001:db8::2", "2001:db8::/32, 2001:db9::", "2001:db8::/33, 2001:db8:8000::",
			"fc00::/7, fe80::1", "2000::/3, ff02::1", "fe80::/10, fec0::1", "10.0.0.0/8, a00::1", "a00::/8, 10.0.0.1",
			"::/0, 192.0.2.7", "0.0.0.0/0, 2001:db8::1" })
	void doesNotContain(String range, String address) throws UnknownHostException {
		assertThat(AddressRange.of(range).contains(address(address))).isFalse();
	}

	@Test
	void peerWithAnIpv4AddressMayBeSeenAsIpv6() throws UnknownHostException {
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString("::ffff:10.0.0.1");
		InetAddress mapped = Inet6Address.getByAddress(null, bytes, 0);
		assertThat(mapped).isInstanceOf(Inet6Address.class);
		assertThat(AddressRange.of("10.0.0.0/8").contains(mapped)).isTrue();
		assertThat(AddressRange.of("11.0.0.0/8").contains(mapped)).isFalse();
		assertThat(AddressRange.of("::ffff:10.0.0.0/104").contains(mapped)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "/", "/8", "localhost", "haproxy.example", "10.0.0", "10.0.0.256", "10.0.0.0/",
			"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/8 ", "10.0.0.0/255.0.0.0", "10.0.0.0/99999999999",
			"::ffff:10.0.0.0/95", "2001:db8::/129", "2001:db8:::1", "fe80::1%eth0", "10.0.0.1:9000", "*" })
	void anythingElseIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text))
			.withMessage("'" + text + "' is neither an address nor a range in CIDR notation");
	}

	// Not by name: no test asks a name server.
	private static InetAddress address(String text) throws UnknownHostException {
		return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
	}

}
