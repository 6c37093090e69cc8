/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a fuzzer has made up for a connection: bytes that come, and what else happens when
 * so many of them have come. As bytes: a mode, the number of events, three bytes for each
 * event, and the bytes that come. So those stand as they are on the wire, and any input
 * is a script.
 *
 * @param mode what a target makes of it
 * @param events what happens, in the order of the positions
 * @param bytes the bytes that come
 */
record FuzzScript(int mode, List<Event> events, byte[] bytes) {

	private static final int MAX_EVENTS = 16;

	private static final int EVENT_SIZE = 3;

	static FuzzScript read(byte[] input) {
		ByteBuffer in = ByteBuffer.wrap(input);
		int mode = in.hasRemaining() ? in.get() & 0xFF : 0;
		int count = in.hasRemaining() ? (in.get() & 0xFF) % MAX_EVENTS : 0;
		List<Event> events = new ArrayList<>();
		while (events.size() < count && in.remaining() >= EVENT_SIZE) {
			events.add(new Event(in.get() & 0xFF, in.getShort() & 0xFFFF));
		}
		byte[] bytes = Arrays.copyOfRange(input, in.position(), input.length);
		return new FuzzScript(mode,
				events.stream()
					.map((event) -> new Event(event.code(), event.position() % (bytes.length + 1)))
					.sorted(Comparator.comparingInt(Event::position))
					.toList(),
				bytes);
	}

	FuzzScript withoutEvents() {
		return new FuzzScript(this.mode, List.of(), this.bytes);
	}

	boolean isSet(int bit) {
		return (this.mode >> bit & 1) != 0;
	}

	/**
	 * Play the script.
	 * @param player what is told what comes and what happens
	 */
	void play(Player player) {
		int start = 0;
		for (Event event : this.events) {
			player.receive(Arrays.copyOfRange(this.bytes, start, event.position()));
			player.happen(event.code());
			start = event.position();
		}
		player.receive(Arrays.copyOfRange(this.bytes, start, this.bytes.length));
	}

	/**
	 * Something that happens.
	 *
	 * @param code what it is, a byte
	 * @param position how many bytes have come before
	 */
	record Event(int code, int position) {

	}

	interface Player {

		void receive(byte[] bytes);

		void happen(int code);

	}

}
