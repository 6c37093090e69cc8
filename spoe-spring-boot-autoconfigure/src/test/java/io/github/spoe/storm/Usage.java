/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

/**
 * What an agent uses.
 *
 * @param heap the heap after a garbage collection, in bytes
 * @param buffers the direct memory of buffers that are not released, in bytes
 * @param pool the direct memory that Netty's allocator has for buffers, in bytes
 * @param held what is counted in the agent
 */
record Usage(long heap, long buffers, long pool, Held held) {

	private static final double MEGABYTE = 1024 * 1024;

	@Override
	public String toString() {
		return "heap %.2f MB, buffers %d B of %.0f MB, %s".formatted(this.heap / MEGABYTE, this.buffers,
				this.pool / MEGABYTE, this.held);
	}

	/**
	 * What is counted in an agent.
	 *
	 * @param channels the channels of the server
	 * @param admitted the connections that count for {@code max-connections}
	 * @param refused the connections that are refused and not closed yet
	 * @param connections the metric {@code spoe.server.connections.active}
	 * @param inFlight the NOTIFYs that count for {@code max-in-flight}
	 * @param notifies the metric {@code spoe.server.notify.active}
	 * @param queued the tasks that wait for a worker
	 */
	record Held(long channels, long admitted, long refused, long connections, long inFlight, long notifies,
			long queued) {

		/**
		 * One connection and nothing else.
		 */
		static final Held ONE_CONNECTION = new Held(1, 1, 0, 1, 0, 0, 0);

	}

}
