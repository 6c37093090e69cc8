/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.starter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;
import org.springframework.util.MultiValueMap;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopClient;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Header blocks need no spring-web.
 */
@SpringBootTest(classes = MinimalApplication.class,
		properties = { "spoe.server.address=127.0.0.1", "spoe.server.port=0" })
@Import(HeadersWithoutSpringWebTests.Handlers.class)
class HeadersWithoutSpringWebTests {

	@Value("${local.spoe.server.port}")
	private int port;

	@Test
	void headersAreBound() throws IOException {
		assertThat(ClassUtils.isPresent("org.springframework.http.HttpHeaders", null)).isFalse();
		byte[] block = "\4Host\1a\0\0".getBytes(StandardCharsets.US_ASCII);
		Notify.Argument argument = new Notify.Argument("headers", TypedData.of(block));
		try (SpopClient client = SpopClient.connect(new InetSocketAddress("127.0.0.1", this.port),
				Duration.ofSeconds(10))) {
			client.hello(new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false));
			client.send(new Notify(1, 1, List.of(new Notify.Message("headers", List.of(argument)))));
			assertThat(client.readAck().actions()).extracting(Ack.Action::value).containsExactly(TypedData.of("a"));
		}
	}

	static class Handlers {

		@SpoeMessageHandler("headers")
		void headers(@SpoeArg MultiValueMap<String, String> headers, SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "host", headers.getFirst("host"));
		}

	}

}
