/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.github.spoe.SpoeScope;
import io.github.spoe.server.netty.Conversation.Kind;
import io.github.spoe.server.netty.Conversation.Step;
import io.github.spoe.spop.Ack;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Capabilities;
import io.github.spoe.spop.Capture;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameReader;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.NotifyReader;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.VariableScope;

/**
 * {@link Conversation Conversations} in which the agent hears, at once, all that real
 * HAProxy once said to another on a connection.
 */
final class CapturedConversations {

	private static final String FROM_HAPROXY = ".c2s.bin";

	private static final byte[] NOTHING = {};

	private final List<Consumer<ByteWriter>> answers = new ArrayList<>();

	private final ByteBuf payload = Unpooled.buffer();

	private final List<Step> end = new ArrayList<>();

	private CapturedConversations() {
	}

	static List<Conversation> read() throws IOException {
		List<Conversation> conversations = new ArrayList<>();
		for (Path testCase : Capture.cases()) {
			for (Capture capture : Capture.read(testCase)) {
				if (capture.file().endsWith(FROM_HAPROXY)) {
					conversations.add(new CapturedConversations().of(capture));
				}
			}
		}
		return conversations;
	}

	private Conversation of(Capture capture) {
		FrameReader frames = capture.reader();
		while (frames.next(Integer.MAX_VALUE)) {
			answer(frames);
		}
		List<Step> steps = new ArrayList<>();
		steps.add(new Step(Kind.SEND, capture.bytes()));
		steps.add(new Step(Kind.RECEIVE, bytes(this.answers)));
		steps.addAll(this.end.isEmpty() ? Conversation.OPEN : this.end);
		return new Conversation(capture.file(), steps);
	}

	private void answer(FrameReader frame) {
		switch (frame.type()) {
			case HAPROXY_HELLO -> answer(HaproxyHello.read(frame.payloadBuffer()));
			case NOTIFY, UNSET -> {
				this.payload.writeBytes(frame.payloadBuffer());
				if (frame.isFin()) {
					List<Ack.Action> variables = variables(NotifyReader.messages(this.payload));
					this.answers.add(RawFrames.ack(new Ack(frame.streamId(), frame.frameId(), variables)));
				}
			}
			case HAPROXY_DISCONNECT -> {
				long status = Disconnect.read(frame.payloadBuffer()).statusCode();
				Disconnect answer = new Disconnect(status, StatusCode.of(status).text());
				this.answers.add((out) -> answer.write(out, FrameType.AGENT_DISCONNECT));
				this.end.add(new Step(Kind.END, NOTHING));
			}
			default -> throw new IllegalStateException(frame.header().toString());
		}
	}

	private void answer(HaproxyHello hello) {
		if (hello.healthcheck()) {
			this.answers.add(new AgentHello("2.0", 256, Set.of())::write);
			this.end.add(new Step(Kind.FINISH, NOTHING));
			this.end.add(new Step(Kind.END, NOTHING));
			return;
		}
		Set<String> capabilities = new LinkedHashSet<>(List.of(Capabilities.PIPELINING, Capabilities.FRAGMENTATION));
		this.answers.add(new AgentHello("2.0", hello.maxFrameSize(), capabilities)::write);
	}

	// What the dispatcher sets.
	private static List<Ack.Action> variables(List<Notify.Message> messages) {
		List<Ack.Action> variables = new ArrayList<>();
		for (Notify.Message message : messages) {
			for (SpoeScope scope : SpoeScope.values()) {
				if (scope.getPrefix().equals(message.name())) {
					message.arguments().forEach((argument) -> variables.add(variable(scope, argument)));
				}
			}
		}
		return variables;
	}

	private static Ack.Action variable(SpoeScope scope, Notify.Argument argument) {
		TypedData value = argument.value();
		return new Ack.Action(VariableScope.of(scope.ordinal()), argument.name(),
				(value.type() != DataType.NULL) ? value : null);
	}

	private static byte[] bytes(List<Consumer<ByteWriter>> frames) {
		ByteWriter out = new ByteWriter(256);
		frames.forEach((frame) -> frame.accept(out));
		return out.toByteArray(0);
	}

}
