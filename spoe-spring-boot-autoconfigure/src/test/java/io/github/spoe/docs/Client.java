/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgs;

/**
 * Example of a record that is made of arguments.
 */
// tag::record[]
@SpoeArgs
record Client(@SpoeArg("src") InetAddress address, @SpoeArg("src_port") int port,
		Optional<X509Certificate> certificate) {

}
// end::record[]
