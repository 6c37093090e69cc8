/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;

import io.github.spoe.SpoeArgument;
import io.github.spoe.SpoeContext;
import io.github.spoe.SpoeMessage;
import io.github.spoe.handler.SpoeHandlerMethodArgumentResolver;

/**
 * Example of what resolves parameters of a type of the application.
 */
// tag::resolver[]
@Component
class TenantResolver implements SpoeHandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Tenant.class;
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, SpoeMessage message, SpoeContext context) {
		SpoeArgument host = message.getArgument("host");
		return new Tenant((host != null) ? host.asString() : "default");
	}

}
// end::resolver[]
