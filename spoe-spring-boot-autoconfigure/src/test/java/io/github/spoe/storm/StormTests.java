/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.storm;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

import io.github.spoe.server.LogRecorder;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.RawFrames;
import io.github.spoe.storm.Tally.Event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what many peers that misbehave do to an agent: nothing that lasts. Small
 * storms, with short timeouts, unless {@code -Dstorms=full} asks for large ones, with the
 * properties as they are by default; they print what they measure.
 */
@Timeout(180)
class StormTests {

	static final boolean FULL = "full".equals(System.getProperty("storms"));

	private static final String[] PROPERTIES = FULL ? new String[0] : new String[] { "spoe.server.timeout.hello=500ms",
			"spoe.server.timeout.partial-frame=500ms", "spoe.server.timeout.write=500ms" };

	/**
	 * Kinds of warnings that peers can cause, each of which is logged 5 times in 10
	 * seconds.
	 */
	private static final int WARNING_KINDS = 8;

	/**
	 * Each connection takes a file descriptor here and one in the agent.
	 */
	private static final int MAX_OPEN = 7000;

	private static final long SEED = 20_251_125;

	private final Tally tally = new Tally();

	private final Random random = new Random(SEED);

	private Map<String, Long> faults = Map.of();

	private String figures = "";

	@Test
	void connectsOfWhichHalfSendGarbage() throws Exception {
		int rate = FULL ? 2000 : 500;
		int connects = FULL ? 20 * rate : rate;
		run("connects", connects, (agent, count) -> {
			Garbage garbage = new Garbage(this.random);
			try (Swarm swarm = new Swarm(this.tally, agent.port(), MAX_OPEN)) {
				Swarm.Pace pace = new Swarm.Pace(rate);
				for (int i = 0; i < count; i++) {
					pace.awaitNext();
					swarm.connect((i % 2 == 0) ? new SpeakingPeer(this.tally, garbage.next(), true) : goodPeer(i));
				}
				this.figures = "connects/s " + pace.reached() + " (wanted " + rate + ")";
				waiting().until(() -> swarm.open() == 0);
			}
		});
		long notifies = this.tally.count(Event.NOTIFIES);
		assertThat(this.tally.count(Event.ANSWERED)).isEqualTo(notifies);
		// An agent that is slow may have too many connections that are closed already.
		long refused = this.faults.getOrDefault(SpoeFault.CONNECTION_REFUSED.name(), 0L);
		assertThat(notifies + refused).isGreaterThan(connects / 4 * 9 / 10);
	}

	private Peer goodPeer(int number) {
		return switch (number % 8) {
			case 1 -> new AskingPeer(this.tally, StormAgent.INLINE, number);
			case 3 -> new SilentPeer(this.tally, false);
			case 5 -> new AskingPeer(this.tally, StormAgent.WORKER, number);
			default -> new SilentPeer(this.tally, true);
		};
	}

	@Test
	void halfOpenHellos() throws Exception {
		int hellos = FULL ? 5000 : 1000;
		run("half-open HELLOs", hellos, (agent, count) -> {
			Garbage garbage = new Garbage(this.random);
			try (Swarm swarm = new Swarm(this.tally, agent.port(), MAX_OPEN)) {
				for (int i = 0; i < count; i++) {
					swarm.connect(new SpeakingPeer(this.tally, garbage.cutHello(), true));
				}
				AtomicLong most = new AtomicLong();
				waiting().until(() -> {
					most.accumulateAndGet(agent.channels(), Math::max);
					return swarm.open() == 0;
				});
				this.figures = "most channels at a time " + most.get();
			}
		});
		assertThat(this.tally.count(Event.CONNECTED)).isEqualTo(hellos);
		assertThat(this.tally.count(Event.DISCONNECTED)).isEqualTo(hellos);
		assertThat(this.faults).isEqualTo(Map.of(SpoeFault.TIMEOUT.name(), (long) hellos));
	}

