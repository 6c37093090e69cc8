/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.spoe.SpoeScope;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Notify;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for tasks that are run once an ACK is written.
 */
class AfterAckTests {

	private final Later later = new Later();

	private final EmbeddedConnection connection = new EmbeddedConnection(this.later).hello();

	// What had been sent when a task ran.
	private final List<Integer> sent = new ArrayList<>();

	@AfterEach
	void close() {
		this.connection.close();
	}

	@Test
	void runsWhenTheReadIsAnswered() {
		this.later.now = true;
		this.connection.receivePart(EmbeddedConnection.bytes(notify(1), notify(2)));
		assertThat(this.sent).isEmpty();
		this.connection.endRead();
		assertThat(this.sent).containsExactly(1, 1);
	}

	@Test
	void runsWhenADetachedExchangeIsAnswered() {
		this.connection.receive(notify(1));
		assertThat(this.sent).isEmpty();
		this.later.exchanges.get(0).complete();
		assertThat(this.sent).isEmpty();
		this.connection.runTasks();
		assertThat(this.sent).containsExactly(1);
	}

	@Test
	void waitsForAnExchangeThatIsDetachedLater() {
		this.later.before = true;
		this.connection.receive(notify(1));
		assertThat(this.sent).isEmpty();
		this.later.exchanges.get(0).complete();
		this.connection.runTasks();
		assertThat(this.sent).containsExactly(1, 1);
	}

	@Test
	void runsOnce() {
		this.later.now = true;
		this.connection.receive(notify(1));
		this.connection.receive(notify(2));
		assertThat(this.sent).containsExactly(1, 2);
	}

	@Test
	void doesNotWaitForAcksThatAreHeldBack() {
		this.later.now = true;
		this.later.text = "x".repeat(EmbeddedConnection.MAX_FRAME_SIZE * 2 / 3);
		this.connection.receive(notify(1), notify(2));
		assertThat(this.sent).containsExactly(1);
		this.connection.receive(notify(3));
		this.connection.advanceTime(20);
		assertThat(this.sent).containsExactly(1, 2);
		this.connection.advanceTime(20);
		assertThat(this.sent).containsExactly(1, 2, 3);
	}

	@Test
	void doesNotWaitForDetachedExchangesThatAreHeldBack() {
		this.later.text = "x".repeat(EmbeddedConnection.MAX_FRAME_SIZE * 2 / 3);
		this.connection.receive(notify(1), notify(2));
		this.later.exchanges.forEach(SpoeExchange::complete);
		this.connection.runTasks();
		assertThat(this.sent).containsExactly(1);
		this.connection.advanceTime(20);
		assertThat(this.sent).containsExactly(1, 2);
	}

	@Test
	void runsWhenTheConnectionIsGone() {
		this.connection.receive(notify(1));
		this.connection.channel().close();
		this.later.exchanges.get(0).complete();
		this.connection.runTasks();
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void runsWhenTheConnectionGoesBeforeTheWrite() {
		this.later.now = true;
		this.connection.receivePart(EmbeddedConnection.bytes(notify(1)));
		this.connection.channel().close();
		assertThat(this.sent).hasSize(1);
	}

	private static Consumer<ByteWriter> notify(int stream) {
		return new Notify(stream, 1, List.of(new Notify.Message("check", List.of())))::write;
	}

	private final class Later implements SpoeDispatcher {

		private final List<SpoeExchange> exchanges = new ArrayList<>();

		private boolean now;

		private boolean before;

		private String text = "";

		@Override
		public void dispatch(SpoeExchange exchange) {
			exchange.next();
			if (this.before) {
				exchange.afterAck(this::ran);
			}
			SpoeExchange chosen = this.now ? exchange : exchange.detach();
			chosen.afterAck(this::ran);
			chosen.getResponse().setVar(SpoeScope.TRANSACTION, "text", this.text);
			if (this.now) {
				exchange.complete();
			}
			else {
				this.exchanges.add(chosen);
			}
		}

		private void ran() {
			AfterAckTests.this.sent.add(AfterAckTests.this.connection.sentBuffers());
		}

	}

}
