/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the project logs for as long as this is open, which then is not on the console.
 */
final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.spoe");

	private final Level level = this.logger.getLevel();

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	private LogRecorder() {
	}

	static LogRecorder open(Level level) {
		LogRecorder recorder = new LogRecorder();
		recorder.start();
		recorder.logger.setLevel(level);
		recorder.logger.addAppender(recorder);
		recorder.logger.setAdditive(false);
		return recorder;
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.events.add(event);
	}

	/**
	 * Return the events of a level.
	 */
	List<ILoggingEvent> events(Level level) {
		return this.events.stream().filter((event) -> event.getLevel() == level).toList();
	}

	/**
	 * Return the texts of a level.
	 */
	List<String> messages(Level level) {
		return events(level).stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	/**
	 * Return the only WARN.
	 */
	ILoggingEvent warning() {
		List<ILoggingEvent> warnings = events(Level.WARN);
		assertThat(warnings).hasSize(1);
		return warnings.get(0);
	}

	/**
	 * Return all there is, with the traces of exceptions.
	 */
	String everything() {
		StringBuilder everything = new StringBuilder();
		for (ILoggingEvent event : this.events) {
			everything.append(event.getFormattedMessage()).append('\n');
			everything.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
		}
		return everything.toString();
	}

	@Override
	public void close() {
		this.logger.setAdditive(true);
		this.logger.detachAppender(this);
		this.logger.setLevel(this.level);
		stop();
	}

}
