/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import io.netty.channel.ChannelHandlerContext;

/**
 * A {@link Peer} that leaves without a word.
 */
final class SilentPeer extends Peer {

	private final boolean reset;

	SilentPeer(Tally tally, boolean reset) {
		super(tally);
		this.reset = reset;
	}

	@Override
	void begin(ChannelHandlerContext context) {
		if (this.reset) {
			leaveWithReset(context);
		}
		else {
			leave(context);
		}
	}

}
