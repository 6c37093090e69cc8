/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.mockito.MockedConstruction;

import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mockConstruction;

/**
 * Tests for an exchange that cannot be detached, as there is no memory.
 */
class DetachFailureTests {

	private final List<SpoeResponse> responses = new ArrayList<>();

	private final List<String> afterAck = new ArrayList<>();

	@Test
	void isAnsweredWithWhatWasSetBefore() {
		assertThatAnswered((exchange) -> {
			exchange.next();
			this.responses.add(exchange.getResponse());
			exchange.getResponse().setVar(SpoeScope.TRANSACTION, "kept", true);
			exchange.next();
			exchange.detach();
		}, new Ack.Action(VariableScope.TRANSACTION, "kept", TypedData.of(true)));
		assertThat(this.responses).allSatisfy((response) -> assertThatIllegalStateException()
			.isThrownBy(() -> response.setVar(SpoeScope.TRANSACTION, "late", true)));
	}

	@Test
	void isAnsweredIfNobodyHasItsResponse() {
		assertThatAnswered((exchange) -> {
			exchange.next();
			exchange.detach();
		});
	}

	private static Consumer<ByteWriter> notify(long streamId) {
		return new Notify(streamId, 1, List.of(SpopTestClient.message("a"), SpopTestClient.message("b")))::write;
	}

	private void assertThatAnswered(SpoeDispatcher dispatcher, Ack.Action... variables) {
		ConnectionSettings settings = new ConnectionSettings((exchange) -> {
			exchange.afterAck(() -> this.afterAck.add("run"));
			dispatcher.dispatch(exchange);
		}, SpoeMetrics.NONE, EmbeddedConnection.MAX_FRAME_SIZE, true);
		// The last of all that takes memory.
		try (MockedConstruction<Deadlines> full = mockConstruction(Deadlines.class,
				(deadlines, context) -> willThrow(OutOfMemoryError.class).given(deadlines).add(any()));
				EmbeddedConnection connection = new EmbeddedConnection(settings).hello()) {
			connection.receive(notify(1), notify(2));
			assertThat(connection.sent()).containsExactly(new Ack(1, 1, List.of(variables)),
					new Ack(2, 1, List.of(variables)));
			assertThat(full.constructed()).hasSize(1);
			assertThat(this.afterAck).hasSize(2);
			assertThat(settings.inFlight().count()).isZero();
			// Nothing is waited for.
			connection.drain();
			assertThat(connection.sent()).hasSize(1);
		}
	}

}
