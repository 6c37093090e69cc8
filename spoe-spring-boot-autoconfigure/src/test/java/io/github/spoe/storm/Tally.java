/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens to the peers of a storm. For any thread.
 */
final class Tally {

	private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

	Tally() {
		for (Event event : Event.values()) {
			this.counts.put(event, new LongAdder());
		}
	}

	void add(Event event) {
		add(event, 1);
	}

	void add(Event event, int count) {
		this.counts.get(event).add(count);
	}

	long count(Event event) {
		return this.counts.get(event).sum();
	}

	void clear() {
		this.counts.values().forEach(LongAdder::reset);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.counts.forEach((event, count) -> {
			if (count.sum() > 0) {
				text.append((text.length() > 0) ? ", " : "")
					.append(event.name().toLowerCase(Locale.ROOT).replace('_', ' '))
					.append(' ')
					.append(count.sum());
			}
		});
		return text.toString();
	}

	enum Event {

		CONNECTED,

		NOT_CONNECTED,

		HELLO_ANSWERED,

		NOTIFIES,

		/**
		 * NOTIFYs that were answered with what they asked for.
		 */
		ANSWERED,

		/**
		 * NOTIFYs that were answered without variables.
		 */
		ANSWERED_WITHOUT_VARIABLES,

		/**
		 * ACKs of something that was not asked, or that say something else.
		 */
		WRONG,

		/**
		 * NOTIFYs that were not answered before the agent closed the connection, though
		 * the peer waited for that.
		 */
		LOST,

		/**
		 * Connections that ended with AGENT-DISCONNECT.
		 */
		DISCONNECTED,

		/**
		 * Connections that the peer closed.
		 */
		LEFT

	}

}
