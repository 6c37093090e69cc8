/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler

import io.github.spoe.SpoeArg
import io.github.spoe.SpoeExecution
import io.github.spoe.SpoeMessageHandler
import io.github.spoe.SpoeResponse
import java.net.InetAddress
import java.util.Optional
import reactor.core.publisher.Mono

/**
 * Handlers whose parameters Kotlin knows more of than Java.
 */
open class ParameterHandlers {

    private val separator = ","

    private fun SpoeResponse.join(vararg values: Any?) = set("values", values.joinToString(this@ParameterHandlers.separator))

    @SpoeMessageHandler("plain")
    fun plain(@SpoeArg name: String, @SpoeArg port: Int, response: SpoeResponse) = response.join(name, port)

    @SpoeMessageHandler("nullable")
    fun nullable(@SpoeArg name: String?, @SpoeArg port: Int?, response: SpoeResponse) = response.join(name, port)

    @SpoeMessageHandler("nullable-default")
    fun nullableDefault(response: SpoeResponse, @SpoeArg name: String? = "nobody") = response.join(name)

    @SpoeMessageHandler("defaults", execution = SpoeExecution.EVENT_LOOP)
    fun defaults(
        @SpoeArg first: String = "1st", @SpoeArg second: String, @SpoeArg third: Int = 3,
        response: SpoeResponse, @SpoeArg flag: Boolean = true
    ) = response.join(first, second, third, flag)

    @SpoeMessageHandler("dependent")
    fun dependent(response: SpoeResponse, @SpoeArg first: Long, @SpoeArg second: Long = first + 1) =
        response.join(first, second)

    @SpoeMessageHandler("annotated")
    fun annotated(response: SpoeResponse, @SpoeArg(defaultValue = "annotated") name: String = "kotlin") =
        response.join(name)

    @SpoeMessageHandler("not-required")
    fun notRequired(response: SpoeResponse, @SpoeArg(required = false) port: Int = 80) = response.join(port)

    @SpoeMessageHandler("optional")
    fun optional(response: SpoeResponse, @SpoeArg name: Optional<String>, @SpoeArg port: Int = 80) =
        response.join(name, port)

    @SpoeMessageHandler("address")
    fun address(response: SpoeResponse, @SpoeArg ip: InetAddress = InetAddress.getLoopbackAddress()) =
        response.join(ip.hostAddress)

    @SpoeMessageHandler("private")
    private fun private(response: SpoeResponse, @SpoeArg name: String = "nobody") = response.join(name)

    @SpoeMessageHandler("internal")
    internal fun internal(response: SpoeResponse, @SpoeArg name: String = "nobody") = response.join(name)

    @SpoeMessageHandler("mono")
    fun mono(response: SpoeResponse, @SpoeArg name: String = "nobody"): Mono<Void> =
        Mono.fromRunnable { response.join(name) }

    @SpoeMessageHandler("fail")
    fun fail(response: SpoeResponse, @SpoeArg name: String = "nobody") {
        response.join(name)
        throw KotlinFailure(name)
    }

    @SpoeMessageHandler("value-class")
    fun valueClass(response: SpoeResponse, @SpoeArg port: Port, @SpoeArg host: Host = Host("localhost")) =
        response.join(host, port)

    @SpoeMessageHandler("nullable-value-class")
    fun nullableValueClass(response: SpoeResponse, @SpoeArg host: Host?) = response.join(host)

}

@JvmInline
value class Port(val number: Int) {

    init {
        require(number in 1..65535) { "Not a port" }
    }

}

@JvmInline
value class Host(val name: String)

interface KotlinHandler {

    suspend fun suspended(name: String = "nobody", response: SpoeResponse)

    fun defaults(name: String = "nobody", response: SpoeResponse)

}

@Retention(AnnotationRetention.RUNTIME)
annotation class Intercepted

/**
 * Handlers of a bean that may be proxied, by its class as well as by its interface.
 */
open class ProxiedHandlers : KotlinHandler {

    private val greeting = "Hello"

    @Intercepted
    @SpoeMessageHandler("suspended")
    override suspend fun suspended(@SpoeArg name: String, response: SpoeResponse) {
        kotlinx.coroutines.delay(1)
        response.set("greeting", "$greeting $name")
    }

    @Intercepted
    @SpoeMessageHandler("defaults")
    override fun defaults(@SpoeArg name: String, response: SpoeResponse) = response.set("greeting", "$greeting $name")

}
