/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeMessage;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link NotifyMessage}.
 */
class NotifyMessageTests {

	@Test
	void messagesHaveTheirOwnArguments() {
		List<SpoeMessage> messages = NotifyMessages.messages(
				SpopTestClient.message("first", "a", TypedData.of(1), "b", TypedData.of(2)),
				SpopTestClient.message("none"), SpopTestClient.message("last", "c", TypedData.of(3)));
		assertThat(messages).extracting(SpoeMessage::getName).containsExactly("first", "none", "last");
		assertThat(messages.get(0).getArguments()).extracting(SpoeArgument::getName, SpoeArgument::asLong)
			.containsExactly(tuple("a", 1L), tuple("b", 2L));
		assertThat(messages.get(1).getArguments()).isEmpty();
		assertThat(messages.get(2).getArguments()).extracting(SpoeArgument::getName).containsExactly("c");
		assertThat(messages.get(0).getArgument("c")).isNull();
		assertThat(messages.get(1).getArgument("a")).isNull();
		assertThat(messages.get(2).getArgument("a")).isNull();
		assertThat(messages.get(2).getArgument("c").asLong()).isEqualTo(3);
	}

	@Test
	void argumentsAreUnmodifiable() {
		SpoeMessage message = NotifyMessages.message(SpopTestClient.message("m", "a", TypedData.NULL));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> message.getArguments().remove(0));
	}

	@Test
	void namesMayBeEmptyAndRepeat() {
		SpoeMessage message = NotifyMessages.message(SpopTestClient.message("", "", TypedData.of("1"), "a",
				TypedData.of("2"), "", TypedData.of("3"), "a", TypedData.of("4")));
		assertThat(message.getName()).isEmpty();
		assertThat(message.getArguments()).extracting(SpoeArgument::getName).containsExactly("", "a", "", "a");
		assertThat(message.getArguments()).extracting(SpoeArgument::asString).containsExactly("1", "2", "3", "4");
		assertThat(message.getArgument("").asString()).isEqualTo("1");
		assertThat(message.getArgument("a").asString()).isEqualTo("2");
	}

	@Test
	void argumentIsFoundByItsWholeName() {
		SpoeMessage message = NotifyMessages
			.message(SpopTestClient.message("m", "abc", TypedData.of(1), "ab", TypedData.of(2), "Ab", TypedData.of(3)));
		assertThat(message.getArgument("ab").asLong()).isEqualTo(2);
		assertThat(message.getArgument("abc").asLong()).isEqualTo(1);
		assertThat(message.getArgument("Ab").asLong()).isEqualTo(3);
		assertThat(message.getArgument("a")).isNull();
		assertThat(message.getArgument("abcd")).isNull();
		assertThat(message.getArgument("aB")).isNull();
		assertThat(message.getArgument("")).isNull();
	}

	@Test
	void namesMayHaveOtherThanAsciiCharacters() {
		String[] names = { "\u00e9", "a\u00e9", "\ud83d\ude00", "e\u20ac." };
		SpoeMessage message = NotifyMessages.message(SpopTestClient.message("m\u00fc", names[0], TypedData.of(0),
				names[1], TypedData.of(1), names[2], TypedData.of(2), names[3], TypedData.of(3)));
		assertThat(message.getName()).isEqualTo("m\u00fc");
		for (int i = 0; i < names.length; i++) {
			assertThat(message.getArgument(names[i]).asLong()).isEqualTo(i);
			assertThat(message.getArgument(names[i]).getName()).isEqualTo(names[i]);
		}
		assertThat(message.getArgument("\u00e8")).isNull();
		assertThat(message.getArgument("a\u00e8")).isNull();
		assertThat(message.getArgument("ae")).isNull();
		assertThat(message.getArgument("\u00c3\u00a9")).isNull();
		assertThat(message.getArgument("\ud83d")).isNull();
	}

	@Test
	void nameThatIsNotUtf8IsReplaced() {
		SpoeMessage message = NotifyMessages.messages("01 ff 01 01 fe 00").get(0);
		assertThat(message.getName()).isEqualTo("\ufffd");
		assertThat(message.getArguments()).extracting(SpoeArgument::getName).containsExactly("\ufffd");
	}

	@Test
	void messageMayHaveManyArguments() {
		Object[] arguments = new Object[2 * 255];
		for (int i = 0; i < 255; i++) {
			arguments[2 * i] = "a" + i;
			arguments[2 * i + 1] = TypedData.of(i);
		}
		SpoeMessage message = NotifyMessages.message(SpopTestClient.message("m", arguments));
		assertThat(message.getArguments()).hasSize(255);
		assertThat(message.getArgument("a254").asInt()).isEqualTo(254);
	}

	@Test
	void textNamesTheMessageAndNoValue() {
		SpoeMessage message = NotifyMessages
			.message(SpopTestClient.message("login", "password", TypedData.of("secret")));
		assertThat(message).hasToString("message 'login'");
	}

}
