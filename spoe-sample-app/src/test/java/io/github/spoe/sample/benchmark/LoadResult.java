/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.sample.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.HdrHistogram.Histogram;

/**
 * What a run has found.
 *
 * @param seconds from the end of the warm-up to the last ACK
 * @param latency of the frames that were measured, in nanoseconds
 * @param errors number of ACKs that were wrong
 * @param lost number of frames that were due and not answered
 * @param messages what went wrong, in words
 */
record LoadResult(double seconds, Histogram latency, long errors, long lost, List<String> messages) {

	private static final double[] PERCENTILES = { 50, 75, 90, 95, 99, 99.9, 99.99, 99.999 };

	static LoadResult of(Schedule schedule, List<Loop> loops) {
		Histogram latency = new Histogram(loops.get(0).connection().latency());
		List<String> messages = new ArrayList<>();
		long errors = 0;
		long lost = 0;
		long last = schedule.end();
		for (Loop loop : loops) {
			LoadConnection connection = loop.connection();
			latency.add(connection.latency());
			errors += connection.errors();
			lost += loop.lost();
			last += Math.max(connection.last() - last, 0);
			if (loop.failure() != null) {
				messages.add(loop.failure().getMessage());
			}
			messages.add(connection.firstError());
		}
		if (lost > 0) {
			messages.add("frames not answered: " + lost);
		}
		return new LoadResult((last - schedule.start()) / 1e9, latency, errors, lost,
				messages.stream().filter(Objects::nonNull).distinct().toList());
	}

	long frames() {
		return this.latency.getTotalCount();
	}

	double framesPerSecond() {
		return frames() / this.seconds;
	}

	boolean isGood() {
		return this.messages.isEmpty();
	}

	/**
	 * Return the result as a short table.
	 */
	String table() {
		return format("%12s %10s %10s %10s %10s %10s %8s %8s%n", "frames/s", "p50 us", "p90 us", "p99 us", "p99.9 us",
				"max us", "errors", "lost")
				+ format("%12.0f %10.1f %10.1f %10.1f %10.1f %10.1f %8d %8d%n", framesPerSecond(), micros(50),
						micros(90), micros(99), micros(99.9), maxMicros(), this.errors, this.lost);
	}

	/**
	 * Return the members of a JSON object.
	 */
	String json() {
		StringBuilder json = new StringBuilder(format(
				"\"frames\": %d, \"seconds\": %.3f, \"frames_per_s\": %.0f, \"errors\": %d, \"lost\": %d, \"latency_us\": {",
				frames(), this.seconds, framesPerSecond(), this.errors, this.lost));
		for (double percentile : PERCENTILES) {
			json.append(format("\"p%s\": %.1f, ", String.valueOf(percentile).replaceFirst("\\.0$", ""),
					micros(percentile)));
		}
		return json + format("\"mean\": %.1f, \"max\": %.1f}", this.latency.getMean() / 1e3, maxMicros());
	}

	private double maxMicros() {
		return (frames() > 0) ? this.latency.getMaxValue() / 1e3 : 0;
	}

	private double micros(double percentile) {
		return this.latency.getValueAtPercentile(percentile) / 1e3;
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

}
