/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.docs

import io.github.spoe.SpoeArg
import io.github.spoe.SpoeMessageHandler
import io.github.spoe.SpoeResponse
import io.github.spoe.SpoeScope
import kotlinx.coroutines.delay
import java.net.InetAddress

/**
 * Example of a handler in Kotlin.
 */
class ClientScores {

    private val scores = Scores()

    // tag::suspend[]
    @SpoeMessageHandler("score-client", timeout = "500ms")
    suspend fun check(@SpoeArg ip: InetAddress, @SpoeArg port: Int = 443, @SpoeArg agent: String?, response: SpoeResponse) {
        response.setVar(SpoeScope.SESSION, "ip_score", scores.of(ip, port, agent))
    }
    // end::suspend[]

    private class Scores {

        suspend fun of(ip: InetAddress, port: Int, agent: String?): Int {
            delay(1)
            return ip.address.last() + port + (agent?.length ?: 0)
        }

    }

}
