/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Set;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameHeaderTests {

	@ParameterizedTest
	@CsvSource({ "01 00000001 00 00, HAPROXY_HELLO, 1, 0, 0", //
			"02 00000001 00 00, HAPROXY_DISCONNECT, 1, 0, 0", //
			"03 00000000 00 01, NOTIFY, 0, 0, 1", //
			"65 00000001 00 00, AGENT_HELLO, 1, 0, 0", //
			"66 00000001 00 00, AGENT_DISCONNECT, 1, 0, 0", //
			"67 00000001 fc03 02, ACK, 1, 300, 2", //
			"00 00000003 01 01, UNSET, 3, 1, 1", //
			"03 fffffffd 01 01, NOTIFY, -3, 1, 1", //
			"03 00000001 fff0fefefefefefefe0e fff0fefefefefefefe0e, NOTIFY, 1, -1, -1" })
	void reads(String bytes, FrameType type, int flags, long streamId, long frameId) {
		ByteBuf frame = Wire.bytes(bytes + "'rest'");
		assertThat(FrameHeader.read(frame)).isEqualTo(new FrameHeader(type, flags, streamId, frameId));
		assertThat(Wire.hex(frame)).isEqualTo(Wire.hex("'rest'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "04", "64", "68", "ff" })
	void unknownTypeIsNull(String type) {
		assertThat(FrameHeader.read(Wire.bytes(type + "00000001 00 00")).type()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "1, true", "2, false", "3, true", "-1, true", "-2, false" })
	void fin(int flags, boolean fin) {
		assertThat(new FrameHeader(FrameType.NOTIFY, flags, 1, 1).isFin()).isEqualTo(fin);
	}

	@ParameterizedTest
	@ValueSource(strings = { "03 00000001 01 01", "03 00000001 fc03 02",
			"03 00000001 fff0fefefefefefefe0e fff0fefefefefefefe0e" })
	void refusesTruncated(String bytes) {
		Wire.assertMalformedIfTruncated(bytes, Set.of(), FrameHeader::read);
	}

	@Test
	void refusesIdsBeyond64Bits() {
		Wire.assertMalformed("03 00000001 ffffffffffffffffffff00 01", FrameHeader::read);
		Wire.assertMalformed("03 00000001 01 f0f1fefefefefefefe0e", FrameHeader::read);
	}

}
