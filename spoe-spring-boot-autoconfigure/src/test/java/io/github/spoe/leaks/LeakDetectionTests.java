/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.leaks;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeakDetection} and {@link ReportingDetectors}.
 */
class LeakDetectionTests {

	private final ReportingDetectors detectors = new ReportingDetectors();

	private final ResourceLeakDetector<Object> detector = this.detectors.newResourceLeakDetector(Object.class);

	@Test
	void buffersOfTestsAreWatched() {
		assertThat(ResourceLeakDetectorFactory.instance()).isInstanceOf(ReportingDetectors.class);
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
	}

	@Test
	void lastResourceOfAllIsFound() {
		open();
		assertThat(this.detectors.findLeaks()).singleElement()
			.asString()
			.startsWith("Object was not released")
			.contains("LeakDetectionTests.open");
	}

	@Test
	void whatIsClosedOrStillUsedIsNoLeak() {
		Object closed = new Object();
		this.detector.track(closed).close(closed);
		Object used = new Object();
		ResourceLeakTracker<Object> tracker = this.detector.track(used);
		assertThat(this.detectors.findLeaks()).isEmpty();
		tracker.close(used);
	}

	private void open() {
		this.detector.track(new Object());
	}

}
