/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

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
public final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger;

	private final Level level;

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	private LogRecorder(String logger) {
		this.logger = (Logger) LoggerFactory.getLogger(logger);
		this.level = this.logger.getLevel();
	}

	public static LogRecorder open(Level level) {
		return open("io.github.spoe", level);
	}

	/**
	 * Return what is logged by a logger and those below it.
	 */
	public static LogRecorder open(String logger, Level level) {
		LogRecorder recorder = new LogRecorder(logger);
		recorder.start();
		recorder.logger.setLevel(level);
		recorder.logger.addAppender(recorder);
		recorder.logger.setAdditive(false);
		return recorder;
	}

	@Override
	protected void append(ILoggingEvent event) {
		// Takes what belongs to this thread, such as the MDC.
		event.prepareForDeferredProcessing();
		this.events.add(event);
	}

	/**
	 * Return the events of a level.
	 */
	public List<ILoggingEvent> events(Level level) {
		return this.events.stream().filter((event) -> event.getLevel() == level).toList();
	}

	/**
	 * Return the texts of a level.
	 */
	public List<String> messages(Level level) {
		return events(level).stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	/**
	 * Return the only WARN.
	 */
	public ILoggingEvent warning() {
		List<ILoggingEvent> warnings = events(Level.WARN);
		assertThat(warnings).hasSize(1);
		return warnings.get(0);
	}

	/**
	 * Return all there is, with the traces of exceptions.
	 */
	public String everything() {
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
