/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.client;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NotifyTemplate}.
 */
class NotifyTemplateTests {

	private static final List<Notify.Message> MESSAGES = List.of(new Notify.Message("empty", List.of()),
			new Notify.Message("message", List.of(new Notify.Argument("argument", TypedData.of("value")))));

	@ParameterizedTest
	@ValueSource(longs = { 0, 239, 240, 100_000, Long.MAX_VALUE, -1 })
	void writesWhatANotifyWrites(long id) {
		ByteWriter out = new ByteWriter(1);
		new NotifyTemplate(MESSAGES).write(out, id, ~id);
		ByteWriter expected = new ByteWriter(1);
		new Notify(id, ~id, MESSAGES).write(expected);
		assertThat(out.toByteArray(0)).isEqualTo(expected.toByteArray(0));
	}

	@Test
	void maxLengthIsThatOfTheGreatestIds() {
		NotifyTemplate template = new NotifyTemplate(MESSAGES);
		ByteWriter out = new ByteWriter(1);
		template.write(out, -1, -1);
		assertThat(template.maxLength()).isEqualTo(out.size() - Integer.BYTES);
	}

}
