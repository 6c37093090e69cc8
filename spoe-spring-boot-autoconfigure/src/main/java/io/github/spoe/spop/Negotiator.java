/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The agent's side of the HELLO exchange: answers what HAProxy offers (SPOE.txt section
 * 3.2.4).
 *
 * @since 0.1.0
 */
public final class Negotiator {

	/**
	 * Least max-frame-size that the protocol allows.
	 */
	public static final int MIN_MAX_FRAME_SIZE = 256;

	/**
	 * The version of the protocol, the only one that HAProxy accepts.
	 */
	public static final String VERSION = "2.0";

	private static final int MAJOR_VERSION = 2;

	private final int maxFrameSize;

	private final boolean pipelining;

	/**
	 * Create a new negotiator.
	 * @param maxFrameSize the greatest length of a frame that the agent takes
	 * @param pipelining whether the agent takes several frames at once
	 */
	public Negotiator(int maxFrameSize, boolean pipelining) {
		if (maxFrameSize < MIN_MAX_FRAME_SIZE) {
			throw new IllegalArgumentException(
					"maxFrameSize: " + maxFrameSize + " (expected: >= " + MIN_MAX_FRAME_SIZE + ")");
		}
		this.maxFrameSize = maxFrameSize;
		this.pipelining = pipelining;
	}

	/**
	 * Answer an offer.
	 * @param offer what HAProxy offers
	 * @return what holds for the connection
	 * @throws SpopException if there is no common ground
	 */
	public AgentHello answer(HaproxyHello offer) {
		if (!isSupported(offer.supportedVersions())) {
			throw new SpopException(StatusCode.UNSUPPORTED_VERSION, "no version in common (expected: " + VERSION + ")");
		}
		if (Long.compareUnsigned(offer.maxFrameSize(), MIN_MAX_FRAME_SIZE) < 0) {
			throw new SpopException(StatusCode.BAD_FRAME_SIZE,
					"max-frame-size: " + offer.maxFrameSize() + " (expected: >= " + MIN_MAX_FRAME_SIZE + ")");
		}
		if (offer.healthcheck()) {
			// No NOTIFY follows. From 3.1 on HAProxy offers the usual size here, and then
			// refuses it when tune.bufsize is smaller.
			return new AgentHello(VERSION, MIN_MAX_FRAME_SIZE, Set.of());
		}
		boolean larger = Long.compareUnsigned(offer.maxFrameSize(), this.maxFrameSize) > 0;
		return new AgentHello(VERSION, larger ? this.maxFrameSize : offer.maxFrameSize(), capabilities(offer));
	}

	private Set<String> capabilities(HaproxyHello offer) {
		Set<String> capabilities = new LinkedHashSet<>();
		if (this.pipelining && offer.capabilities().contains(Capabilities.PIPELINING)) {
			capabilities.add(Capabilities.PIPELINING);
		}
		// HAProxy never offers it. Up to 3.0 it needs to hear it, and without it connects
		// again and again when a NOTIFY does not fit in a frame; from 3.1 on it does not
		// care.
		capabilities.add(Capabilities.FRAGMENTATION);
		return capabilities;
	}

	/**
	 * Return the greatest length of an ACK: what was agreed, and less than what HAProxy
	 * offered. From 3.1 on HAProxy stops to read a connection for good when a frame and
	 * its length fill its buffer, which is as large as its offer and the length.
	 * @param offer what HAProxy offers
	 * @param answer what was answered
	 * @return the length in bytes, not counting the length itself
	 */
	public static int maxAckLength(HaproxyHello offer, AgentHello answer) {
		long limit = offer.maxFrameSize() - 1;
		return (int) ((Long.compareUnsigned(limit, answer.maxFrameSize()) < 0) ? limit : answer.maxFrameSize());
	}

	// A version stands for all lower minor ones of its major version, so any 2.x has 2.0.
	private static boolean isSupported(String versions) {
		for (String version : versions.split(",")) {
			String[] numbers = version.strip().split("\\.", 2);
			if (numbers.length == 2 && isNumber(numbers[1]) && numbers[0].equals(String.valueOf(MAJOR_VERSION))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
	}

}
