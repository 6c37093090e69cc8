/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.util.Assert;

import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.SpoeResponse;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.NotifyIndex;

/**
 * {@link SpoeExchange} that outlives the read in which its NOTIFY came: over a copy of
 * the bytes, with a buffer of its own for the ACK, both on the heap, so that nothing has
 * to be released.
 */
final class DetachedExchange implements SpoeExchange {

	private final SpoeConnection connection;

	private final SpoeContext context;

	private final NotifyIndex index;

	private final DetachedResponse response;

	private final AtomicBoolean completed = new AtomicBoolean();

	private int message;

	DetachedExchange(SpoeConnection connection, SpoeContext context, NotifyIndex index, int message,
			DetachedResponse response) {
		this.connection = connection;
		this.context = context;
		this.index = index;
		this.message = message;
		this.response = response;
	}

	@Override
	public boolean next() {
		this.message++;
		this.response.mark();
		return this.message < this.index.messageCount();
	}

	@Override
	public String getMessageName() {
		return this.index.messageNameText(this.message);
	}

	@Override
	public SpoeMessage getMessage() {
		return new NotifyMessage(this.index, this.message);
	}

	@Override
	public SpoeContext getContext() {
		return this.context;
	}

	@Override
	public SpoeResponse getResponse() {
		return this.response;
	}

	@Override
	public void rollback() {
		this.response.rollback();
	}

	@Override
	public List<String> variables() {
		return this.response.variables();
	}

	@Override
	public SpoeExchange detach() {
		return this;
	}

	@Override
	public Executor getEventLoop() {
		return this.connection.eventLoop();
	}

	@Override
	public void complete() {
		Assert.state(this.completed.compareAndSet(false, true), "The exchange is completed");
		this.response.close();
		this.connection.acknowledge(this);
	}

	/**
	 * Return the ACK.
	 * @return the whole frame
	 */
	ByteWriter ack() {
		return this.response.close();
	}

}
