/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What came on a connection and what was answered, and whether that fits: a HELLO for a
 * HELLO, one ACK for each NOTIFY, and nothing behind a DISCONNECT.
 */
final class FuzzedConversation {

	private final int maxFrameSize;

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private List<FuzzedFrame> answers = List.of();

	private boolean open;

	private boolean onlyCut = true;

	private boolean undisturbed = true;

	FuzzedConversation(int maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	void received(byte[] bytes) {
		this.received.writeBytes(bytes);
	}

	/**
	 * Something happened that may change the order of the answers.
	 */
	void disturbed() {
		this.onlyCut = false;
	}

	/**
	 * Something happened that may end the connection.
	 */
	void interrupted() {
		this.undisturbed = false;
	}

	boolean isOnlyCut() {
		return this.onlyCut;
	}

	/**
	 * All has come, and what was held is released.
	 * @param sent what was answered
	 * @param open whether the connection is still open
	 */
	void answered(byte[] sent, boolean open) {
		this.open = open;
		this.answers = FuzzedFrame.read(sent, this.maxFrameSize);
		int size = this.answers.stream().mapToInt((frame) -> Integer.BYTES + frame.length()).sum();
		assertThat(size).as("bytes in whole frames").isEqualTo(sent.length);
		for (int i = 0; i < this.answers.size(); i++) {
			checkPlace(this.answers.get(i), i);
		}
	}

	private void checkPlace(FuzzedFrame answer, int index) {
		assertThat(answer.header().flags()).isEqualTo(FrameHeader.FIN);
		switch (answer.type()) {
			case AGENT_HELLO -> {
				AgentHello.read(answer.payload());
				assertThat(index).as("first frame").isZero();
			}
			case ACK -> {
				assertThat(index).as("frame before an ACK").isPositive();
				answer.actions();
			}
			case AGENT_DISCONNECT -> {
				Disconnect.read(answer.payload());
				assertThat(index).as("last frame").isEqualTo(this.answers.size() - 1);
			}
			default -> throw new AssertionError(answer);
		}
	}

	/**
	 * Time has passed, longer than a peer may take to close the connection.
	 * @param sent what was sent since
	 * @param open whether the connection is still open
	 */
	void ended(byte[] sent, boolean open) {
		if (this.undisturbed) {
			assertThat(sent).as("late answer").isEmpty();
		}
		if (isDisconnected() || isHealthCheck()) {
			assertThat(open).as("still open").isFalse();
		}
	}

	private boolean isDisconnected() {
		return !this.answers.isEmpty()
				&& this.answers.get(this.answers.size() - 1).type() == FrameType.AGENT_DISCONNECT;
	}

	private boolean isAgreed() {
		return !this.answers.isEmpty() && this.answers.get(0).type() == FrameType.AGENT_HELLO;
	}

	private boolean isHealthCheck() {
		return isAgreed() && hello().healthcheck();
	}

	private HaproxyHello hello() {
		return HaproxyHello.read(received(this.maxFrameSize).get(0).payload());
	}

	void check() {
		if (isHealthCheck()) {
			assertThat(this.answers).as("answers to a health check").hasSize(1);
		}
		else if (isAgreed()) {
			checkLengths(hello().maxFrameSize());
			checkAcks(received(AgentHello.read(this.answers.get(0).payload()).maxFrameSize()));
		}
		else if (!isDisconnected() && this.undisturbed) {
			assertThat(received(Integer.MAX_VALUE)).as("frames without an answer").isEmpty();
		}
		if (isDisconnected() && this.undisturbed) {
			long status = Disconnect.read(this.answers.get(this.answers.size() - 1).payload()).statusCode();
			assertThat(status != 0 || isAskedToDisconnect()).as("reason to disconnect").isTrue();
		}
		if (!isDisconnected() && this.undisturbed) {
			assertThat(this.open || isHealthCheck()).as("open").isTrue();
		}
	}

	private void checkLengths(long offered) {
		for (FuzzedFrame answer : this.answers) {
			assertThat(Long.compareUnsigned(answer.length(), offered)).as("length of " + answer).isNegative();
		}
	}

	private List<FuzzedFrame> received(long maxLength) {
		return FuzzedFrame.read(this.received.toByteArray(), maxLength);
	}

	private boolean isAskedToDisconnect() {
		return received(this.maxFrameSize).stream().anyMatch((frame) -> frame.type() == FrameType.HAPROXY_DISCONNECT);
	}

	private void checkAcks(List<FuzzedFrame> received) {
		List<FuzzedFrame> acks = new ArrayList<>(
				this.answers.stream().filter((frame) -> frame.type() == FrameType.ACK).toList());
		// Where ids repeat, what is malformed takes the ACKs without variables first.
		List<FuzzedFrame> unanswered = FuzzedFrame.notifies(received)
			.stream()
			.sorted(Comparator.comparing(FuzzedFrame::isWellFormed))
			.filter((notify) -> !removeAck(acks, notify))
			.toList();
		assertThat(acks).as("ACKs without a NOTIFY").isEmpty();
		if (!isDisconnected() && this.open) {
			assertThat(unanswered).as("NOTIFYs without an ACK").isEmpty();
		}
	}

	private static boolean removeAck(List<FuzzedFrame> acks, FuzzedFrame notify) {
		for (FuzzedFrame ack : acks) {
			if (ack.isOf(notify) && (ack.actions().isEmpty() || notify.isWellFormed())) {
				return acks.remove(ack);
			}
		}
		return false;
	}

	/**
	 * Check that what came was answered as in another conversation, in which the same
	 * came, cut otherwise.
	 */
	void checkSame(FuzzedConversation other) {
		assertThat(isDisconnected()).isEqualTo(other.isDisconnected());
		if (isDisconnected()) {
			assertThat(this.answers.get(this.answers.size() - 1))
				.isEqualTo(other.answers.get(other.answers.size() - 1));
		}
		else {
			assertThat(sorted(this.answers)).isEqualTo(sorted(other.answers));
		}
	}

	private static List<FuzzedFrame> sorted(List<FuzzedFrame> frames) {
		return frames.stream().sorted(Comparator.comparing(FuzzedFrame::bytes)).toList();
	}

}
