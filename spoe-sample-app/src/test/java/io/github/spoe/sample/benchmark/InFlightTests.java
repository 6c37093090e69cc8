/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InFlight}.
 */
class InFlightTests {

	private final InFlight inFlight = new InFlight(4);

	@Test
	void idsCountUp() {
		assertThat(this.inFlight.add(7)).isZero();
		assertThat(this.inFlight.add(8)).isEqualTo(1);
		assertThat(this.inFlight.size()).isEqualTo(2);
		assertThat(this.inFlight.remove(0)).isEqualTo(7);
		assertThat(this.inFlight.remove(1)).isEqualTo(8);
		assertThat(this.inFlight.size()).isZero();
		assertThat(this.inFlight.added()).isEqualTo(2);
	}

	@Test
	void containsWhatWasAddedAndNotRemoved() {
		assertThat(this.inFlight.contains(0)).isFalse();
		this.inFlight.add(7);
		assertThat(this.inFlight.contains(0)).isTrue();
		assertThat(this.inFlight.contains(4)).isFalse();
		assertThat(this.inFlight.contains(-4)).isFalse();
		this.inFlight.remove(0);
		assertThat(this.inFlight.contains(0)).isFalse();
	}

	@Test
	void hasRoomUnlessTheFrameOfTheSlotIsInFlight() {
		for (int i = 0; i < 4; i++) {
			assertThat(this.inFlight.hasRoom()).isTrue();
			this.inFlight.add(i);
		}
		assertThat(this.inFlight.hasRoom()).isFalse();
		this.inFlight.remove(1);
		assertThat(this.inFlight.hasRoom()).isFalse();
		this.inFlight.remove(0);
		assertThat(this.inFlight.hasRoom()).isTrue();
	}

}
