/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.leaks;

import java.util.Queue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;

/**
 * A leak detector that keeps what it reports.
 *
 * @param <T> the type of the resource
 */
final class ReportingDetector<T> extends ResourceLeakDetector<T> {

	private final Class<T> resource;

	private final Queue<String> leaks;

	@SuppressWarnings("deprecation")
	ReportingDetector(Class<T> resource, int samplingInterval, Queue<String> leaks) {
		super(resource, samplingInterval);
		this.resource = resource;
		this.leaks = leaks;
	}

	/**
	 * Report what was found. A detector does so only when it is given a further resource.
	 */
	void report() {
		@SuppressWarnings("unchecked")
		ResourceLeakDetector<Object> detector = (ResourceLeakDetector<Object>) this;
		Object resource = new Object();
		ResourceLeakTracker<Object> tracker = detector.trackForcibly(resource);
		if (tracker != null) {
			tracker.close(resource);
		}
	}

	// Whatever the level of the log.
	@Override
	protected boolean needReport() {
		return true;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		this.leaks.add(this.resource.getSimpleName() + " was not released before it was garbage-collected." + records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		reportTracedLeak(resourceType, "");
	}

}
