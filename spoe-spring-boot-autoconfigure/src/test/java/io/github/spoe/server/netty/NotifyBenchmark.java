/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.handler.HandlerMethodDispatcher;
import io.github.spoe.observation.MicrometerSpoeMetrics;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.TypedData;

/**
 * What one NOTIFY costs from its bytes to the bytes of its ACK, socket and system calls
 * excluded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NotifyBenchmark {

	static final int FRAMES = 256;

	/**
	 * Whether the NOTIFYs are measured.
	 */
	@Param({ "false", "true" })
	boolean metrics;

	private EmbeddedChannel channel;

	private ByteBuf frames;

	@Setup
	public void connect() throws Exception {
		SpoeMetrics metrics = this.metrics ? new MicrometerSpoeMetrics(new SimpleMeterRegistry()) : SpoeMetrics.NONE;
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("handler", new Handler());
		HandlerMethodDispatcher dispatcher = HandlerMethodDispatcher.builder(beanFactory, Runnable::run)
			.metrics(metrics)
			.build();
		this.channel = new EmbeddedChannel(
				new SpoeConnectionHandler(new ConnectionSettings(dispatcher, metrics, 128 * 1024, true)));
		ByteWriter out = new ByteWriter(64 * FRAMES);
		new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false).write(out);
		this.channel.writeInbound(buffer(out));
		this.channel.<ByteBuf>readOutbound().release();
		out.truncate(0);
		for (int i = 0; i < FRAMES; i++) {
			InetAddress address = InetAddress.getByAddress(new byte[] { (byte) (i % 20), 1, 2, (byte) i });
			new Notify(2 * i + 1, 1, List
				.of(new Notify.Message("check-client-ip", List.of(new Notify.Argument("ip", TypedData.of(address))))))
				.write(out);
		}
		this.frames = buffer(out);
	}

	private ByteBuf buffer(ByteWriter out) {
		ByteBuf buffer = this.channel.alloc().directBuffer();
		out.copyTo(buffer);
		return buffer;
	}

	@Benchmark
	@OperationsPerInvocation(FRAMES)
	public int eventLoop() {
		ByteBuf read = this.channel.alloc().ioBuffer(this.frames.readableBytes());
		read.writeBytes(this.frames, 0, this.frames.readableBytes());
		this.channel.writeInbound(read);
		ByteBuf acks = this.channel.readOutbound();
		int size = acks.readableBytes();
		acks.release();
		return size;
	}

	@TearDown
	public void close() {
		this.frames.release();
		this.channel.finishAndReleaseAll();
	}

	static class Handler {

		@SpoeMessageHandler(value = "check-client-ip", execution = SpoeExecution.EVENT_LOOP)
		void check(@SpoeArg InetAddress ip, SpoeResponse response) {
			byte[] address = ip.getAddress();
			response.setVar(SpoeScope.SESSION, "ip_score", (address.length == 4 && address[0] == 10) ? 100 : 0);
		}

	}

}
