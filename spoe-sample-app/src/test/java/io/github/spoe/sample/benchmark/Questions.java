/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.github.spoe.client.NotifyTemplate;
import io.github.spoe.spop.ActionEncoder;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

/**
 * What an agent is asked, about many addresses in turn, and the answers: a variable
 * {@code ip_score} in the scope of the session, 100 for the fourth of the addresses that
 * is in 10.0.0.0/8, else 0.
 */
final class Questions {

	private static final int COUNT = 256;

	private static final int FRAMES_OF_A_STREAM = 64;

	// An integer below 240: its type and one byte.
	private static final int VALUE_SIZE = 2;

	private final NotifyTemplate[] templates = new NotifyTemplate[COUNT];

	private final ByteBuf variable;

	Questions(String message, int extra, int extraLength) {
		Random random = new Random(42);
		List<Notify.Argument> arguments = new ArrayList<>();
		for (int i = 0; i < extra; i++) {
			arguments.add(new Notify.Argument("extra_" + i, TypedData.of(text(random, extraLength))));
		}
		for (int i = 0; i < COUNT; i++) {
			List<Notify.Argument> all = new ArrayList<>(arguments);
			all.add(new Notify.Argument("ip", TypedData.of(address(random, i))));
			this.templates[i] = new NotifyTemplate(List.of(new Notify.Message(message, all)));
		}
		ByteWriter out = new ByteWriter(32);
		ActionEncoder.writeSetVar(out, VariableScope.SESSION, "ip_score".getBytes(StandardCharsets.UTF_8));
		this.variable = Unpooled.wrappedBuffer(out.toByteArray(0));
	}

	private static InetAddress address(Random random, int question) {
		byte[] bytes = new byte[4];
		random.nextBytes(bytes);
		bytes[0] = (byte) (isBad(question) ? 10 : 11 + random.nextInt(200));
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String text(Random random, int length) {
		return random.ints(length, 'a', 'z' + 1)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static boolean isBad(long streamId) {
		return streamId % 4 == 0;
	}

	/**
	 * Write the question of a stream as a NOTIFY.
	 */
	void write(ByteWriter out, long streamId) {
		this.templates[(int) (streamId % COUNT)].write(out, streamId, frameId(streamId));
	}

	/**
	 * Return the frame of a stream: not always the same, or nothing could be said about
	 * what comes back.
	 */
	static long frameId(long streamId) {
		return 1 + streamId % FRAMES_OF_A_STREAM;
	}

	static int score(long streamId) {
		return isBad(streamId) ? 100 : 0;
	}

	/**
	 * Return whether the actions of an ACK are the answer for a stream. An agent may
	 * choose the type of an integer.
	 */
	boolean isAnswer(long streamId, ByteBuf actions) {
		int prefix = this.variable.readableBytes();
		if (actions.readableBytes() != prefix + VALUE_SIZE
				|| !ByteBufUtil.equals(this.variable, 0, actions, actions.readerIndex(), prefix)) {
			return false;
		}
		DataType type = DataType.of(actions.getByte(actions.readerIndex() + prefix));
		boolean integer = type == DataType.INT32 || type == DataType.UINT32 || type == DataType.INT64
				|| type == DataType.UINT64;
		return integer && actions.getByte(actions.readerIndex() + prefix + 1) == score(streamId);
	}

	/**
	 * Return the greatest length of a frame in bytes.
	 */
	int maxLength() {
		int length = 0;
		for (NotifyTemplate template : this.templates) {
			length = Math.max(length, template.maxLength());
		}
		return length;
	}

}
