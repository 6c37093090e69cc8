/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.util.List;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import org.springframework.util.CollectionUtils;

/**
 * Creates {@link HttpHeaders}, which need spring-web.
 */
final class HttpHeadersFactory {

	private static final boolean PRESENT = ClassUtils.isPresent("org.springframework.http.HttpHeaders",
			HttpHeadersFactory.class.getClassLoader());

	private HttpHeadersFactory() {
	}

	static boolean isHttpHeaders(Class<?> type) {
		return PRESENT && type == HttpHeaders.class;
	}

	static Object create(Map<String, List<String>> headers) {
		return new HttpHeaders(CollectionUtils.toMultiValueMap(headers));
	}

}
