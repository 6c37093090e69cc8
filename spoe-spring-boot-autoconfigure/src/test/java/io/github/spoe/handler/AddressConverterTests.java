/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.convert.TypeDescriptor;

import io.github.spoe.SpoeArgument;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.netty.NotifyMessages;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AddressConverter}.
 */
class AddressConverterTests {

	private final AddressConverter converter = new AddressConverter();

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1", "2001:DB8:0:0::A",
			"1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1::" })
	void addressIsTheSameAsThatOfAnArgument(String text) {
		SpoeArgument argument = NotifyMessages.messages(SpopTestClient.message("message", "value", TypedData.of(text)))
			.get(0)
			.getArguments()
			.get(0);
		assertThat(convert(text, InetAddress.class)).isEqualTo(argument.asInetAddress());
	}

	// Of these, "localhost" has an address without DNS, and so would be found.
	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "LOCALHOST", "localhost.", "example.com", "127.1", "1", "0x7f000001",
			"017700000001", "127.0.0.256", "127.0.0.01", "127.0.0.1.", " 127.0.0.1", "127.0.0.1 ", "127.0.0.1:80",
			"127.0.0.0/8", "[::1]", "::1%lo", "::1::", ":", ":1", "a:b", "face", "12345::", "1:2:3:4:5:6:7:8:9", ".::1",
			"::g", "::ffff:256.0.0.1" })
	void anythingElseIsRefusedWithoutDns(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> convert(text, InetAddress.class))
			.withMessage("Not an address");
	}

	@ParameterizedTest
	@ValueSource(classes = { Inet4Address.class, Inet6Address.class })
	void otherFamilyIsRefused(Class<?> type) {
		String other = (type == Inet4Address.class) ? "::ffff:192.0.2.1" : "192.0.2.1";
		assertThatIllegalArgumentException().isThrownBy(() -> convert(other, type));
	}

	private Object convert(String text, Class<?> type) {
		return this.converter.convert(text, TypeDescriptor.valueOf(String.class), TypeDescriptor.valueOf(type));
	}

}
