/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler

import io.github.spoe.SpoeAcknowledge
import io.github.spoe.SpoeArg
import io.github.spoe.SpoeExceptionHandler
import io.github.spoe.SpoeExecution
import io.github.spoe.SpoeMessageHandler
import io.github.spoe.SpoeResponse
import io.github.spoe.SpoeScope
import io.github.spoe.SpoeTimeoutException
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeout

internal fun SpoeResponse.set(name: String, value: String) = setVar(SpoeScope.TRANSACTION, name, value)

/**
 * Handlers that are suspend functions.
 */
open class SuspendHandlers {

    val events = CopyOnWriteArrayList<String>()

    var failure: KotlinFailure? = null
        private set

    @SpoeMessageHandler("now")
    suspend fun now(@SpoeArg name: String, response: SpoeResponse) {
        response.set("greeting", "Hello $name")
    }

    @SpoeMessageHandler("later")
    suspend fun later(response: SpoeResponse, @SpoeArg name: String) {
        response.set("first", name)
        delay(1)
        response.set("second", name)
    }

    @SpoeMessageHandler("nothing")
    suspend fun nothing() {
    }

    @SpoeMessageHandler("fail-now")
    suspend fun failNow(response: SpoeResponse) {
        response.set("dropped", "x")
        throw KotlinFailure("now").also { failure = it }
    }

    @SpoeMessageHandler("fail-later")
    suspend fun failLater(response: SpoeResponse) {
        response.set("dropped", "x")
        delay(1)
        throw KotlinFailure("later").also { failure = it }
    }

    @SpoeMessageHandler("own-timeout")
    suspend fun ownTimeout(response: SpoeResponse) {
        response.set("dropped", "x")
        withTimeout(1) { awaitCancellation() }
    }

    @SpoeMessageHandler("wait")
    suspend fun waitForever(response: SpoeResponse) {
        response.set("dropped", "x")
        events += "waiting"
        try {
            awaitCancellation()
        }
        finally {
            events += "cancelled"
        }
    }

    @SpoeMessageHandler("deadline", timeout = "100ms")
    suspend fun deadline(response: SpoeResponse) = waitForever(response)

    @SpoeMessageHandler("background", acknowledge = SpoeAcknowledge.BEFORE)
    suspend fun background(@SpoeArg name: String = "nobody") {
        delay(1)
        events += "background $name"
    }

    @SpoeExceptionHandler
    fun timedOut(ex: SpoeTimeoutException, response: SpoeResponse) = response.set("failed", "timeout")

    @SpoeMessageHandler("thread")
    suspend fun thread(response: SpoeResponse) {
        // With assertions on, the name of the coroutine follows.
        response.set("thread", Thread.currentThread().name.substringBefore(" @"))
    }

    @SpoeMessageHandler("thread-event-loop", execution = SpoeExecution.EVENT_LOOP)
    suspend fun threadOfEventLoop(response: SpoeResponse) = thread(response)

    @SpoeMessageHandler("thread-worker", execution = SpoeExecution.WORKER)
    suspend fun threadOfWorker(response: SpoeResponse) = thread(response)

    @SpoeMessageHandler("default")
    suspend fun default(response: SpoeResponse, @SpoeArg name: String = "nobody", @SpoeArg port: Int = 80) {
        delay(1)
        response.set("default", "$name:$port")
    }

    @SpoeMessageHandler("private")
    private suspend fun private(@SpoeArg name: String, response: SpoeResponse) = now(name, response)

    @SpoeMessageHandler("internal")
    internal suspend fun internal(@SpoeArg name: String, response: SpoeResponse) = now(name, response)

}

class KotlinFailure(message: String) : RuntimeException(message)
