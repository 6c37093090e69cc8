/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.util.Random;
import java.util.concurrent.TimeUnit;

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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one varint costs to read, and to write. Values of the same size differ, sizes do
 * not: the processor foresees how many bytes come.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VarintBenchmark {

	private static final int VALUES = 256;

	/**
	 * The bytes that each value takes.
	 */
	@Param({ "1", "3", "10" })
	private int size;

	private final long[] values = new long[VALUES];

	private final ByteReader reader = new ByteReader();

	private final ByteWriter writer = new ByteWriter(VALUES * Varint.MAX_SIZE);

	private byte[] bytes;

	@Setup
	public void encode() {
		Random random = new Random(1);
		for (int i = 0; i < VALUES; i++) {
			long value;
			do {
				value = random.nextLong() >>> random.nextInt(Long.SIZE);
			}
			while (Varint.size(value) != this.size);
			this.values[i] = value;
		}
		write();
		this.bytes = this.writer.toByteArray(0);
	}

	@Benchmark
	@OperationsPerInvocation(VALUES)
	public long read() {
		this.reader.reset(this.bytes, 0, this.bytes.length);
		long sum = 0;
		for (int i = 0; i < VALUES; i++) {
			sum += Varint.read(this.reader);
		}
		return sum;
	}

	@Benchmark
	@OperationsPerInvocation(VALUES)
	public ByteWriter write() {
		this.writer.truncate(0);
		for (long value : this.values) {
			Varint.write(this.writer, value);
		}
		return this.writer;
	}

}
