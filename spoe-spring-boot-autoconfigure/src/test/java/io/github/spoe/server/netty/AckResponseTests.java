/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.SpoeAckTooLargeException;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameEncoder;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.RawFrames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link AckResponse}.
 */
class AckResponseTests {

	private static final SpoeScope TXN = SpoeScope.TRANSACTION;

	private static final byte[] EMPTY_ACK = RawFrames.hex("00 00 00 07 67 00 00 00 01 01 01");

	private final ByteWriter out = new ByteWriter(16);

	private final AckResponse response = begin(this.out, 16380, 1, 1);

	@Test
	void responseWithoutVariablesIsAnEmptyAck() {
		assertThat(this.response.close()).isSameAs(this.out);
		assertThat(this.out.toByteArray(0)).isEqualTo(EMPTY_ACK);
	}

	@Test
	void ackGoesToTheEndOfTheBuffer() {
		this.response.close();
		AckResponse second = begin(this.out, 16380, -1, 240);
		second.setVar(TXN, "ip_score", 77);
		second.close();
		assertThat(this.out.toByteArray(0)).startsWith(EMPTY_ACK);
		assertThat(this.out.toByteArray(EMPTY_ACK.length)).isEqualTo(RawFrames.hex("""
				00 00 00 1f 67 00 00 00 01 ff f0 fe fe fe fe fe fe fe 0e f0 00 \
				01 03 02 08 69 70 5f 73 63 6f 72 65 02 4d"""));
	}

	static Stream<Arguments> values() throws Exception {
		byte[] mapped = RawFrames.hex("00 00 00 00 00 00 00 00 00 00 ff ff 7f 00 00 01");
		InetAddress ipv4 = InetAddress.getByName("127.0.0.1");
		InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
		InetAddress mappedIpv6 = Inet6Address.getByAddress(null, mapped, -1);
		return Stream.of(value("11", (response) -> response.setVar(TXN, "v", true)),
				value("01", (response) -> response.setVar(TXN, "v", false)),
				value("02 00", (response) -> response.setVar(TXN, "v", 0)),
				value("02 4d", (response) -> response.setVar(TXN, "v", 77)),
				value("02 ff f0 fe fe 3e", (response) -> response.setVar(TXN, "v", Integer.MAX_VALUE)),
				value("02 f0 f1 fe fe be fe fe fe fe 0e", (response) -> response.setVar(TXN, "v", Integer.MIN_VALUE)),
				value("02 ff f0 fe fe fe fe fe fe fe 0e", (response) -> response.setVar(TXN, "v", -1)),
				value("04 fb f0 fe fe fe fe fe fe fe 0e", (response) -> response.setVar(TXN, "v", -5L)),
				value("04 ff f0 fe fe fe fe fe fe fe 06", (response) -> response.setVar(TXN, "v", Long.MAX_VALUE)),
				value("04 f0 f1 fe fe fe fe fe fe fe 06", (response) -> response.setVar(TXN, "v", Long.MIN_VALUE)),
				value("03 4d", (response) -> response.setUnsignedVar(TXN, "v", 77)),
				value("03 ff f0 fe fe 7e", (response) -> response.setUnsignedVar(TXN, "v", -1)),
				value("05 4d", (response) -> response.setUnsignedVar(TXN, "v", 77L)),
				value("05 ff f0 fe fe fe fe fe fe fe 0e", (response) -> response.setUnsignedVar(TXN, "v", -1L)),
				value("06 7f 00 00 01", (response) -> response.setVar(TXN, "v", ipv4)),
				value("07 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01",
						(response) -> response.setVar(TXN, "v", ipv6)),
				value("07" + ByteBufUtil.hexDump(mapped), (response) -> response.setVar(TXN, "v", mappedIpv6)),
				value("08 00", (response) -> response.setVar(TXN, "v", "")),
				value("08 03 61 62 63", (response) -> response.setVar(TXN, "v", "abc")),
				value("08 06 c3 a9 f0 9f 98 80", (response) -> response.setVar(TXN, "v", "\u00e9\ud83d\ude00")),
				value("08 01 3f", (response) -> response.setVar(TXN, "v", "\ud83d")),
				value("08 f0 00" + "61".repeat(240), (response) -> response.setVar(TXN, "v", "a".repeat(240))),
				value("09 00", (response) -> response.setVar(TXN, "v", new byte[0])),
				value("09 02 00 ff", (response) -> response.setVar(TXN, "v", new byte[] { 0, -1 })),
				value("09 f0 00" + "00".repeat(240), (response) -> response.setVar(TXN, "v", new byte[240])));
	}

