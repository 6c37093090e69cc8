/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DisconnectTests {

	private static final String CODE = "0b 'status-code' 03 00";

	private static final String MESSAGE = "07 'message' 08 06 'normal'";

	@ParameterizedTest
	@CsvSource({ "66, AGENT_DISCONNECT", "02, HAPROXY_DISCONNECT" })
	void vector(String code, FrameType type) {
		String bytes = "00 00 00 25" + code + "00 00 00 01 00 00" + CODE + MESSAGE;
		assertThat(Wire.hex(Wire.written((out) -> new Disconnect(StatusCode.NORMAL).write(out, type))))
			.isEqualTo(Wire.hex(bytes));
		FrameReader frame = Wire.frame(Wire.bytes(bytes));
		assertThat(frame.header()).isEqualTo(new FrameHeader(type, FrameHeader.FIN, 0, 0));
		assertThat(Disconnect.read(frame.payloadBuffer())).isEqualTo(new Disconnect(0, "normal"));
	}

	@ParameterizedTest
	@EnumSource
	void roundTrip(StatusCode status) {
		Disconnect disconnect = new Disconnect(status);
		FrameReader frame = Wire.frame(Wire.written((out) -> disconnect.write(out, FrameType.AGENT_DISCONNECT)));
		assertThat(Disconnect.read(frame.payloadBuffer())).isEqualTo(disconnect)
			.isEqualTo(new Disconnect(status.code(), status.text()));
	}

	@Test
	void absentItemsAreNormal() {
		assertThat(read("")).isEqualTo(new Disconnect(0, "normal"));
		assertThat(read(MESSAGE)).isEqualTo(new Disconnect(0, "normal"));
		assertThat(read("0b 'status-code' 03 2a")).isEqualTo(new Disconnect(42, "normal"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "02", "03", "04", "05" })
	void codeMayBeOfAnyIntegerTypeAndSize(String type) {
		assertThat(read("0b 'status-code'" + type + "fff0fefefefefefefe0e").statusCode()).isEqualTo(-1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0b 'status-code' 00", "0b 'status-code' 08 01 '0'", "07 'message' 00",
			"07 'message' 04 00", "07 'message' 08 07 'normal'" })
	void refusesMalformedItems(String item) {
		Wire.assertMalformed(CODE + MESSAGE + item, Disconnect::read);
	}

	@Test
	void refusesTruncated() {
		Wire.assertMalformedIfTruncated(CODE + MESSAGE, Set.of(0, Wire.bytes(CODE).readableBytes()), Disconnect::read);
	}

	private static Disconnect read(String items) {
		return Disconnect.read(Wire.bytes(items));
	}

}
