/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.MethodParameter;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.netty.NotifyMessages;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

/**
 * What a handler method costs for a message whose frame is checked already. A
 * {@code bind} is one parameter: its argument is found by name in the bytes, decoded and
 * converted. An {@code invoke} is a whole call with two parameters, and {@code plainCall}
 * the same as an application would write it by hand: the difference is what annotations
 * cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandlerBenchmark {

	private static final int MESSAGES = 64;

	private final ArgumentResolvers resolvers = new ArgumentResolvers(ApplicationConversionService.getSharedInstance(),
			(value) -> value, List.of());

	// No resolver of an argument asks it.
	private final SpoeExchange exchange = (SpoeExchange) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { SpoeExchange.class }, (proxy, method, args) -> {
				throw new UnsupportedOperationException(method.getName());
			});

	private final SpoeResponse response = (SpoeResponse) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { SpoeResponse.class }, (proxy, method, args) -> {
				throw new UnsupportedOperationException(method.getName());
			});

	private final Handler handler = new Handler();

	private SpoeMessage[] addresses;

	private SpoeMessage[] texts;

	private SpoeMessage[] numbers;

	private SpoeMessage[] verbs;

	private SpoeMessage[] connections;

	private ArgumentResolver address;

	private ArgumentResolver text;

	private ArgumentResolver number;

	private ArgumentResolver verb;

	private HandlerCall call;

	private int next;

	@Setup
	public void prepare() throws Throwable {
		this.addresses = messages((i) -> List.of(argument("value", address(i))));
		this.texts = messages((i) -> List.of(argument("value", TypedData.of("www" + i + ".example.com"))));
		this.numbers = messages((i) -> List.of(argument("value", TypedData.of(1000L * i))));
		this.verbs = messages((i) -> List.of(argument("value", TypedData.of(Verb.values()[i % 4].name()))));
		this.connections = messages(
				(i) -> List.of(argument("ip", address(i)), argument("port", TypedData.of(1024 + i))));
		ArgumentResolver[] one = resolvers("types", InetAddress.class, String.class, long.class, Verb.class);
		this.address = one[0];
		this.text = one[1];
		this.number = one[2];
		this.verb = one[3];
		this.call = HandlerCalls.of(method("connect", InetAddress.class, int.class),
				resolvers("connect", InetAddress.class, int.class));
		// What is compiled must know all types, as in an application with some handlers.
		for (int i = 0; i < 20_000; i++) {
			bindInetAddress();
			bindString();
			bindLong();
			bindEnum();
		}
	}

	@Benchmark
	public Object bindInetAddress() throws Throwable {
		return bind(this.address, this.addresses);
	}

	@Benchmark
	public Object bindString() throws Throwable {
		return bind(this.text, this.texts);
	}

	@Benchmark
	public Object bindLong() throws Throwable {
		return bind(this.number, this.numbers);
	}

	@Benchmark
	public Object bindEnum() throws Throwable {
		return bind(this.verb, this.verbs);
	}

	@Benchmark
	public int invoke() throws Throwable {
		this.call.call(this.handler, next(this.connections), this.response, this.exchange, null);
		return this.handler.sum;
	}

	@Benchmark
	public int plainCall() {
		SpoeMessage message = next(this.connections);
		this.handler.connect(message.getArgument("ip").asInetAddress(), message.getArgument("port").asInt());
		return this.handler.sum;
	}

	private Object bind(ArgumentResolver resolver, SpoeMessage[] messages) throws Throwable {
		return resolver.resolve(next(messages), this.response, this.exchange, null);
	}

	private SpoeMessage next(SpoeMessage[] messages) {
		return messages[this.next++ & MESSAGES - 1];
	}

	private ArgumentResolver[] resolvers(String name, Class<?>... types) throws NoSuchMethodException {
		Method method = method(name, types);
		return IntStream.range(0, types.length)
			.mapToObj((i) -> this.resolvers.forParameter(new MethodParameter(method, i), name))
			.toArray(ArgumentResolver[]::new);
	}

	private static Method method(String name, Class<?>... types) throws NoSuchMethodException {
		return Handler.class.getDeclaredMethod(name, types);
	}

	private static SpoeMessage[] messages(IntFunction<List<Notify.Argument>> arguments) {
		return NotifyMessages
			.messages(IntStream.range(0, MESSAGES)
				.mapToObj((i) -> new Notify.Message("message", arguments.apply(i)))
				.toArray(Notify.Message[]::new))
			.toArray(SpoeMessage[]::new);
	}

	private static Notify.Argument argument(String name, TypedData value) {
		return new Notify.Argument(name, value);
	}

	private static TypedData address(int i) {
		try {
			return TypedData.of(InetAddress.getByAddress(new byte[] { 10, 1, 2, (byte) i }));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	enum Verb {

		GET, HEAD, POST, PUT

	}

	static class Handler {

		private int sum;

		void types(@SpoeArg("value") InetAddress address, @SpoeArg("value") String text, @SpoeArg("value") long number,
				@SpoeArg("value") Verb verb) {
		}

		void connect(@SpoeArg("ip") InetAddress ip, @SpoeArg("port") int port) {
			this.sum += ip.hashCode() + port;
		}

	}

}
