/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NotifyTests {

	static final String VECTOR = "00 00 00 20 03 00 00 00 01 01 01 0f 'check-client-ip' 01 02 69 70 06 7f 00 00 01";

	@Test
	void vector() throws Exception {
		Notify notify = new Notify(1, 1, List.of(new Notify.Message("check-client-ip",
				List.of(new Notify.Argument("ip", TypedData.of(InetAddress.getByName("127.0.0.1")))))));
		assertThat(Wire.hex(Wire.written(notify::write))).isEqualTo(Wire.hex(VECTOR));
		assertThat(read(Wire.bytes(VECTOR))).isEqualTo(notify);
	}

	@Test
	void idsAreUnsigned() {
		Notify notify = new Notify(-1, 0, List.of());
		assertThat(Wire.hex(Wire.written(notify::write)))
			.isEqualTo(Wire.hex("00000010 03 00000001 fff0fefefefefefefe0e 00"));
		assertThat(read(Wire.written(notify::write))).isEqualTo(notify);
	}

	@Test
	void upTo255Arguments() {
		Notify.Argument argument = new Notify.Argument("a", TypedData.of(1));
		Notify notify = new Notify(1, 1, List.of(new Notify.Message("m", Collections.nCopies(255, argument)),
				new Notify.Message("n", List.of(argument))));
		assertThat(read(Wire.written(notify::write))).isEqualTo(notify);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Notify.Message("m", Collections.nCopies(256, argument)));
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void roundTrip(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < 50; i++) {
			Notify notify = samples.notification();
			assertThat(read(Wire.written(notify::write))).usingRecursiveComparison().isEqualTo(notify);
		}
	}

	private static Notify read(ByteBuf bytes) {
		FrameReader frame = Wire.frame(bytes);
		assertThat(frame.type()).isEqualTo(FrameType.NOTIFY);
		assertThat(frame.isFin()).isTrue();
		return new Notify(frame.streamId(), frame.frameId(), IndexedMessages.read(frame.payloadBuffer()));
	}

}
