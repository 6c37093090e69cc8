/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.util.unit.DataSize;

import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeMessageHandler;
import io.github.spoe.SpoeResponse;
import io.github.spoe.SpoeScope;
import io.github.spoe.client.SpopTestClient;
import io.github.spoe.context.SpoeServerLifecycle;
import io.github.spoe.context.SpoeServerPortListener;
import io.github.spoe.context.SpoeServerStartedEvent;
import io.github.spoe.context.SpoeServerStoppedEvent;
import io.github.spoe.handler.HandlerMethodDispatcher;
import io.github.spoe.server.SpoeAgreement;
import io.github.spoe.server.SpoeCloseReason;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeServer;
import io.github.spoe.server.SpoeServerCustomizer;
import io.github.spoe.server.SpoeServerFactory;
import io.github.spoe.server.SpoeServerListener;
import io.github.spoe.server.netty.NettySpoeServerFactory;
import io.github.spoe.spop.AgentHello;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.Disconnect;
import io.github.spoe.spop.FrameType;
import io.github.spoe.spop.HaproxyHello;
import io.github.spoe.spop.Notify;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.spop.StatusCode;
import io.github.spoe.spop.TypedData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SpoeServerAutoConfiguration}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class SpoeServerAutoConfigurationTests {

	private static final String NO_HANDLER = "No bean has a method with @SpoeMessageHandler: "
			+ "all messages will be acknowledged without variables";

	private static final String REVIEW = "Review the value of the property with the provided reason.";

	private static final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SpoeServerAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
		.withPropertyValues("spoe.server.port=0", "spoe.server.address=127.0.0.1");

	private static final ApplicationContextRunner handlerRunner = contextRunner.withUserConfiguration(Handlers.class);

	private static int port(ApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.spoe.server.port", Integer.class);
	}

	private static InetSocketAddress address(ApplicationContext context) {
		return (InetSocketAddress) context.getBean(ServerRecorder.class).server.address();
	}

	private static void assertThatAnswers(ApplicationContext context) throws IOException {
		try (SpopTestClient client = SpopTestClient.hello(port(context))) {
			assertThat(client.ask("event-loop").actions()).hasSize(1);
			assertThat(client.ask("worker").actions()).hasSize(1);
		}
	}

	private static String thread(SpopTestClient client) throws IOException {
		return (String) client.ask("event-loop").actions().get(0).value().value();
	}

	private static AgentHello hello(ApplicationContext context, long offeredFrameSize) throws IOException {
		try (SpopTestClient client = SpopTestClient.connect(port(context))) {
			client.send(new HaproxyHello("2.0", offeredFrameSize, Set.of("pipelining"), null, false)::write);
			return client.readAgentHello();
		}
	}

	private static void assertThatIsInvalid(String property, String value, String reason) {
		FailureAnalysis failure = StartFailure.with(property + "=" + value);
		assertThat(failure.getDescription())
			.startsWith("Invalid value '" + value + "' for configuration property '" + property + "'")
			.endsWith(reason);
		assertThat(failure.getAction()).isEqualTo(REVIEW);
	}

	private static void assertThatIsNotBound(String property, String value, String type) {
		FailureAnalysis failure = StartFailure.with(property + "=" + value);
		assertThat(failure.getDescription()).startsWith("Failed to bind properties under '" + property + "' to " + type)
			.contains("Property: " + property, "Value: \"" + value + "\"");
		assertThat(failure.getAction()).startsWith("Update your application's configuration");
	}

	@Nested
	class Beans {

		@Test
		void defaults() {
			handlerRunner.run((context) -> {
				assertThat(context).getBean(SpoeServerFactory.class).isInstanceOf(NettySpoeServerFactory.class);
				assertThat(context).getBean(SpoeDispatcher.class).isInstanceOf(HandlerMethodDispatcher.class);
				assertThat(context).hasSingleBean(SpoeServerPortListener.class);
				assertThat(context).getBean(SpoeServerLifecycle.class)
					.extracting(SpoeServerLifecycle::isRunning)
					.isEqualTo(true);
				assertThat(context).hasBean("spoeWorkerExecutor");
				assertThatAnswers(context);
			});
		}

		@Test
		void disabled() {
			handlerRunner.withPropertyValues("spoe.server.enabled=false").run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context).doesNotHaveBean(SpoeServerLifecycle.class)
					.doesNotHaveBean(SpoeServerFactory.class)
					.doesNotHaveBean(SpoeDispatcher.class)
					.doesNotHaveBean(SpoeServerProperties.class)
					.doesNotHaveBean("spoeWorkerExecutor");
			});
		}

		@Test
		void ownFactory() {
			TestServer server = new TestServer();
			contextRunner.withBean("own", SpoeServerFactory.class, () -> (dispatcher) -> server).run((context) -> {
				assertThat(context).hasSingleBean(SpoeServerFactory.class);
				assertThat(server.started).isTrue();
			});
			assertThat(server.started).isFalse();
		}

		@Test
		void ownDispatcher(CapturedOutput output) {
			contextRunner.withBean("own", SpoeDispatcher.class, () -> SpoeExchange::complete).run((context) -> {
				assertThat(context).hasSingleBean(SpoeDispatcher.class);
				try (SpopTestClient client = SpopTestClient.hello(port(context))) {
					assertThat(client.ask("anything").actions()).isEmpty();
				}
				assertThat(output).doesNotContain(NO_HANDLER);
			});
		}

		@Test
		void ownLifecycle() {
			TestServer server = new TestServer();
			SpoeServerLifecycle own = new SpoeServerLifecycle((dispatcher) -> server, () -> SpoeExchange::complete,
					(event) -> {
					});
			contextRunner.withBean("own", SpoeServerLifecycle.class, () -> own).run((context) -> {
				assertThat(context).getBean(SpoeServerLifecycle.class).isSameAs(own);
				assertThat(server.started).isTrue();
				assertThat(context.getEnvironment().containsProperty("local.spoe.server.port")).isFalse();
			});
		}

		@Test
		void ownPortListener() {
			StandardEnvironment elsewhere = new StandardEnvironment();
			contextRunner.withBean("own", SpoeServerPortListener.class, () -> new SpoeServerPortListener(elsewhere))
				.run((context) -> {
					assertThat(context).hasSingleBean(SpoeServerPortListener.class);
					assertThat(context.getEnvironment().containsProperty("local.spoe.server.port")).isFalse();
					assertThat(elsewhere.containsProperty("local.spoe.server.port")).isTrue();
				});
		}

		@Test
		void ownWorkers() {
			List<Runnable> tasks = new ArrayList<>();
			handlerRunner.withBean("spoeWorkerExecutor", Executor.class, () -> (task) -> {
				tasks.add(task);
				task.run();
			}).run((context) -> {
				assertThatAnswers(context);
				assertThat(tasks).hasSize(1);
			});
		}

		@Test
		void applicationTaskExecutorStaysWhatItIs() {
			contextRunner.withUserConfiguration(ExecutorUser.class).run((context) -> {
				assertThat(context).hasBean("applicationTaskExecutor");
				assertThat(context.getBean(ExecutorUser.class).executor)
					.isSameAs(context.getBean("applicationTaskExecutor"));
				assertThat(context.getBean(AsyncTaskExecutor.class))
					.isSameAs(context.getBean("applicationTaskExecutor"));
			});
		}

		@Test
		void customizersInTheirOrder() {
			handlerRunner.withUserConfiguration(Customizers.class).run((context) -> {
				assertThat(context.getBean(Customizers.class).applied).containsExactly("first", "second");
				assertThatAnswers(context);
			});
		}

		@Test
		void listenersInTheirOrder() {
			handlerRunner.withUserConfiguration(Listeners.class).run((context) -> {
				List<String> told = context.getBean(Listeners.class).told;
				String peer;
				try (SpopTestClient client = SpopTestClient.connect(port(context))) {
					peer = client.getSocket().getLocalSocketAddress().toString();
					client.send(new HaproxyHello("2.0", 16380, Set.of("pipelining"), "engine", false)::write);
					client.readAgentHello();
					client.send((out) -> new Disconnect(StatusCode.NORMAL).write(out, FrameType.HAPROXY_DISCONNECT));
					client.readDisconnect();
				}
				await().untilAsserted(() -> assertThat(told).containsExactly("first opened " + peer,
						"second opened " + peer, "first agreed " + peer + " engine",
						"second agreed " + peer + " engine", "first closed " + peer + " HAPROXY_DISCONNECT 0 normal",
						"second closed " + peer + " HAPROXY_DISCONNECT 0 normal"));
			});
		}

	}

	@Nested
	class Life {

		@Test
		void withoutHandlers(CapturedOutput output) {
			contextRunner.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).containsOnlyOnce(NO_HANDLER);
				assertThat(output.toString().lines().filter((line) -> line.contains(NO_HANDLER))).singleElement()
					.asString()
					.contains("WARN");
			});
		}

		@Test
		void startsTwiceAndClosesCleanly() throws IOException {
			AtomicReference<Integer> port = new AtomicReference<>();
			for (int i = 0; i < 2; i++) {
				handlerRunner.run((context) -> {
					assertThatAnswers(context);
					port.set(port(context));
					assertThat(serverThreads()).isNotEmpty();
				});
				await().atMost(Duration.ofSeconds(5)).until(() -> serverThreads().isEmpty());
				new ServerSocket(port.get(), 1, InetAddress.getLoopbackAddress()).close();
			}
		}

		private static Set<String> serverThreads() {
			Set<String> names = new HashSet<>();
			Thread.getAllStackTraces().keySet().forEach((thread) -> names.add(thread.getName()));
			names.removeIf((name) -> !name.startsWith("spoe-") || name.startsWith("spoe-worker-"));
			return names;
		}

		@Test
		void twoAtATime() {
			handlerRunner.run((one) -> {
				assertThatAnswers(one);
				handlerRunner.run(SpoeServerAutoConfigurationTests::assertThatAnswers);
				assertThatAnswers(one);
			});
		}

		@Test
		void restart() {
			handlerRunner.withBean(ServerRecorder.class).run((context) -> {
				ConfigurableApplicationContext source = context.getSourceApplicationContext();
				source.stop();
				source.start();
				assertThatAnswers(context);
				assertThat(context.getBean(ServerRecorder.class).events).containsExactly("started", "stopped",
						"started");
			});
		}

		@Test
		void stopsServerWhenContextFailsAfterItsStart() throws IOException {
			AtomicReference<Integer> port = new AtomicReference<>();
			contextRunner.withBean(FailingListener.class, () -> new FailingListener(port))
				.run((context) -> assertThat(context).getFailure().rootCause().hasMessage("listener"));
			new ServerSocket(port.get(), 1, InetAddress.getLoopbackAddress()).close();
		}

		@Test
		void lazyApplicationWithoutWebServer() throws IOException {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.run("--spoe.server.port=0", "--spoe.server.address=127.0.0.1",
						"--spring.main.lazy-initialization=true", "--spring.main.banner-mode=off")) {
				assertThat(context.getBeanFactory().containsSingleton("handlers")).isFalse();
				assertThatAnswers(context);
				assertThat(Thread.getAllStackTraces().keySet())
					.anyMatch((thread) -> thread.getName().startsWith("spoe-") && !thread.isDaemon());
			}
		}

	}

	@Nested
	class PortProperty {

		@Test
		void isBound() throws IOException {
			int port;
			try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				port = socket.getLocalPort();
				FailureAnalysis failure = StartFailure.with("spoe.server.port=" + port);
				assertThat(failure.getDescription())
					.startsWith("The SPOE server could not be bound to 127.0.0.1:" + port + ": ")
					.endsWith("Address already in use");
				assertThat(failure.getAction()).isEqualTo("Change 'spoe.server.port' or 'spoe.server.address', or stop "
						+ "the process that listens on the port.");
			}
		}

		@Test
		void mustBeAPort() {
			assertThatIsInvalid("spoe.server.port", "-1", "Must be from 0 to 65535");
			assertThatIsInvalid("spoe.server.port", "70000", "Must be from 0 to 65535");
			assertThatIsNotBound("spoe.server.port", "http", "int");
		}

	}

	@Nested
	class AddressProperty {

		@Test
		void isBound() {
			handlerRunner.withBean(ServerRecorder.class)
				.run((context) -> assertThat(address(context).getAddress())
					.isEqualTo(InetAddress.getByName("127.0.0.1")));
		}

		@Test
		void allByDefault() {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SpoeServerAutoConfiguration.class))
				.withPropertyValues("spoe.server.port=0")
				.withBean(ServerRecorder.class)
				.run((context) -> assertThat(address(context).getAddress().isAnyLocalAddress()).isTrue());
		}

		@Test
		void mustBeAnAddress() {
			assertThatIsNotBound("spoe.server.address", "[not-an-address", "java.net.InetAddress");
		}

	}

	@Nested
	class AllowedPeersProperty {

		@Test
		void areServed() {
			handlerRunner.withPropertyValues("spoe.server.allowed-peers=192.0.2.7,127.0.0.0/8")
				.run(SpoeServerAutoConfigurationTests::assertThatAnswers);
			handlerRunner
				.withPropertyValues("spoe.server.allowed-peers[0]=2001:db8::/32",
						"spoe.server.allowed-peers[1]=127.0.0.1")
				.run(SpoeServerAutoConfigurationTests::assertThatAnswers);
		}

		@Test
		void othersAreNot() {
			contextRunner.withPropertyValues("spoe.server.allowed-peers=192.0.2.0/24").run((context) -> {
				try (SpopTestClient client = SpopTestClient.connect(port(context))) {
					assertThat(client.isClosedByPeer()).isTrue();
				}
			});
		}

		@Test
		void mustBeAddressesAndRanges() {
			String reason = "Must be addresses and CIDR ranges, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32: '%s' "
					+ "is neither an address nor a range in CIDR notation";
			for (String value : List.of("haproxy.example", "10.0.0.0/33")) {
				assertThatIsInvalid("spoe.server.allowed-peers", value, reason.formatted(value));
			}
			assertThat(StartFailure.with("spoe.server.allowed-peers=10.0.0.0/8,all").getDescription())
				.contains("'spoe.server.allowed-peers'")
				.endsWith(reason.formatted("all"));
			assertThat(StartFailure
				.with("spoe.server.allowed-peers[0]=10.0.0.0/8", "spoe.server.allowed-peers[1]=10.0.0.0/x")
				.getDescription()).contains("'spoe.server.allowed-peers'").endsWith(reason.formatted("10.0.0.0/x"));
		}

	}

	@Nested
	class LimitProperties {

		@Test
		void areApplied() {
			handlerRunner.withPropertyValues("spoe.server.max-connections=1").run((context) -> {
				try (SpopTestClient first = SpopTestClient.hello(port(context));
						SpopTestClient second = SpopTestClient.connect(port(context))) {
					assertThat(second.readDisconnect()).isEqualTo(new Disconnect(StatusCode.RESOURCE_ERROR));
					assertThat(first.ask("worker").actions()).hasSize(1);
				}
			});
		}

		@Test
		void mustBeInRange() {
			for (String property : List.of("max-connections", "max-in-flight", "max-in-flight-per-connection")) {
				assertThatIsInvalid("spoe.server." + property, "0", "Must be at least 1");
			}
			assertThatIsInvalid("spoe.server.max-outbound-size", "255B", "Must be from 256B to 1073741823B");
		}

	}

	@Nested
	class MaxFrameSizeProperty {

		@Test
		void isAgreed() {
			contextRunner.withPropertyValues("spoe.server.max-frame-size=512B")
				.run((context) -> assertThat(hello(context, 16380).maxFrameSize()).isEqualTo(512));
		}

		@Test
		void isBelow128KilobytesByDefault() {
			contextRunner.run((context) -> {
				assertThat(hello(context, 1_000_000).maxFrameSize()).isEqualTo(DataSize.ofKilobytes(128).toBytes());
				assertThat(hello(context, 16380).maxFrameSize()).isEqualTo(16380);
			});
		}

		@Test
		void mustBeInRange() {
			String reason = "Must be from 256B to 16MB";
			assertThatIsInvalid("spoe.server.max-frame-size", "255B", reason);
			assertThatIsInvalid("spoe.server.max-frame-size", "16777217B", reason);
			assertThatIsInvalid("spoe.server.max-frame-size", "2GB", reason);
			assertThatIsNotBound("spoe.server.max-frame-size", "large", "org.springframework.util.unit.DataSize");
		}

	}

	@Nested
	class VarPrefixLengthProperty {

		@Test
		void boundsTheNamesOfVariables() {
			int longest = 63 - "txn..thread".length();
			handlerRunner.withPropertyValues("spoe.server.var-prefix-length=" + longest)
				.run(SpoeServerAutoConfigurationTests::assertThatAnswers);
			handlerRunner.withPropertyValues("spoe.server.var-prefix-length=" + (longest + 1)).run((context) -> {
				try (SpopTestClient client = SpopTestClient.hello(port(context))) {
					assertThat(client.ask("event-loop").actions()).isEmpty();
					assertThat(client.ask("worker").actions()).isEmpty();
				}
			});
		}

		@Test
		void mustLeaveRoomForAName() {
			String reason = "Must be from 1 to 56";
			assertThatIsInvalid("spoe.server.var-prefix-length", "0", reason);
			assertThatIsInvalid("spoe.server.var-prefix-length", "57", reason);
			assertThatIsNotBound("spoe.server.var-prefix-length", "iprep", "int");
		}

	}

	@Nested
	class WatchdogProperties {

		@Test
		void threshold(CapturedOutput output) {
			handlerRunner.withPropertyValues("spoe.server.watchdog.threshold=1ms").run((context) -> {
				try (SpopTestClient client = SpopTestClient.hello(port(context))) {
					client.notify(1, 1, "blocking-event-loop");
					await().until(() -> output.getOut().contains("busy for more than 1 ms"));
					context.getBean(Handlers.class).release.countDown();
					client.readAck();
				}
			});
		}

		@Test
		void thresholdMustBeAMillisecond() {
			String reason = "Must be at least 1ms, or 0 for none";
			assertThatIsInvalid("spoe.server.watchdog.threshold", "999us", reason);
			assertThatIsInvalid("spoe.server.watchdog.threshold", "-1s", reason);
			assertThatIsNotBound("spoe.server.watchdog.threshold", "long", Duration.class.getName());
		}

	}

	@Nested
	class MaxMessageSizeProperty {

		@Test
		void isTheLimitOfFragments() {
			handlerRunner.withPropertyValues("spoe.server.max-message-size=320B").run((context) -> {
				try (SpopTestClient client = SpopTestClient.hello(port(context))) {
					send(client, 320);
					assertThat(client.readAck().actions()).hasSize(1);
					send(client, 321);
					assertThat(client.readAck().actions()).isEmpty();
					send(client, 320);
					assertThat(client.readAck().actions()).hasSize(1);
				}
			});
		}

		// What is not the text takes 20 bytes.
		private void send(SpopTestClient client, int size) throws IOException {
			ByteWriter out = new ByteWriter(size);
			TypedData text = TypedData.of("x".repeat(size - 20));
			new Notify(1, 1, List.of(SpopTestClient.message("event-loop", "text", text))).write(out);
			client.send(RawFrames.frame(3, 0, 1, 1, Arrays.copyOfRange(out.toByteArray(0), 11, 100)));
			client.send(RawFrames.frame(0, 1, 1, 1, out.toByteArray(100)));
		}

		@Test
		void mustBeInRange() {
			String reason = "Must be from 256B to 16MB";
			assertThatIsInvalid("spoe.server.max-message-size", "255B", reason);
			assertThatIsInvalid("spoe.server.max-message-size", "16777217B", reason);
		}

	}

	@Nested
	class PipeliningProperty {

		@Test
		void isAgreedByDefault() {
			contextRunner.run((context) -> assertThat(hello(context, 16380).capabilities()).contains("pipelining"));
		}

		@Test
		void isNotAgreed() {
			contextRunner.withPropertyValues("spoe.server.pipelining=false")
				.run((context) -> assertThat(hello(context, 16380).capabilities()).doesNotContain("pipelining"));
		}

	}

	@Nested
	class WarmupProperty {

		@Test
		void isWarmedUp() {
			handlerRunner.withPropertyValues("spoe.server.warmup=500ms").run((context) -> {
				assertThat(context.getBean(Handlers.class).warmups).isPositive();
				assertThatAnswers(context);
			});
		}

		@Test
		void isNotByDefault() {
			handlerRunner.run((context) -> assertThat(context.getBean(Handlers.class).warmups).isZero());
		}

		@Test
		void mustNotBeNegative() {
			assertThatIsInvalid("spoe.server.warmup", "-1s", "Must not be negative");
		}

		@Test
		void mustBeADuration() {
			assertThatIsNotBound("spoe.server.warmup", "long", Duration.class.getName());
		}

	}

	@Nested
	class HandlerProperties {

		@Test
		void execution() {
			handlerRunner.withPropertyValues("spoe.server.handler.execution=event-loop").run((context) -> {
				try (SpopTestClient client = SpopTestClient.hello(port(context))) {
					assertThat(client.ask("worker").actions()).isEqualTo(client.ask("event-loop").actions());
				}
			});
		}

		@Test
		void executionMustBeKnown() {
			assertThatIsNotBound("spoe.server.handler.execution", "FOO", SpoeExecution.class.getName());
			assertThat(StartFailure.with("spoe.server.handler.execution=FOO").getAction()).contains("AUTO",
					"EVENT_LOOP", "WORKER");
		}

		@Test
		void timeoutMustNotBeNegative() {
			assertThatIsInvalid("spoe.server.handler.timeout", "-1s", "Must not be negative");
		}

	}

	@Nested
	class TimeoutProperties {

		@ParameterizedTest
		@ValueSource(strings = { "hello", "partial-frame", "write", "idle" })
		void mustNotBeNegative(String timeout) {
			assertThatIsInvalid("spoe.server.timeout." + timeout, "-1s", "Must not be negative");
		}

	}

	@Nested
	class WorkerProperties {

		@ParameterizedTest
		@ValueSource(strings = { "worker.max-threads", "worker.queue-capacity", "background.max-threads",
				"background.queue-capacity" })
		void mustBePositive(String property) {
			assertThatIsInvalid("spoe.server." + property, "0", "Must be at least 1");
		}

		@Test
		void keepAliveMustNotBeNegative() {
			assertThatIsInvalid("spoe.server.worker.keep-alive", "-1s", "Must not be negative");
		}

		@Test
		@EnabledForJreRange(min = JRE.JAVA_21)
		void virtualThreadsMustBePositive() {
			String property = "spoe.server.worker.max-virtual-threads";
			assertThat(StartFailure.with(property + "=0", "spring.threads.virtual.enabled=true").getDescription())
				.startsWith("Invalid value '0' for configuration property '" + property + "'")
				.endsWith("Must be at least 1");
		}

	}

	@Nested
	class ShutdownProperties {

		@Test
		void gracePeriodEnds(CapturedOutput output) {
			handlerRunner.withPropertyValues("spoe.server.shutdown.grace-period=100ms").run((context) -> {
				Handlers handlers = context.getBean(Handlers.class);
				try (SpopTestClient client = SpopTestClient.hello(port(context))) {
					client.notify(1, 1, "blocking");
					assertThat(handlers.blocked.await(5, TimeUnit.SECONDS)).isTrue();
					context.getSourceApplicationContext().close();
					assertThat(client.readDisconnect().statusCode()).isZero();
					assertThat(client.isClosedByPeer()).isTrue();
				}
				finally {
					handlers.release.countDown();
				}
				assertThat(output)
					.contains("SPOE server closes connections that were not done within the grace period of 100 ms: 1");
			});
		}

		@Test
		void gracePeriodMustNotBeNegative() {
			assertThatIsInvalid("spoe.server.shutdown.grace-period", "-1s", "Must not be negative");
		}

	}

	@Nested
	class NettyProperties {

		@Test
		void workerThreads() {
			assertThat(eventLoops("spoe.server.netty.worker-threads=1")).hasSize(1);
			assertThat(eventLoops("spoe.server.netty.worker-threads=3")).hasSize(3);
		}

		@Test
		void workerThreadsByDefault() {
			assertThat(eventLoops()).hasSize(Math.min(6, Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
		}

		private static Set<String> eventLoops(String... properties) {
			Set<String> threads = new HashSet<>();
			handlerRunner.withPropertyValues(properties).run((context) -> {
				for (int i = 0; i < 6; i++) {
					try (SpopTestClient client = SpopTestClient.hello(port(context))) {
						threads.add(thread(client));
					}
				}
			});
			return threads;
		}

		@Test
		void workerThreadsMustBePositive() {
			assertThatIsInvalid("spoe.server.netty.worker-threads", "0", "Must be at least 1");
		}

		@Test
		void preferNative() {
			assertThat(serverChannel()).isEqualTo(Epoll.isAvailable() ? "Epoll" : "Nio");
			assertThat(serverChannel("spoe.server.netty.prefer-native=false")).isEqualTo("Nio");
		}

		private static String serverChannel(String... properties) {
			AtomicReference<String> channel = new AtomicReference<>();
			contextRunner.withPropertyValues(properties)
				.withBean(SpoeServerCustomizer.class,
						() -> (server) -> server
							.doOnBound((bound) -> channel.set(bound.channel().getClass().getSimpleName())))
				.run((context) -> assertThat(context).hasNotFailed());
			return channel.get().replace("ServerSocketChannel", "");
		}

	}

	static class Handlers {

		private final CountDownLatch blocked = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private volatile int warmups;

		@SpoeMessageHandler(value = "event-loop", execution = SpoeExecution.EVENT_LOOP)
		void onEventLoop(SpoeResponse response) {
			response.setVar(SpoeScope.TRANSACTION, "thread", Thread.currentThread().getName());
		}

		@SpoeMessageHandler("worker")
		void onWorker(SpoeResponse response) {
			onEventLoop(response);
		}

		@SpoeMessageHandler(value = "warm", execution = SpoeExecution.EVENT_LOOP, warmup = true)
		void warm() {
			this.warmups++;
		}

		@SpoeMessageHandler(value = "blocking", execution = SpoeExecution.WORKER)
		void block() throws InterruptedException {
			this.blocked.countDown();
			this.release.await(10, TimeUnit.SECONDS);
		}

		@SpoeMessageHandler(value = "blocking-event-loop", execution = SpoeExecution.EVENT_LOOP)
		void blockEventLoop() throws InterruptedException {
			block();
		}

	}

	static class TestServer implements SpoeServer {

		private boolean started;

		@Override
		public void start() {
			this.started = true;
		}

		@Override
		public CompletionStage<Void> stop() {
			this.started = false;
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public SocketAddress address() {
			return null;
		}

	}

	static class ServerRecorder {

		private final List<String> events = new ArrayList<>();

		private SpoeServer server;

		@EventListener
		void onStart(SpoeServerStartedEvent event) {
			this.events.add("started");
			this.server = event.getServer();
		}

		@EventListener
		void onStop(SpoeServerStoppedEvent event) {
			this.events.add("stopped");
		}

	}

	static class FailingListener {

		private final AtomicReference<Integer> port;

		FailingListener(AtomicReference<Integer> port) {
			this.port = port;
		}

		@EventListener
		void onStart(SpoeServerStartedEvent event) {
			this.port.set(((InetSocketAddress) event.getServer().address()).getPort());
			throw new IllegalStateException("listener");
		}

	}

	static class ExecutorUser {

		private final Executor executor;

		ExecutorUser(Executor executor) {
			this.executor = executor;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> applied = new ArrayList<>();

		@Bean
		@Order(2)
		SpoeServerCustomizer second() {
			return (server) -> {
				this.applied.add("second");
				return server;
			};
		}

		@Bean
		@Order(1)
		SpoeServerCustomizer first() {
			return (server) -> {
				this.applied.add("first");
				return server;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<String> told = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		SpoeServerListener second() {
			return new Listener("second");
		}

		@Bean
		@Order(1)
		SpoeServerListener first() {
			return new Listener("first");
		}

		private final class Listener implements SpoeServerListener {

			private final String name;

			private Listener(String name) {
				this.name = name;
			}

			@Override
			public void connectionOpened(SocketAddress peer) {
				Listeners.this.told.add(this.name + " opened " + peer);
			}

			@Override
			public void connectionAgreed(SocketAddress peer, SpoeAgreement agreement) {
				Listeners.this.told.add(this.name + " agreed " + peer + " " + agreement.engineId());
			}

			@Override
			public void connectionClosed(SocketAddress peer, SpoeCloseReason reason) {
				Listeners.this.told.add(this.name + " closed " + peer + " " + reason.cause() + " " + reason.status()
						+ " " + reason.text());
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SpoeServerAutoConfiguration.class, TaskExecutionAutoConfiguration.class })
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

	}

}