	private static Arguments value(String bytes, Consumer<SpoeResponse> setter) {
		return Arguments.of(bytes, setter);
	}

	@ParameterizedTest
	@MethodSource("values")
	void valueIsWrittenInItsType(String bytes, Consumer<SpoeResponse> setter) {
		setter.accept(this.response);
		assertThat(actions()).isEqualTo(RawFrames.hex("01 03 02 01 76" + bytes));
	}

	@ParameterizedTest
	@MethodSource("values")
	void frameIsFilledToItsLastByte(String bytes, Consumer<SpoeResponse> setter) {
		int size = RawFrames.hex("01 03 02 01 76" + bytes).length;
		AckResponse exact = begin(new ByteWriter(16), 7 + size, 1, 1);
		setter.accept(exact);
		assertThat(Unpooled.wrappedBuffer(exact.close().toByteArray(0)).readInt()).isEqualTo(7 + size);
		AckResponse tooSmall = begin(cleared(), 7 + size - 1, 1, 1);
		assertThatIllegalStateException().isThrownBy(() -> setter.accept(tooSmall))
			.withMessage("Variable 'v' does not fit in the ACK: it takes " + size + " bytes (expected: <= " + (size - 1)
					+ ")");
		assertThat(tooSmall.close().toByteArray(0)).isEqualTo(EMPTY_ACK);
	}

	@ParameterizedTest
	@CsvSource({ "PROCESS, 0", "SESSION, 1", "TRANSACTION, 2", "REQUEST, 3", "RESPONSE, 4" })
	void scopeIsWrittenAsItsCode(SpoeScope scope, byte code) {
		this.response.setVar(scope, "v", true);
		this.response.unsetVar(scope, "v");
		assertThat(actions()).containsExactly(1, 3, code, 1, 'v', 0x11, 2, 2, code, 1, 'v');
	}

	@Test
	void variableThatIsUnsetNeedsRoomToo() {
		AckResponse exact = begin(cleared(), 12, 1, 1);
		exact.unsetVar(TXN, "v");
		assertThatIllegalStateException().isThrownBy(() -> exact.unsetVar(TXN, "w"))
			.withMessage("Variable 'w' does not fit in the ACK: it takes 5 bytes (expected: <= 0)");
		assertThat(exact.close().toByteArray(0))
			.isEqualTo(RawFrames.hex("00 00 00 0c 67 00 00 00 01 01 01 02 02 02 01 76"));
	}

