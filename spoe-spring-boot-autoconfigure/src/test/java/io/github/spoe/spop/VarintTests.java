/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class VarintTests {

	private static final String VECTORS = """
			0                    | 00
			1                    | 01
			127                  | 7f
			128                  | 80
			239                  | ef
			240                  | f0 00
			241                  | f1 00
			255                  | ff 00
			256                  | f0 01
			1000                 | f8 2f
			2287                 | ff 7f
			2288                 | f0 80 00
			16380                | fc f0 06
			16384                | f0 f1 06
			65535                | ff f0 1e
			65536                | f0 f1 1e
			264431               | ff ff 7f
			264432               | f0 80 80 00
			1000000              | f0 95 e7 02
			33818863             | ff ff ff 7f
			33818864             | f0 80 80 80 00
			2147483647           | ff f0 fe fe 3e
			2147483648           | f0 f1 fe fe 3e
			4294967295           | ff f0 fe fe 7e
			4294967296           | f0 f1 fe fe 7e
			4328786159           | ff ff ff ff 7f
			4328786160           | f0 80 80 80 80 00
			554084600047         | ff ff ff ff ff 7f
			554084600048         | f0 80 80 80 80 80 00
			70922828777711       | ff ff ff ff ff ff 7f
			70922828777712       | f0 80 80 80 80 80 80 00
			9007199254740991     | ff f0 fe fe fe fe fe 7e
			9078122083518703     | ff ff ff ff ff ff ff 7f
			9078122083518704     | f0 80 80 80 80 80 80 80 00
			1161999626690365679  | ff ff ff ff ff ff ff ff 7f
			1161999626690365680  | f0 80 80 80 80 80 80 80 80 00
			9223372036854775807  | ff f0 fe fe fe fe fe fe fe 06
			9223372036854775808  | f0 f1 fe fe fe fe fe fe fe 06
			18446744073709551614 | fe f0 fe fe fe fe fe fe fe 0e
			18446744073709551615 | ff f0 fe fe fe fe fe fe fe 0e
			-1                   | ff f0 fe fe fe fe fe fe fe 0e
			-5                   | fb f0 fe fe fe fe fe fe fe 0e
			-128                 | f0 e9 fe fe fe fe fe fe fe 0e
			-2147483648          | f0 f1 fe fe be fe fe fe fe 0e
			-9223372036854775808 | f0 f1 fe fe fe fe fe fe fe 06
			""";

	@ParameterizedTest(name = "{0} is {1}")
	@CsvSource(textBlock = VECTORS, delimiter = '|')
	void writesAndReads(String number, String bytes) {
		long value = value(number);
		assertThat(Wire.hex(Wire.written((out) -> Varint.write(out, value)))).isEqualTo(Wire.hex(bytes));
		assertThat(Varint.read(Wire.bytes(bytes))).isEqualTo(value);
		assertThat(Varint.size(value)).isEqualTo(Wire.bytes(bytes).readableBytes());
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(textBlock = VECTORS, delimiter = '|')
	void doesNotReadFurther(String number, String bytes) {
		ByteBuf in = Wire.bytes(bytes + "ff");
		Varint.read(in);
		assertThat(in.readableBytes()).isOne();
	}

	@ParameterizedTest(name = "{0} is {1}")
	@CsvSource(textBlock = VECTORS, delimiter = '|')
	void getsAtAnIndex(String number, String bytes) {
		byte[] in = ByteBufUtil.getBytes(Wire.bytes("ff" + bytes + "ff"));
		assertThat(Varint.get(in, 1)).isEqualTo(value(number));
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(textBlock = VECTORS, delimiter = '|')
	void refusesTruncated(String number, String bytes) {
		assertThat(Wire.bytes(bytes).readableBytes()).isLessThanOrEqualTo(Varint.MAX_SIZE);
		for (int size = 0; size < Wire.bytes(bytes).readableBytes(); size++) {
			ByteBuf in = Wire.bytes(bytes).slice(0, size);
			Wire.assertRefused(StatusCode.INVALID_FRAME, () -> Varint.read(in));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { //
			"f0 f1 fe fe fe fe fe fe fe 0e", // 2^64
			"ff ff ff ff ff ff ff ff ff 0f", //
			"f0 80 80 80 80 80 80 80 80 10", // a shift by 60 loses the bit
			"f0 80 80 80 80 80 80 80 80 7f", //
			"f0 80 80 80 80 80 80 80 80 80 00", // 11 bytes
			"ff ff ff ff ff ff ff ff ff ff 00" })
	void refusesMoreThan64Bits(String bytes) {
		Wire.assertMalformed(bytes, Varint::read);
	}

	@Test
	void valuesFollowEachOther() {
		ByteWriter writer = new ByteWriter(Varint.MAX_SIZE);
		ByteReader reader = new ByteReader();
		for (long value = 0; value <= 264_432; value++) {
			writer.truncate(0);
			Varint.write(writer, value);
			int size = writer.size();
			reader.reset(writer.bytes(), 0, size);
			if (size != Varint.size(value) || Varint.read(reader) != value || reader.isReadable()) {
				assertThat(value).as("value that does not come back").isNull();
			}
		}
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void roundTrip(long seed) {
		Samples samples = new Samples(seed);
		for (int i = 0; i < 10_000; i++) {
			long value = samples.number();
			ByteBuf buffer = Wire.written((out) -> Varint.write(out, value));
			assertThat(buffer.readableBytes()).isEqualTo(Varint.size(value));
			assertThat(Varint.read(buffer)).isEqualTo(value);
			assertThat(buffer.isReadable()).isFalse();
		}
	}

	private static long value(String number) {
		return number.startsWith("-") ? Long.parseLong(number) : Long.parseUnsignedLong(number);
	}

}
