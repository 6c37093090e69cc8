/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.springframework.util.Assert;

import io.github.spoe.SpoeAckTooLargeException;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ActionEncoder;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.FrameEncoder;
import io.github.spoe.spop.TypedDataCodec;
import io.github.spoe.spop.VariableScope;
import io.github.spoe.spop.Varint;

/**
 * {@link SpoeResponse} that writes actions straight into an ACK frame. For one thread.
 */
final class AckResponse implements SpoeResponse {

	private static final int CLOSED = -1;

	/**
	 * Enough for the ACK of one variable or two.
	 */
	private static final int COPY_CAPACITY = 64;

	private ByteWriter out;

	private final AckLimits limits;

	private int start;

	/**
	 * Where the actions of the current message begin, or {@link #CLOSED}.
	 */
	private int mark;

	private int refusedLength;

	/**
	 * Continue an ACK that was begun, where nobody else may write until the response is
	 * closed.
	 * @param out what the ACK is written to
	 * @param limits what bounds it
	 * @param start where the frame starts
	 */
	AckResponse(ByteWriter out, AckLimits limits, int start) {
		this.out = out;
		this.limits = limits;
		this.start = start;
		this.mark = out.size();
	}

	/**
	 * Continue the ACK of another response, which has to be {@link #abandon() abandoned}.
	 * @param begun the other response
	 */
	AckResponse(AckResponse begun) {
		this.out = begun.out;
		this.limits = begun.limits;
		this.start = begun.start;
		this.mark = begun.mark;
		this.refusedLength = begun.refusedLength;
	}

	@Override
	public void setVar(SpoeScope scope, String name, boolean value) {
		beginSetVar(scope, name, 1);
		TypedDataCodec.writeBoolean(this.out, value);
	}

	@Override
	public void setVar(SpoeScope scope, String name, int value) {
		setInteger(scope, name, DataType.INT32, value);
	}

	@Override
	public void setVar(SpoeScope scope, String name, long value) {
		setInteger(scope, name, DataType.INT64, value);
	}

	@Override
	public void setUnsignedVar(SpoeScope scope, String name, int value) {
		setInteger(scope, name, DataType.UINT32, Integer.toUnsignedLong(value));
	}

	@Override
	public void setUnsignedVar(SpoeScope scope, String name, long value) {
		setInteger(scope, name, DataType.UINT64, value);
	}

	private void setInteger(SpoeScope scope, String name, DataType type, long value) {
		beginSetVar(scope, name, 1 + Varint.size(value));
		TypedDataCodec.writeInteger(this.out, type, value);
	}

	@Override
	public void setVar(SpoeScope scope, String name, String value) {
		checkValue(name, value);
		beginSetVar(scope, name, sizeOf(ByteBufUtil.utf8Bytes(value)));
		TypedDataCodec.writeString(this.out, value);
	}

	@Override
	public void setVar(SpoeScope scope, String name, InetAddress value) {
		checkValue(name, value);
		beginSetVar(scope, name, (value instanceof Inet6Address) ? 17 : 5);
		TypedDataCodec.writeAddress(this.out, value);
	}

	@Override
	public void setVar(SpoeScope scope, String name, byte[] value) {
		checkValue(name, value);
		beginSetVar(scope, name, sizeOf(value.length));
		TypedDataCodec.writeBinary(this.out, value);
	}

	@Override
	public void unsetVar(SpoeScope scope, String name) {
		VariableName encoded = VariableName.of(scope, name, this.limits.varPrefixLength());
		checkRoom(name, 0);
		ActionEncoder.writeUnsetVar(this.out, wireScope(scope), encoded.encoded());
	}

	private void beginSetVar(SpoeScope scope, String name, long valueSize) {
		VariableName encoded = VariableName.of(scope, name, this.limits.varPrefixLength());
		checkRoom(name, valueSize);
		ActionEncoder.writeSetVar(this.out, wireScope(scope), encoded.encoded());
	}