	@Test
	void smallerVariableStillFitsAfterOneThatDoesNot() {
		AckResponse small = begin(cleared(), 20, 1, 1);
		assertThatExceptionOfType(SpoeAckTooLargeException.class)
			.isThrownBy(() -> small.setVar(TXN, "v", "far too long"))
			.satisfies((ex) -> {
				assertThat(ex.getRequiredSize()).isEqualTo(19);
				assertThat(ex.getRemainingSize()).isEqualTo(13);
			});
		small.setVar(TXN, "v", "short");
		assertThat(small.close().toByteArray(0))
			.isEqualTo(RawFrames.hex("00 00 00 13 67 00 00 00 01 01 01 01 03 02 01 76 08 05 73 68 6f 72 74"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "Z", "0", "_", ".", "a.B_9" })
	void nameMayHoldLettersDigitsUnderscoreAndDot(String name) {
		this.response.unsetVar(TXN, name);
		assertThat(actions()).endsWith(name.getBytes(StandardCharsets.US_ASCII));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-", "a-b", " ", "a b", "/", ":", "@", "[", "`", "{", "a\u0000", "\n", "\u007f", "\u0080",
			"\u00e9", "\u0161", "\ud83d\ude00" })
	void otherCharactersInANameAreRefused(String name) {
		int index = name.startsWith("a") ? 1 : 0;
		assertThatIllegalArgumentException().isThrownBy(() -> this.response.setVar(TXN, name, true))
			.withMessage("Variable name '" + name + "' has a character at index " + index
					+ " that HAProxy does not accept (expected: A-Z, a-z, 0-9, '_' and '.')");
		assertThatIllegalArgumentException().isThrownBy(() -> this.response.unsetVar(TXN, name));
		assertThat(actions()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(SpoeScope.class)
	void nameHasAtMost63CharactersWithScopeAndPrefix(SpoeScope scope) {
		int longest = 63 - (scope.getPrefix() + ".p.").length();
		this.response.setVar(scope, "n".repeat(longest), true);
		String tooLong = "n".repeat(longest + 1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.response.setVar(scope, tooLong, true))
			.withMessage("Variable name '" + tooLong + "' has " + (longest + 1) + " characters (expected: 1 to "
					+ longest + " in scope " + scope + ", as 'spoe.server.var-prefix-length' is 1)");
		assertThat(actions()).hasSize(4 + longest + 1);
	}

	@ParameterizedTest
	@EnumSource(SpoeScope.class)
	void prefixIsAsLongAsIsSaid(SpoeScope scope) {
		String prefix = "." + "p".repeat(30) + ".";
		int longest = 63 - (scope.getPrefix() + prefix).length();
		AckResponse prefixed = begin(cleared(), new AckLimits(16379, 30), 1, 1);
		prefixed.setVar(scope, "n".repeat(longest), true);
		String tooLong = "n".repeat(longest + 1);
		// Known from a response with another prefix.
		begin(new ByteWriter(16), 16379, 1, 1).setVar(scope, tooLong, true);
		String message = "Variable name '" + tooLong + "' has " + (longest + 1) + " characters (expected: 1 to "
				+ longest + " in scope " + scope + ", as 'spoe.server.var-prefix-length' is 30)";
		assertThatIllegalArgumentException().isThrownBy(() -> prefixed.setVar(scope, tooLong, true))
			.withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> prefixed.unsetVar(scope, tooLong)).withMessage(message);
		assertThat(actions()).hasSize(4 + longest + 1);
	}

	@ParameterizedTest
	@EnumSource(SpoeScope.class)
	void longestPrefixLeavesRoomForAName(SpoeScope scope) {
		begin(cleared(), new AckLimits(16379, 56), 1, 1).unsetVar(scope, "n");
		assertThat(actions()).hasSize(5);
	}

	@Test
	void emptyNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.response.setVar(TXN, "", true))
			.withMessage("Variable name '' has 0 characters (expected: 1 to 57 in scope TRANSACTION, "
					+ "as 'spoe.server.var-prefix-length' is 1)");
		assertThat(actions()).isEmpty();
	}

	static Stream<Consumer<SpoeResponse>> nulls() {
		return Stream.of((response) -> response.setVar(TXN, "v", (String) null),
				(response) -> response.setVar(TXN, "v", (byte[]) null),
				(response) -> response.setVar(TXN, "v", (InetAddress) null));
	}

	@ParameterizedTest
	@MethodSource("nulls")
	void nullValueIsRefused(Consumer<SpoeResponse> setter) {
		assertThatNullPointerException().isThrownBy(() -> setter.accept(this.response))
			.withMessage("Value of variable 'v' is null; use unsetVar to unset it");
		assertThat(actions()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("values")
	void closedResponseTakesNoVariable(String bytes, Consumer<SpoeResponse> setter) {
		this.response.close();
		assertThatIllegalStateException().isThrownBy(() -> setter.accept(this.response))
			.withMessage("Variable 'v' comes too late: the ACK is already sent");
		assertThatIllegalStateException().isThrownBy(() -> this.response.unsetVar(TXN, "v"));
		assertThatIllegalStateException().isThrownBy(this.response::rollback);
		assertThat(this.out.toByteArray(0)).isEqualTo(EMPTY_ACK);
	}

	@Test
	void rollbackDropsWhatWasWrittenSinceTheMark() {
		this.response.setVar(TXN, "a", true);
		this.response.mark();
		this.response.setVar(SpoeScope.SESSION, "b", 1);
		this.response.unsetVar(SpoeScope.PROCESS, "c");
		assertThat(this.response.variables()).containsExactly("sess.b", "proc.c");
		this.response.rollback();
		assertThat(this.response.variables()).isEmpty();
		this.response.setVar(SpoeScope.RESPONSE, "d", false);
		assertThat(this.response.variables()).containsExactly("res.d");
		assertThat(actions()).isEqualTo(RawFrames.hex("01 03 02 01 61 11 01 03 04 01 64 01"));
	}

	@Test
	void rollbackWithoutAMarkDropsAll() {
		this.response.setVar(SpoeScope.REQUEST, "a", true);
		assertThat(this.response.variables()).containsExactly("req.a");
		this.response.rollback();
		assertThat(actions()).isEmpty();
	}

	@Test
	void rollbackMakesRoom() {
		AckResponse small = begin(cleared(), 13, 1, 1);
		small.setVar(TXN, "a", true);
		assertThatIllegalStateException().isThrownBy(() -> small.setVar(TXN, "b", true));
		small.rollback();
		small.setVar(TXN, "b", true);
		assertThat(small.variables()).containsExactly("txn.b");
	}

	@Test
	void movedResponseGoesOnElsewhere() {
		this.response.close();
		int sent = this.out.size();
		AckResponse begun = begin(this.out, 20, 300, 2);
		begun.setVar(TXN, "a", true);
		begun.mark();
		begun.setVar(TXN, "b", true);
		ByteWriter to = begun.copyFrame();
		begun.moveTo(to);
		assertThat(this.out.size()).isEqualTo(sent);
		assertThat(begun.variables()).containsExactly("txn.b");
		begun.rollback();
		begun.setVar(TXN, "c", true);
		assertThatIllegalStateException().isThrownBy(() -> begun.unsetVar(TXN, "d"));
		assertThat(begun.close()).isSameAs(to);
		assertThat(to.toByteArray(0))
			.isEqualTo(RawFrames.hex("00 00 00 14 67 00 00 00 01 fc 03 02 01 03 02 01 61 11 01 03 02 01 63 11"));
	}

	@Test
	void anotherContinuesTheAck() {
		this.response.setVar(TXN, "a", true);
		this.response.mark();
		this.response.setVar(TXN, "b", true);
		AckResponse other = new AckResponse(this.response);
		this.response.abandon();
		assertThatIllegalStateException().isThrownBy(() -> this.response.setVar(TXN, "late", true));
		assertThat(other.variables()).containsExactly("txn.b");
		other.rollback();
		other.mark();
		other.setVar(TXN, "c", true);
		assertThatIllegalStateException().isThrownBy(other::frame);
		assertThat(other.close()).isSameAs(other.frame()).isSameAs(this.out);
		assertThat(actions()).isEqualTo(RawFrames.hex("01 03 02 01 61 11 01 03 02 01 63 11"));
	}

	private byte[] actions() {
		return this.out.toByteArray(EMPTY_ACK.length);
	}

	private ByteWriter cleared() {
		this.out.truncate(0);
		return this.out;
	}

	static AckResponse begin(ByteWriter out, int maxLength, long streamId, long frameId) {
		return begin(out, new AckLimits(maxLength, VariableName.MIN_PREFIX_LENGTH), streamId, frameId);
	}

	private static AckResponse begin(ByteWriter out, AckLimits limits, long streamId, long frameId) {
		return new AckResponse(out, limits, FrameEncoder.begin(out, FrameType.ACK, streamId, frameId));
	}

}
