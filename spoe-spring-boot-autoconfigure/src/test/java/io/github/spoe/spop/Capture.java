/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.spop;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One direction of a connection between HAProxy and a scripted agent, from
 * {@code captures} in the test resources. See the README there.
 *
 * @param file the name of the file with the bytes
 * @param bytes what was sent, from the first byte of the connection to the last
 * @param lines what the text beside the file says of the frames, in their order
 */
public record Capture(String file, byte[] bytes, List<String> lines) {

	private static final String TEXT = ".txt";

	private static final String CONNECTION = "== connection ";

	private static final Pattern FRAME_LINE = Pattern.compile(" {9}([<>]) (.*)");

	private static final Pattern OTHER_LINE = Pattern.compile("#.*|| *\\d+\\.\\d{3} [<>] \\w+( \\d+)?");

	static Path directory() {
		try {
			return Path.of(Capture.class.getResource("/captures").toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the texts, one for each case and version of HAProxy, without their suffix.
	 */
	public static List<Path> cases() throws IOException {
		try (Stream<Path> files = Files.walk(directory())) {
			return files.filter((file) -> file.toString().endsWith(TEXT))
				.map((file) -> file.resolveSibling(file.getFileName().toString().replace(TEXT, "")))
				.sorted()
				.toList();
		}
	}

	/**
	 * Reads what belongs to a case: two captures for each of its connections.
	 */
	public static List<Capture> read(Path testCase) throws IOException {
		List<Capture> captures = new ArrayList<>();
		List<String> fromHaproxy = List.of();
		List<String> fromAgent = List.of();
		for (String line : Files.readAllLines(Path.of(testCase + TEXT))) {
			Matcher frameLine = FRAME_LINE.matcher(line);
			if (line.startsWith(CONNECTION)) {
				String number = line.substring(CONNECTION.length());
				String suffix = number.equals("1") ? "" : "." + number;
				fromHaproxy = add(captures, Path.of(testCase + suffix + ".c2s.bin"));
				fromAgent = add(captures, Path.of(testCase + suffix + ".s2c.bin"));
			}
			else if (frameLine.matches()) {
				(frameLine.group(1).equals(">") ? fromHaproxy : fromAgent).add(frameLine.group(2));
			}
			else if (!OTHER_LINE.matcher(line).matches()) {
				throw new IllegalStateException(line);
			}
		}
		return captures;
	}

	private static List<String> add(List<Capture> captures, Path file) throws IOException {
		List<String> lines = new ArrayList<>();
		captures.add(new Capture(directory().relativize(file).toString(), Files.readAllBytes(file), lines));
		return lines;
	}

	/**
	 * Returns what reads the frames.
	 */
	public FrameReader reader() {
		FrameReader reader = new FrameReader();
		reader.reset(this.bytes, 0, this.bytes.length);
		return reader;
	}

	/**
	 * Returns the frames, each without its length.
	 */
	List<ByteBuf> frames() {
		ByteBuf in = Unpooled.wrappedBuffer(this.bytes);
		List<ByteBuf> frames = new ArrayList<>();
		while (in.isReadable()) {
			frames.add(in.readSlice(in.readInt()));
		}
		return frames;
	}

}
