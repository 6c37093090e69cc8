/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeOrigin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MdcInvoker}.
 */
class MdcInvokerTests {

	private final HandlerMethod method = mock();

	private final SpoeMessage message = mock();

	private final SpoeResponse response = mock();

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void withoutEngine() throws Throwable {
		MDC.put(SpoeMdc.ENGINE_ID, "of somebody else");
		assertThat(mdcDuring("check", -1, null))
			.isEqualTo(Map.of(SpoeMdc.MESSAGE, "check", SpoeMdc.STREAM_ID, "18446744073709551615"));
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of(SpoeMdc.ENGINE_ID, "of somebody else"));
	}

	@Test
	void namesFromTheWireAreCutAndHaveNoControlCharacters() throws Throwable {
		assertThat(mdcDuring("a\nb" + "c".repeat(200), 7, "e\u001b"))
			.containsEntry(SpoeMdc.MESSAGE, "a?b" + "c".repeat(97))
			.containsEntry(SpoeMdc.ENGINE_ID, "e?");
	}

	@Test
	void failure() {
		IllegalStateException expected = new IllegalStateException();
		MdcInvoker invoker = new MdcInvoker((method, message, response, origin, failure) -> {
			throw expected;
		});
		assertThatIllegalStateException().isThrownBy(() -> invoke(invoker, "check", 1, "engine", null))
			.isSameAs(expected);
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void passesOn() throws Throwable {
		CompletableFuture<Void> result = new CompletableFuture<>();
		Exception failure = new Exception();
		MdcInvoker invoker = new MdcInvoker((method, message, response, origin, cause) -> {
			assertThat(method).isSameAs(this.method);
			assertThat(message).isSameAs(this.message);
			assertThat(response).isSameAs(this.response);
			assertThat(cause).isSameAs(failure);
			return result;
		});
		assertThat(invoke(invoker, "check", 1, "engine", failure)).isSameAs(result);
	}

	@Test
	void messageIsKeptForInterceptorsOnly() {
		assertThat(new MdcInvoker(HandlerInvoker.DIRECT).keepsMessage()).isFalse();
		SpoeMessageInterceptor interceptor = mock();
		assertThat(new MdcInvoker(new InterceptorChain(List.of(interceptor))).keepsMessage()).isTrue();
	}

	private Map<String, String> mdcDuring(String name, long streamId, String engineId) throws Throwable {
		AtomicReference<Map<String, String>> mdc = new AtomicReference<>();
		invoke(new MdcInvoker((method, message, response, origin, failure) -> {
			mdc.set(MDC.getCopyOfContextMap());
			return null;
		}), name, streamId, engineId, null);
		return mdc.get();
	}

	private CompletionStage<?> invoke(MdcInvoker invoker, String name, long streamId, String engineId,
			Throwable failure) throws Throwable {
		given(this.message.getName()).willReturn(name);
		SpoeOrigin origin = () -> new SpoeContext(streamId, 1, engineId, new InetSocketAddress(0));
		return invoker.invoke(this.method, this.message, this.response, origin, failure);
	}

}
