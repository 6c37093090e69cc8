/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.FrameHeader;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DetachedResponse}.
 */
class DetachedResponseTests {

	private static final SpoeScope TXN = SpoeScope.TRANSACTION;

	private final DetachedResponse response = new DetachedResponse(
			AckResponseTests.begin(new ByteWriter(16), Integer.MAX_VALUE, 300, 2));

	@Test
	void valuesAreWrittenInTheirTypes() {
		this.response.setVar(TXN, "a", true);
		this.response.setVar(TXN, "b", 1);
		this.response.setVar(TXN, "c", 1L);
		this.response.setVar(TXN, "d", "x");
		this.response.setVar(TXN, "e", InetAddress.getLoopbackAddress());
		this.response.setVar(TXN, "f", new byte[] { 1 });
		this.response.setUnsignedVar(TXN, "g", 1);
		this.response.setUnsignedVar(TXN, "h", 1L);
		this.response.unsetVar(TXN, "i");
		assertThat(this.response.close().toByteArray(0)).isEqualTo(RawFrames.hex("""
				00 00 00 49 67 00 00 00 01 fc 03 02 \
				01 03 02 01 61 11 \
				01 03 02 01 62 02 01 \
				01 03 02 01 63 04 01 \
				01 03 02 01 64 08 01 78 \
				01 03 02 01 65 06 7f 00 00 01 \
				01 03 02 01 66 09 01 01 \
				01 03 02 01 67 03 01 \
				01 03 02 01 68 05 01 \
				02 02 02 01 69"""));
	}

	@Test
	void rollbackDropsTheVariablesOfItsMessage() {
		this.response.setVar(TXN, "a", true);
		DetachedResponse second = this.response.next();
		second.setVar(TXN, "b", true);
		assertThat(second.variables()).containsExactly("txn.b");
		DetachedResponse again = second.rollback();
		again.setVar(TXN, "c", true);
		assertThat(read(again.close()).actions()).containsExactly(
				new Ack.Action(VariableScope.TRANSACTION, "a", TypedData.of(true)),
				new Ack.Action(VariableScope.TRANSACTION, "c", TypedData.of(true)));
	}

	@Test
	void nothingIsTakenForAMessageThatIsAnswered() {
		DetachedResponse second = this.response.next();
		DetachedResponse again = second.rollback();
		assertTakesNothing(this.response);
		assertTakesNothing(second);
		assertThat(read(again.close()).actions()).isEmpty();
	}

	private static void assertTakesNothing(DetachedResponse response) {
		for (Consumer<SpoeResponse> setter : List.<Consumer<SpoeResponse>>of((r) -> r.setVar(TXN, "a", true),
				(r) -> r.setVar(TXN, "a", 1), (r) -> r.setVar(TXN, "a", 1L), (r) -> r.setVar(TXN, "a", "x"),
				(r) -> r.setVar(TXN, "a", InetAddress.getLoopbackAddress()), (r) -> r.setVar(TXN, "a", new byte[1]),
				(r) -> r.setUnsignedVar(TXN, "a", 1), (r) -> r.setUnsignedVar(TXN, "a", 1L),
				(r) -> r.unsetVar(TXN, "a"))) {
			assertThatIllegalStateException().isThrownBy(() -> setter.accept(response))
				.withMessage("Variable 'a' comes too late: its message is already answered");
		}
	}

	@Test
	void closedResponseIsLeftAlone() {
		this.response.setVar(TXN, "a", true);
		ByteWriter ack = this.response.close();
		int size = ack.size();
		assertThatIllegalStateException().isThrownBy(() -> this.response.setVar(TXN, "b", true));
		assertThatIllegalStateException().isThrownBy(this.response::rollback);
		assertThat(ack.size()).isEqualTo(size);
	}

	@Test
	@Timeout(10)
	void threadsDoNotMixTheirVariables() throws Exception {
		int threads = 4;
		int variables = 20_000;
		CyclicBarrier start = new CyclicBarrier(threads);
		Callable<Void> task = () -> {
			start.await();
			for (int i = 0; i < variables; i++) {
				this.response.setVar(TXN, "text", "x".repeat(i % 30));
				this.response.setVar(TXN, "number", i);
			}
			return null;
		};
		run(IntStream.range(0, threads).mapToObj((thread) -> task).toList());
		Ack ack = read(this.response.close());
		assertThat(ack.streamId()).isEqualTo(300);
		assertThat(ack.actions()).hasSize(threads * variables * 2)
			.allSatisfy((action) -> assertThat(action.name()).isIn("text", "number"));
	}

	@Test
	@Timeout(10)
	void threadThatIsTooLateLeavesTheAckWhole() throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		Callable<ByteWriter> setter = () -> {
			start.await();
			assertThatIllegalStateException().isThrownBy(() -> {
				while (true) {
					this.response.setVar(TXN, "text", "value");
				}
			});
			return null;
		};
		Callable<ByteWriter> closer = () -> {
			start.await();
			return this.response.close();
		};
		ByteWriter ack = run(List.of(setter, closer)).get(1);
		assertThat(read(ack).actions())
			.allMatch(new Ack.Action(VariableScope.TRANSACTION, "text", TypedData.of("value"))::equals);
	}

	private static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> future : executor.invokeAll(tasks, 10, TimeUnit.SECONDS)) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static Ack read(ByteWriter writer) {
		ByteBuf ack = Unpooled.wrappedBuffer(writer.toByteArray(0));
		assertThat(ack.readInt()).isEqualTo(ack.readableBytes());
		return Ack.read(FrameHeader.read(ack), ack);
	}

}
