/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one frame costs on the wire's side: to find and check a NOTIFY of one message with
 * one address in what was read, which is like the one before or is not, and to write an
 * ACK of one variable.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {

	private static final int FRAMES = 256;

	private static final int MAX_LENGTH = 16380;

	private final FrameReader frames = new FrameReader();

	private final NotifyIndex index = new NotifyIndex();

	private final byte[] variable = "ip_score".getBytes(StandardCharsets.UTF_8);

	private final ByteWriter acks = new ByteWriter(64 * FRAMES);

	private byte[] notifys;

	private byte[] otherNotifys;

	@Setup
	public void encodeNotifys() throws Exception {
		this.notifys = notifys("check-client-ip", "check-client-ip");
		this.otherNotifys = notifys("check-client-ip", "check-server-ip");
	}

	private static byte[] notifys(String... names) throws Exception {
		ByteWriter out = new ByteWriter(64 * FRAMES);
		for (int i = 0; i < FRAMES; i++) {
			InetAddress address = InetAddress.getByAddress(new byte[] { (byte) (i % 20), 1, 2, (byte) i });
			new Notify(2 * i + 1, 1, List.of(new Notify.Message(names[i % names.length],
					List.of(new Notify.Argument("ip", TypedData.of(address))))))
				.write(out);
		}
		return out.toByteArray(0);
	}

	@Benchmark
	@OperationsPerInvocation(FRAMES)
	public long decodeNotify() {
		return decode(this.notifys);
	}

	@Benchmark
	@OperationsPerInvocation(FRAMES)
	public long decodeOtherNotify() {
		return decode(this.otherNotifys);
	}

	private long decode(byte[] notifys) {
		this.frames.reset(notifys, 0, notifys.length);
		long sum = 0;
		while (this.frames.next(MAX_LENGTH)) {
			this.index.read(this.frames.payload());
			sum += this.frames.streamId() + this.index.argumentValue(0);
		}
		return sum;
	}

	@Benchmark
	@OperationsPerInvocation(FRAMES)
	public ByteWriter encodeAck() {
		this.acks.truncate(0);
		for (int i = 0; i < FRAMES; i++) {
			int start = FrameEncoder.begin(this.acks, FrameType.ACK, 2 * i + 1, 1);
			ActionEncoder.writeSetVar(this.acks, VariableScope.SESSION, this.variable);
			TypedDataCodec.writeInteger(this.acks, DataType.INT32, i);
			FrameEncoder.end(this.acks, start);
		}
		return this.acks;
	}

}