	private void checkRoom(String name, long valueSize) {
		if (this.mark == CLOSED) {
			throw new IllegalStateException("Variable '" + name + "' comes too late: the ACK is already sent");
		}
		long size = ActionEncoder.FIXED_SIZE + sizeOf(name.length()) - 1 + valueSize;
		int length = FrameEncoder.length(this.out, this.start);
		int room = this.limits.length() - length;
		if (size > room) {
			this.refusedLength = (int) Math.max(this.refusedLength, Math.min(length + size, Integer.MAX_VALUE));
			throw new SpoeAckTooLargeException(name, size, room);
		}
	}

	private static void checkValue(String name, Object value) {
		Objects.requireNonNull(value, () -> "Value of variable '" + name + "' is null; use unsetVar to unset it");
	}

	// What text or bytes take with their type and length.
	private static long sizeOf(int length) {
		return 1L + Varint.size(length) + length;
	}

	private static VariableScope wireScope(SpoeScope scope) {
		return switch (scope) {
			case PROCESS -> VariableScope.PROCESS;
			case SESSION -> VariableScope.SESSION;
			case TRANSACTION -> VariableScope.TRANSACTION;
			case REQUEST -> VariableScope.REQUEST;
			case RESPONSE -> VariableScope.RESPONSE;
		};
	}

	private static SpoeScope scope(VariableScope scope) {
		return switch (scope) {
			case PROCESS -> SpoeScope.PROCESS;
			case SESSION -> SpoeScope.SESSION;
			case TRANSACTION -> SpoeScope.TRANSACTION;
			case REQUEST -> SpoeScope.REQUEST;
			case RESPONSE -> SpoeScope.RESPONSE;
		};
	}

	/**
	 * Remember this point, to {@link #rollback() roll back} to.
	 */
	void mark() {
		assertOpen();
		this.mark = this.out.size();
		this.refusedLength = 0;
	}

	/**
	 * Return the length that the ACK would have with what was refused since the mark.
	 * @return the length in bytes, or 0 if all did fit
	 */
	int refusedLength() {
		return this.refusedLength;
	}

	int maxLength() {
		return this.limits.length();
	}

	/**
	 * Drop the actions since the mark.
	 */
	void rollback() {
		assertOpen();
		this.out.truncate(this.mark);
	}

	private void assertOpen() {
		Assert.state(this.mark != CLOSED, "The ACK is already sent");
	}

	// The names of the variables since the mark.
	List<String> variables() {
		ByteBuf actions = Unpooled.wrappedBuffer(this.out.toByteArray(this.mark));
		return Ack.readActions(actions)
			.stream()
			.map((action) -> scope(action.scope()).getPrefix() + "." + action.name())
			.toList();
	}

	/**
	 * End the frame. No variable is taken from then on.
	 * @return what the ACK is written to
	 */
	ByteWriter close() {
		assertOpen();
		this.mark = CLOSED;
		FrameEncoder.end(this.out, this.start);
		return this.out;
	}

	/**
	 * Return the ACK, once the response is closed.
	 * @return what the ACK is written to
	 */
	ByteWriter frame() {
		Assert.state(this.mark == CLOSED, "The ACK is not complete");
		return this.out;
	}

	/**
	 * Take no further variable, as another response continues the ACK.
	 */
	void abandon() {
		this.mark = CLOSED;
	}

	/**
	 * Return a copy of the frame as far as it is written.
	 * @return the copy
	 */
	ByteWriter copyFrame() {
		ByteWriter copy = new ByteWriter(COPY_CAPACITY);
		copy.writeBytes(this.out, this.start);
		return copy;
	}

	/**
	 * Continue the frame in a copy of it, and take it away from where it was.
	 * @param copy the {@link #copyFrame() copy}
	 */
	void moveTo(ByteWriter copy) {
		this.out.truncate(this.start);
		this.out = copy;
		this.mark -= this.start;
		this.start = 0;
	}

}
