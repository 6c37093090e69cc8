/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link Fragments} keep.
 */
class FragmentsTests {

	private static final int NOTIFY = 3;

	private static final int UNSET = 0;

	private static final int FIN = 1;

	private static final int ABORT = 2;

	@Test
	void areIncompleteFromTheFirstToTheLast() {
		Fragments fragments = new Fragments(100);
		assertThat(fragments.isIncomplete()).isFalse();
		assertThat(fragments.add(frame(NOTIFY, 0, 10))).isFalse();
		assertThat(fragments.isIncomplete()).isTrue();
		assertThat(fragments.add(frame(UNSET, 0, 10))).isFalse();
		assertThat(fragments.isIncomplete()).isTrue();
		assertThat(fragments.add(frame(UNSET, FIN, 10))).isTrue();
		assertThat(fragments.isIncomplete()).isFalse();
		assertThat(fragments.take()).isNotNull();
		assertThat(fragments.isIncomplete()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { ABORT, ABORT | FIN })
	void areNotIncompleteOnceTheyAreAborted(int flags) {
		Fragments fragments = new Fragments(100);
		fragments.add(frame(NOTIFY, 0, 10));
		assertThat(fragments.add(frame(UNSET, flags, 0))).isFalse();
		assertThat(fragments.isIncomplete()).isFalse();
	}

	@Test
	void keepNoMoreThanTwiceOfWhatCame() {
		Fragments fragments = new Fragments(Integer.MAX_VALUE);
		FrameReader first = frame(NOTIFY, 0, 1000);
		FrameReader next = frame(UNSET, 0, 1);
		FrameReader large = frame(UNSET, 0, 10_000);
		assertThat(Wire.allocatedBytes(() -> fragments.add(first))).isLessThan(2_000);
		assertThat(Wire.allocatedBytes(() -> fragments.add(next))).isLessThan(3_000);
		assertThat(Wire.allocatedBytes(() -> fragments.add(large))).isLessThan(12_000);
		fragments.clear();
		assertThat(Wire.allocatedBytes(() -> fragments.add(first))).isLessThan(2_000);
	}

	@Test
	void keepNothingOnceTheyAreTooLarge() {
		Fragments fragments = new Fragments(16_000);
		fragments.add(frame(NOTIFY, 0, 8_000));
		fragments.add(frame(UNSET, 0, 8_000));
		FrameReader next = frame(UNSET, 0, 8_000);
		assertThat(Wire.allocatedBytes(() -> {
			for (int i = 0; i < 1_000; i++) {
				fragments.add(next);
			}
		})).isLessThan(1_000 * 1_000);
		assertThat(fragments.isIncomplete()).isTrue();
		assertThat(fragments.add(frame(UNSET, FIN, 0))).isTrue();
		assertThat(fragments.take()).isNull();
	}

	@Test
	void areTakenOnce() {
		Fragments fragments = new Fragments(10);
		fragments.add(frame(NOTIFY, 0, 11));
		fragments.add(frame(UNSET, FIN, 0));
		assertThat(fragments.take()).isNull();
		fragments.add(frame(NOTIFY, 0, 10));
		fragments.add(frame(UNSET, FIN, 0));
		assertThat(fragments.take()).isNotNull();
	}

	private static FrameReader frame(int type, int flags, int size) {
		byte[] bytes = EmbeddedConnection.bytes(RawFrames.frame(type, flags, 1, 1, new byte[size]));
		FrameReader frame = new FrameReader();
		frame.reset(bytes, 0, bytes.length);
		assertThat(frame.next(Integer.MAX_VALUE)).isTrue();
		return frame;
	}

}
