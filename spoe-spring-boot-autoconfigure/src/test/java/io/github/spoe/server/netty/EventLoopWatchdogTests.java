/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.spoe.server.LogRecorder;
import io.github.spoe.spop.ByteReader;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.NotifyIndex;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventLoopWatchdog} and {@link EventLoopActivity}.
 */
@Timeout(30)
class EventLoopWatchdogTests {

	private final EventLoopWatchdog watchdog = new EventLoopWatchdog(Duration.ofMillis(2),
			LogFactory.getLog(EventLoopWatchdog.class));

	private final EventLoopActivity activity = new EventLoopActivity(new NotifyIndex());

	private final LogRecorder log = LogRecorder.open(Level.DEBUG);

	private Thread thread;

	@BeforeEach
	void start() {
		this.watchdog.watch(this.activity);
		this.thread = this.watchdog.start();
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join();
		this.log.close();
	}

	private static NotifyIndex index(String message) {
		ByteWriter out = new ByteWriter(64);
		new Notify(1, 1, List.of(new Notify.Message(message, List.of()))).write(out);
		byte[] frame = out.toByteArray(0);
		ByteReader payload = new ByteReader();
		payload.reset(frame, 11, frame.length);
		NotifyIndex index = new NotifyIndex();
		index.read(payload);
		return index;
	}

	private void awaitWarnings(int count) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.log.messages(Level.WARN).size() >= count);
	}

	@Test
	void isADaemon() {
		assertThat(this.thread.isDaemon()).isTrue();
	}

	@Test
	void numberOfMessagesIsBounded() {
		for (int i = 1; i <= 100; i++) {
			this.activity.begin(index("message-" + i), 0);
			awaitWarnings(i);
		}
		this.activity.begin(index("one too many"), 0);
		Awaitility.await().during(Duration.ofMillis(50)).until(() -> this.log.messages(Level.WARN).size() == 100);
		List<String> warnings = this.log.messages(Level.WARN);
		assertThat(warnings.subList(0, 99)).allMatch((warning) -> warning.endsWith("execution = WORKER may"));
		assertThat(warnings.get(99)).startsWith("Message 'message-100' ")
			.endsWith("execution = WORKER may (further messages will not be logged)");
	}

	@Test
	void nameCannotWriteLinesOfItsOwn() {
		this.activity.begin(index("a\nb"), 0);
		awaitWarnings(1);
		assertThat(this.log.warning().getFormattedMessage()).startsWith("Message 'a?b' keeps ");
	}

	@Test
	void callsThatFollowEachOtherAreNotOneCall() {
		NotifyIndex index = index("quick");
		long end = System.nanoTime() + Duration.ofMillis(50).toNanos();
		while (System.nanoTime() < end) {
			this.activity.begin(index, 0);
			this.activity.end();
		}
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	@Test
	void callThatIsOverIsNotUnderWay() {
		this.activity.begin(index("m"), 0);
		long call = this.activity.call();
		assertThat(this.activity.isUnderWay(call)).isTrue();
		this.activity.end();
		assertThat(this.activity.isUnderWay(call)).isFalse();
		assertThat(this.activity.isUnderWay(this.activity.call())).isFalse();
		this.activity.begin(index("m"), 0);
		assertThat(this.activity.isUnderWay(call)).isFalse();
		assertThat(this.activity.isUnderWay(this.activity.call())).isTrue();
	}

	@Test
	void eventLoopThatHasEndedIsForgotten() throws InterruptedException {
		Thread eventLoop = new Thread(() -> {
			EventLoopActivity endless = new EventLoopActivity(index("ended"));
			this.watchdog.watch(endless);
			endless.begin(index("ended"), 0);
		});
		eventLoop.start();
		eventLoop.join();
		this.activity.begin(index("other"), 0);
		awaitWarnings(1);
		assertThat(this.log.warning().getFormattedMessage()).startsWith("Message 'other' ");
	}

}
