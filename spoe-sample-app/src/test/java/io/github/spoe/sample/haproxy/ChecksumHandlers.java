/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.haproxy;

import java.util.zip.CRC32;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;

/**
 * Handlers that answer with what tells whether all bytes have come.
 */
class ChecksumHandlers {

	@SpoeMessageHandler(value = "checksum", execution = SpoeExecution.EVENT_LOOP)
	void onEventLoop(@SpoeArg byte[] one, @SpoeArg byte[] two, SpoeResponse response) {
		response.setVar(SpoeScope.TRANSACTION, "checksum", checksum(one) + " " + checksum(two));
	}

	@SpoeMessageHandler(value = "checksum-worker", execution = SpoeExecution.WORKER)
	void onWorker(@SpoeArg byte[] one, @SpoeArg byte[] two, SpoeResponse response) {
		onEventLoop(one, two, response);
	}

	/**
	 * Return length and checksum.
	 */
	static String checksum(byte[] bytes) {
		CRC32 checksum = new CRC32();
		checksum.update(bytes);
		return bytes.length + "/" + Long.toHexString(checksum.getValue());
	}

}
