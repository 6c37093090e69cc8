/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler

import io.github.spoe.SpoeArg
import io.github.spoe.SpoeExceptionHandler
import io.github.spoe.SpoeMessageHandler
import io.github.spoe.SpoeResponse
import kotlin.time.Duration

class SuspendReturnsString {

    @SpoeMessageHandler("check")
    suspend fun check(@SpoeArg port: Int): String = "$port"

}

class StaticSuspend {

    companion object {

        @JvmStatic
        @SpoeMessageHandler("check")
        suspend fun check() {
        }

    }

}

class SuspendExceptionHandler {

    @SpoeMessageHandler("check")
    fun check() {
    }

    @SpoeExceptionHandler
    suspend fun failed(ex: Exception) {
    }

}

class Extension {

    @SpoeMessageHandler("check")
    fun SpoeResponse.check() {
    }

}

class NotRequiredNotNull {

    @SpoeMessageHandler("check")
    fun check(@SpoeArg(required = false) name: String) {
    }

}

class ClosedValueClass {

    @SpoeMessageHandler("check")
    fun check(@SpoeArg limit: Duration) {
    }

}
