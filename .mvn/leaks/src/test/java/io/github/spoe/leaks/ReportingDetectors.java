/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.leaks;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;

/**
 * Makes leak detectors that keep what they report.
 */
public final class ReportingDetectors extends ResourceLeakDetectorFactory {

	/**
	 * References that one collection found are enqueued in no order, but before those of
	 * the next.
	 */
	private static final int COLLECTIONS = 2;

	private static final long COLLECTION_TIMEOUT_MILLIS = 5000;

	private final Queue<ReportingDetector<?>> detectors = new ConcurrentLinkedQueue<>();

	private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	@Override
	@SuppressWarnings("deprecation")
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
			long maxActive) {
		return newResourceLeakDetector(resource, samplingInterval);
	}

	@Override
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
		ReportingDetector<T> detector = new ReportingDetector<>(resource, samplingInterval, this.leaks);
		this.detectors.add(detector);
		return detector;
	}

	/**
	 * Collect garbage, and return what was reported until now.
	 * @return a description of each leak
	 */
	public List<String> findLeaks() {
		for (int i = 0; i < COLLECTIONS; i++) {
			collectGarbage();
		}
		this.detectors.forEach(ReportingDetector::report);
		return new ArrayList<>(this.leaks);
	}

	private static void collectGarbage() {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		WeakReference<Object> garbage = new WeakReference<>(new Object(), queue);
		System.gc();
		try {
			if (queue.remove(COLLECTION_TIMEOUT_MILLIS) != garbage) {
				throw new IllegalStateException("No garbage was collected, is System.gc() switched off?");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
