/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.server.netty;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

import com.sun.management.UnixOperatingSystemMXBean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The files that the operating system lets this process open, of which each connection
 * takes one.
 */
final class FileDescriptors {

	/**
	 * What an application opens besides, at the least: jars, logs, connections of its
	 * own, and {@link Admission#MAX_REFUSED connections that are refused}.
	 */
	static final int RESERVE = 200;

	private static final Log logger = LogFactory.getLog(FileDescriptors.class);

	private FileDescriptors() {
	}

	/**
	 * Warn if there are fewer than the connections may take.
	 * @param maxConnections the most connections
	 */
	static void check(int maxConnections) {
		max().ifPresent((max) -> check(max, maxConnections));
	}

	static void check(long max, int maxConnections) {
		if (max < (long) maxConnections + RESERVE) {
			logger.warn("This process may open " + max + " files, which is too few for 'spoe.server.max-connections="
					+ maxConnections + "' and " + RESERVE + " others: raise the limit (ulimit -n, LimitNOFILE) or "
					+ "lower the property");
		}
	}

	// A runtime image may lack the module.
	private static OptionalLong max() {
		try {
			return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
					? OptionalLong.of(unix.getMaxFileDescriptorCount()) : OptionalLong.empty();
		}
		catch (LinkageError ex) {
			return OptionalLong.empty();
		}
	}

}
