/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server;

import reactor.netty.tcp.TcpServer;

/**
 * Customizes the {@link TcpServer} below the SPOE server. All beans of this type are
 * applied in their order, after the properties and before the SPOE handlers.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SpoeServerCustomizer {

	/**
	 * Customize a server.
	 * @param server the server, which is immutable
	 * @return the customized server
	 */
	TcpServer customize(TcpServer server);

}
