/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.spoe.server.netty.Conversation.Kind;
import io.github.spoe.server.netty.Conversation.Step;
import io.github.spoe.spop.Wire;

/**
 * Reads the {@link Conversation conversations} of {@code conformance.txt}, which says how
 * they are put down.
 */
final class ConversationNotation {

	private static final String FILE = "/conformance.txt";

	private static final byte[] NOTHING = {};

	private static final Pattern ITEM = Pattern.compile("('[^']*'|\"[^\"]*\"|[^\\s'\"*]+)(?:\\*(\\d+))?");

	private static final HexFormat HEX = HexFormat.of();

	private final Map<String, String> definitions = new HashMap<>();

	private final List<Conversation> conversations = new ArrayList<>();

	private String section = "";

	private ConversationNotation() {
	}

	static List<Conversation> read() {
		ConversationNotation notation = new ConversationNotation();
		try (InputStream in = ConversationNotation.class.getResourceAsStream(FILE)) {
			new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(notation::line);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return notation.conversations;
	}

	private void line(String line) {
		String[] words = line.strip().split("\\s+", 3);
		if (line.isBlank() || line.startsWith("#")) {
			return;
		}
		if (line.startsWith("== ")) {
			this.section = line.substring(3);
		}
		else if (line.startsWith("  ")) {
			this.conversations.get(this.conversations.size() - 1).steps().addAll(steps(line.strip()));
		}
		else if (this.section.isEmpty()) {
			this.definitions.put(words[0], hex(words[2]));
		}
		else {
			this.conversations.add(new Conversation(this.section + ": " + line, new ArrayList<>()));
		}
	}

	private List<Step> steps(String text) {
		return switch (text) {
			case "> finish" -> List.of(new Step(Kind.FINISH, NOTHING));
			case "> reset" -> List.of(new Step(Kind.RESET, NOTHING));
			case "< end" -> List.of(new Step(Kind.END, NOTHING));
			case "< open" -> Conversation.OPEN;
			default -> List.of(step(text.startsWith("> ") ? Kind.SEND : Kind.RECEIVE, text.substring(2)));
		};
	}

	private Step step(Kind kind, String notation) {
		return new Step(kind, HEX.parseHex(hex(notation)));
	}

	private String hex(String notation) {
		return hex(ITEM.matcher(notation).results().iterator());
	}

	private String hex(Iterator<MatchResult> items) {
		StringBuilder hex = new StringBuilder();
		while (items.hasNext()) {
			MatchResult item = items.next();
			String text = item.group(1);
			if (text.equals("]")) {
				break;
			}
			String times = item.group(2);
			String bytes = text.equals("[") ? frame(hex(items)) : hexOf(text);
			hex.append(bytes.repeat((times != null) ? Integer.parseInt(times) : 1));
		}
		return hex.toString();
	}

	private static String frame(String content) {
		return HEX.toHexDigits(content.length() / 2) + content;
	}

	private String hexOf(String item) {
		return switch (item.charAt(0)) {
			case '\'' -> text(item);
			case '"' -> Wire.varint(String.valueOf(item.length() - 2)) + text(item);
			case '#' -> Wire.varint(item.substring(1));
			default -> this.definitions.getOrDefault(item, item);
		};
	}

	private static String text(String quoted) {
		return HEX.formatHex(quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.US_ASCII));
	}

}
