/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.leaks;

import java.util.List;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has Netty watch every buffer of a test run, and fails the run if one was left to the
 * garbage collector. Found by JUnit as a service, before any class of Netty is loaded.
 */
public final class LeakDetection implements LauncherSessionListener {

	/**
	 * One for all sessions: classes of Netty that a session has loaded keep theirs.
	 */
	private static final ReportingDetectors detectors = new ReportingDetectors();

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(detectors);
	}

	// What a listener throws before the session ends is only logged.
	@Override
	public void launcherSessionClosed(LauncherSession session) {
		List<String> leaks = detectors.findLeaks();
		if (!leaks.isEmpty()) {
			throw new IllegalStateException("Leaks: " + leaks.size() + "\n" + String.join("\n", leaks));
		}
	}

}
