/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NegotiatorTests {

	private final Negotiator negotiator = new Negotiator(65536, true);

	@ParameterizedTest
	@ValueSource(strings = { "2.0", " 2.0 ", "2.1", "2.99", "1.0,2.0", "1.0, 2.0, 3.0", "2.0,x", ",2.0" })
	void acceptsVersion(String versions) {
		assertThat(this.negotiator.answer(offer(versions, 16380, "")).version()).isEqualTo("2.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", "1.0", "3.0", "1.0,3.0", "2", "2.", ".0", "2.x", "2.0.0", "20", "20.0",
			"-2.0", "2.-1", "2.\u0660", "2.0;1.0" })
	void refusesVersion(String versions) {
		Wire.assertRefused(StatusCode.UNSUPPORTED_VERSION, () -> this.negotiator.answer(offer(versions, 16380, "")));
	}

	@ParameterizedTest(name = "{0} of own 65536 is {1}")
	@CsvSource({ "256, 256", "16380, 16380", "65535, 65535", "65536, 65536", "65537, 65536", "4294967295, 65536",
			"9223372036854775808, 65536", "18446744073709551615, 65536" })
	void answersTheSmallerSize(String offered, long agreed) {
		assertThat(this.negotiator.answer(offer("2.0", Long.parseUnsignedLong(offered), "")).maxFrameSize())
			.isEqualTo(agreed);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 255 })
	void refusesSize(long offered) {
		Wire.assertRefused(StatusCode.BAD_FRAME_SIZE, () -> this.negotiator.answer(offer("2.0", offered, "")));
	}

	@Test
	void versionIsCheckedFirst() {
		Wire.assertRefused(StatusCode.UNSUPPORTED_VERSION, () -> this.negotiator.answer(offer("1.0", 0, "")));
	}

	@ParameterizedTest
	@CsvSource({ "true, 'pipelining', true", "true, 'pipelining,async', true", "true, '', false",
			"true, 'async,fragmentation', false", "true, 'Pipelining', false", "false, 'pipelining,async', false" })
	void answersPipeliningIfBothHaveIt(boolean pipelining, String offered, boolean answered) {
		AgentHello answer = new Negotiator(16380, pipelining).answer(offer("2.0", 16380, offered));
		assertThat(answer.capabilities()).isEqualTo(answered
				? Set.of(Capabilities.PIPELINING, Capabilities.FRAGMENTATION) : Set.of(Capabilities.FRAGMENTATION));
	}

	@Test
	void answersFragmentationLast() {
		AgentHello answer = this.negotiator.answer(offer("2.0", 16380, "pipelining"));
		assertThat(Capabilities.format(answer.capabilities())).isEqualTo("pipelining,fragmentation");
	}

	@Test
	void answersAHealthCheckWithNothingThatHaproxyCouldRefuse() {
		HaproxyHello check = new HaproxyHello("2.0", 16380, Set.of(), null, true);
		assertThat(this.negotiator.answer(check)).isEqualTo(new AgentHello("2.0", 256, Set.of()));
	}

	@ParameterizedTest(name = "{0} offered, {1} of its own: {2}")
	@CsvSource({ "16380, 65536, 16379", "16380, 16380, 16379", "16380, 16379, 16379", "16380, 16378, 16378",
			"256, 256, 255", "4294967295, 65536, 65536", "18446744073709551615, 65536, 65536",
			"18446744073709551615, 2147483647, 2147483647" })
	void ackIsShorterThanTheOffer(String offered, int own, int expected) {
		HaproxyHello offer = offer("2.0", Long.parseUnsignedLong(offered), "");
		assertThat(Negotiator.maxAckLength(offer, new Negotiator(own, true).answer(offer))).isEqualTo(expected);
	}

	@Test
	void ownSizeMustBeAllowed() {
		assertThat(new Negotiator(Negotiator.MIN_MAX_FRAME_SIZE, true).answer(offer("2.0", 16380, "")).maxFrameSize())
			.isEqualTo(256);
		assertThatIllegalArgumentException().isThrownBy(() -> new Negotiator(Negotiator.MIN_MAX_FRAME_SIZE - 1, true));
	}

	private static HaproxyHello offer(String versions, long maxFrameSize, String capabilities) {
		return new HaproxyHello(versions, maxFrameSize, Capabilities.parse(capabilities), null, false);
	}

}