	@Test
	void peersThatDoNotRead() throws Exception {
		int peers = FULL ? 500 : 20;
		run("peers that do not read", peers, (agent, count) -> {
			byte[] inline = questions(StormAgent.LARGE);
			byte[] worker = questions(StormAgent.LARGE_WORKER);
			int idle = agent.channels();
			try (Swarm swarm = new Swarm(this.tally, agent.port(), MAX_OPEN)) {
				for (int i = 0; i < count; i++) {
					swarm.connect(new SpeakingPeer(this.tally, (i % 2 == 0) ? inline : worker, false));
				}
				waiting().until(() -> this.tally.count(Event.CONNECTED) == count);
				AtomicLong most = new AtomicLong();
				waiting().until(() -> {
					most.accumulateAndGet(StormAgent.buffers(), Math::max);
					return agent.channels() == idle;
				});
				this.figures = "most in buffers %.0f MB".formatted(most.get() / 1024.0 / 1024);
			}
		});
		assertThat(this.faults).isEqualTo(Map.of(SpoeFault.TIMEOUT.name(), (long) peers));
	}

	// More than sockets take.
	private static byte[] questions(String message) {
		ByteWriter out = new ByteWriter(64 * 1024);
		RawFrames.bytes(Peer.HELLO).accept(out);
		for (int stream = 1; stream <= 1000; stream++) {
			Peer.question(message, stream).write(out);
		}
		return out.toByteArray(0);
	}

	@Test
	void peersThatDisconnectWithNotifysInFlight() throws Exception {
		int notifies = FULL ? 200_000 : 5000;
		run("NOTIFYs with disconnects", notifies, (agent, count) -> {
			long start = System.nanoTime();
			try (Swarm swarm = new Swarm(this.tally, agent.port(), 64)) {
				for (int left = count; left > 0;) {
					int some = Math.min(left, 1 + this.random.nextInt(200));
					left -= some;
					swarm.connect(new FicklePeer(this.tally, new Random(this.random.nextLong()), some));
				}
				waiting().until(() -> swarm.open() == 0);
			}
			this.figures = "NOTIFYs/s "
					+ this.tally.count(Event.NOTIFIES) * 1_000_000_000L / (System.nanoTime() - start);
		});
		assertThat(this.tally.count(Event.NOTIFIES)).isEqualTo(notifies);
		assertThat(this.tally.count(Event.ANSWERED)).isGreaterThan(notifies / 2);
		assertThat(this.faults).isEmpty();
	}

	private static ConditionFactory waiting() {
		return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(60));
	}

	private void run(String name, int count, Storm storm) throws Exception {
		long start = System.nanoTime();
		try (LogRecorder log = LogRecorder.open(Logger.ROOT_LOGGER_NAME, Level.WARN);
				StormAgent agent = new StormAgent(PROPERTIES);
				GoodClient client = GoodClient.connect(agent.port())) {
			client.ask();
			// So that what is made once is there before.
			client.askDuring(() -> storm.run(agent, Math.min(count, 200)));
			this.tally.clear();
			Map<String, Long> faults = agent.faults();
			Usage before = agent.usageWhenIdle();
			GoodClient.Latencies latencies = client.askDuring(() -> storm.run(agent, count));
			Usage after = agent.usageWhenBackAt(before);
			this.faults = agent.faults();
			faults.forEach((fault, times) -> this.faults.merge(fault, -times, Long::sum));
			this.faults.values().removeIf((times) -> times == 0);
			if (FULL) {
				report(name, latencies, before, after, log);
			}
			assertThat(after).matches((usage) -> StormAgent.isBackAt(usage, before), "is back at " + before);
			client.ask();
			try (GoodClient other = GoodClient.connect(agent.port())) {
				other.ask();
			}
			assertThat(this.tally.count(Event.LOST)).isZero();
			assertThat(this.tally.count(Event.WRONG)).isZero();
			assertThat(log.events(Level.ERROR)).isEmpty();
			long intervals = 1 + Duration.ofNanos(System.nanoTime() - start).toSeconds() / 10;
			assertThat(log.events(Level.WARN)).hasSizeLessThanOrEqualTo((int) (5 * WARNING_KINDS * intervals));
		}
	}

	private void report(String name, GoodClient.Latencies latencies, Usage before, Usage after, LogRecorder log) {
		System.out.printf(
				"Storm of %s: %s%n  peers: %s%n  faults: %s%n  good client: %s%n  before: %s%n  after:  %s%n"
						+ "  log: %d ERROR, %d WARN%n",
				name, this.figures, this.tally, this.faults, latencies, before, after, log.events(Level.ERROR).size(),
				log.events(Level.WARN).size());
	}

	/**
	 * A storm of some size.
	 */
	private interface Storm {

		void run(StormAgent agent, int count) throws Exception;

	}

}
