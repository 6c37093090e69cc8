/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.task.TaskDecorator;

import io.github.spoe.SpoeAckTooLargeException;
import io.github.spoe.SpoeExecution;
import io.github.spoe.SpoeOverloadException;
import io.github.spoe.SpoeTimeoutException;
import io.github.spoe.server.DurationRecorder;
import io.github.spoe.server.SpoeDispatcher;
import io.github.spoe.server.SpoeExchange;
import io.github.spoe.server.SpoeFault;
import io.github.spoe.server.SpoeMetrics;
import io.github.spoe.server.SpoeOutcome;
import io.github.spoe.server.SpoeWarmup;

/**
 * {@link SpoeDispatcher} that calls the methods annotated with
 * {@link io.github.spoe.SpoeMessageHandler @SpoeMessageHandler}.
 * <p>
 * As long as the messages of an exchange have handlers that are done when they return to
 * the event loop, nothing is copied or handed over. From the first other one on, an
 * {@link ExchangeRunner} carries on.
 *
 * @since 0.1.0
 */
public class HandlerMethodDispatcher implements SpoeDispatcher {

	private static final Log logger = LogFactory.getLog(HandlerMethodDispatcher.class);

	private final HandlerTable handlers;

	private final @Nullable Supplier<SpoeWarmup> warmup;

	private final Executor workers;

	private final Executor background;

	private final @Nullable TaskDecorator taskDecorator;

	private final ExchangeRunner runner = new ExchangeRunner(this);

	private final SpoeMetrics metrics;

	private final DurationRecorder unhandled;

	private final UnknownMessages unknownMessages = new UnknownMessages();

	private HandlerMethodDispatcher(Builder builder) {
		HandlerMethodFactory factory = builder.factory();
		HandlerMethods methods = HandlerMethods.find(builder.beanFactory, factory);
		this.metrics = builder.metrics;
		this.handlers = new HandlerTable(methods.byMessage(), this.metrics);
		this.warmup = () -> new HandlerWarmup(methods, factory, this.metrics.discarding());
		this.workers = builder.workers;
		this.background = builder.background;
		this.taskDecorator = builder.taskDecorator;
		this.unhandled = this.metrics.message(null, SpoeOutcome.UNHANDLED, null);
		if (this.handlers.isEmpty()) {
			logger.warn("No bean has a method with @SpoeMessageHandler: "
					+ "all messages will be acknowledged without variables");
		}
	}

	/**
	 * Create a new dispatcher for a warm-up, which does as any other but logs nothing.
	 * @param handlers the messages
	 * @param workers what runs methods that may block
	 */
	HandlerMethodDispatcher(HandlerTable handlers, Executor workers) {
		this.handlers = handlers;
		this.workers = workers;
		this.background = workers;
		this.taskDecorator = null;
		this.metrics = SpoeMetrics.NONE;
		this.unhandled = DurationRecorder.NONE;
		this.warmup = null;
	}

	/**
	 * Return what builds a dispatcher for the handler methods of all beans.
	 * @param beanFactory the bean factory
	 * @param workers what runs methods that may block
	 * @return the builder
	 */
	public static Builder builder(ConfigurableListableBeanFactory beanFactory, Executor workers) {
		return new Builder(beanFactory, workers);
	}

	@Override
	public @Nullable SpoeWarmup warmup() {
		return (this.warmup != null) ? this.warmup.get() : null;
	}

	// Not a class of its own: the JIT compiler would foresee that class for real
	// messages.
	boolean isQuiet() {
		return this.warmup == null;
	}

	@Override
	public void dispatch(SpoeExchange exchange) {
		HandledMessage message = next(exchange);
		while (message != null) {
			if (!message.handler().isInline()) {
				SpoeExchange detached = exchange.detach();
				if (detached != null) {
					this.runner.start(detached, message);
					return;
				}
				rejected(exchange, message, "Too many messages are in flight", null);
			}
			else {
				try {
					exchange.started();
					message.handler().invoke(exchange, null);
					answered(exchange, message);
				}
				catch (Throwable ex) {
					failed(exchange, message, ex);
				}
			}
			message = next(exchange);
		}
		exchange.complete();
	}

	/**
	 * Return where the handler of a message is called.
	 * @param message the message
	 * @return the executor, {@code null} for the event loop
	 */
	@Nullable Executor place(HandledMessage message) {
		HandlerMethod handler = message.handler();
		if (handler.isOnEventLoop()) {
			return null;
		}
		Executor own = handler.executor();
		return (own != null && !isQuiet()) ? own : this.workers;
	}

	/**
	 * Go to the next message that has a handler to wait for.
	 * @param exchange the exchange
	 * @return the message, or {@code null} if none is left
	 */
	@Nullable HandledMessage next(SpoeExchange exchange) {
		while (exchange.next()) {
			String name = exchange.getMessageName();
			HandledMessage message = this.handlers.get(name);
			if (message == null) {
				exchange.finished(SpoeOutcome.UNHANDLED, this.unhandled);
				this.unknownMessages.add(name);
			}
			else if (message.isInBackground()) {
				BackgroundCall call = new BackgroundCall(message, exchange, this.taskDecorator);
				exchange.afterAck(() -> call.submit(backgroundOf(message)));
			}
			else {
				return message;
			}
		}
		return null;
	}

	/**
	 * Let a task have the context of this thread.
	 * @param task what another thread is to run
	 * @return what to hand over
	 */
	Runnable decorate(Runnable task) {
		return (this.taskDecorator != null) ? this.taskDecorator.decorate(task) : task;
	}

	private Executor backgroundOf(HandledMessage message) {
		Executor own = message.handler().executor();
		return (own != null) ? own : this.background;
	}

	/**
	 * Say that the current message of an exchange is answered.
	 * @param exchange the exchange
	 * @param handled the message
	 */
	void answered(SpoeExchange exchange, HandledMessage handled) {
		exchange.finished(SpoeOutcome.SUCCESS, handled.success());
	}

	/**
	 * Answer the current message of an exchange, whose handler has failed.
	 * @param exchange the exchange
	 * @param message the message
	 * @param ex the failure
	 */
	void failed(SpoeExchange exchange, HandledMessage message, Throwable ex) {
		Throwable cause = (ex instanceof CompletionException) ? Objects.requireNonNullElse(ex.getCause(), ex) : ex;
		failed(exchange, message, (cause instanceof TimeoutException) ? SpoeOutcome.TIMEOUT : SpoeOutcome.ERROR, cause);
	}

	/**
	 * Answer the current message of an exchange, whose handler is not called.
	 * @param exchange the exchange
	 * @param message the message
	 * @param reason the reason
	 * @param cause what has led to it, or {@code null}
	 */
	void rejected(SpoeExchange exchange, HandledMessage message, String reason, @Nullable Throwable cause) {
		failed(exchange, message, SpoeOutcome.REJECTED, new SpoeOverloadException(reason, cause));
	}

	/**
	 * Answer the current message of an exchange, whose deadline has passed.
	 * @param exchange the exchange
	 * @param message the message
	 */
	void timedOut(SpoeExchange exchange, HandledMessage message) {
		failed(exchange, message, SpoeOutcome.TIMEOUT, new SpoeTimeoutException(
				"Not done within " + Duration.ofNanos(message.timeoutNanos()).toMillis() + " ms of the NOTIFY"));
	}

	/**
	 * Count a handler that came to its end after its deadline.
	 */
	void late() {
		this.metrics.fault(SpoeFault.LATE_RESULT);
	}

	private void failed(SpoeExchange exchange, HandledMessage message, SpoeOutcome outcome, Throwable cause) {
		exchange.rollback();
		boolean answered = !isQuiet() && message.answerFailure(exchange, cause);
		exchange.finished(outcome, message.failure(outcome, cause));
		// The exchange has told of variables that did not fit.
		if (!answered && !isQuiet() && !(cause instanceof SpoeAckTooLargeException)) {
			message.failureLog().add(outcome, cause);
		}
	}

	/**
	 * Builds a dispatcher for the handler methods of all beans.
	 */
	public static final class Builder {

		private final ConfigurableListableBeanFactory beanFactory;

		private final Executor workers;

		private Executor background;

		private ConversionService conversionService = ApplicationConversionService.getSharedInstance();

		private SpoeExecution execution = SpoeExecution.AUTO;

		private Duration timeout = Duration.ofSeconds(1);

		private List<SpoeHandlerMethodArgumentResolver> argumentResolvers = List.of();

		private List<SpoeMessageInterceptor> interceptors = List.of();

		private @Nullable TaskDecorator taskDecorator;

		private boolean mdc;

		private SpoeMetrics metrics = SpoeMetrics.NONE;

		private Builder(ConfigurableListableBeanFactory beanFactory, Executor workers) {
			this.beanFactory = beanFactory;
			this.workers = workers;
			this.background = workers;
		}

		/**
		 * Set what converts arguments to types that the wire does not have.
		 * @param conversionService the conversion service, that of Spring Boot if it is
		 * not set
		 * @return this builder
		 */
		public Builder conversionService(ConversionService conversionService) {
			this.conversionService = conversionService;
			return this;
		}

		/**
		 * Set where methods run that do not say it.
		 * @param execution the execution, by the return type if it is not set
		 * @return this builder
		 */
		public Builder execution(SpoeExecution execution) {
			this.execution = execution;
			return this;
		}

		/**
		 * Set how long methods may take that do not say it.
		 * @param timeout the time from the arrival of the NOTIFY frame, 0 for no limit; a
		 * second if it is not set
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = timeout;
			return this;
		}

		/**
		 * Set what runs methods whose messages are acknowledged before.
		 * @param background the executor, which rejects what it cannot take; the workers
		 * if it is not set
		 * @return this builder
		 */
		public Builder background(Executor background) {
			this.background = background;
			return this;
		}

		/**
		 * Set what resolves parameters that this library does not know.
		 * @param argumentResolvers the resolvers, in their order
		 * @return this builder
		 */
		public Builder argumentResolvers(List<SpoeHandlerMethodArgumentResolver> argumentResolvers) {
			this.argumentResolvers = List.copyOf(argumentResolvers);
			return this;
		}

		/**
		 * Set what is called before and after each handler method.
		 * @param interceptors the interceptors, in their order
		 * @return this builder
		 */
		public Builder interceptors(List<SpoeMessageInterceptor> interceptors) {
			this.interceptors = List.copyOf(interceptors);
			return this;
		}

		/**
		 * Set what lets a thread that handles a message have the context of the one that
		 * hands it over, such as its thread-locals.
		 * @param taskDecorator decorates what is handed over, {@code null} for nothing as
		 * if it is not set
		 * @return this builder
		 */
		public Builder taskDecorator(@Nullable TaskDecorator taskDecorator) {
			this.taskDecorator = taskDecorator;
			return this;
		}

		/**
		 * Set whether SLF4J's MDC tells what a method is called for, which needs SLF4J on
		 * the class path.
		 * @param mdc whether to put {@link SpoeMdc} there, {@code false} if it is not set
		 * @return this builder
		 */
		public Builder mdc(boolean mdc) {
			this.mdc = mdc;
			return this;
		}

		/**
		 * Set what messages are measured with.
		 * @param metrics the metrics, none if they are not set
		 * @return this builder
		 */
		public Builder metrics(SpoeMetrics metrics) {
			this.metrics = metrics;
			return this;
		}

		/**
		 * Find the handler methods.
		 * @return the dispatcher
		 * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a
		 * method has a mistake
		 */
		public HandlerMethodDispatcher build() {
			return new HandlerMethodDispatcher(this);
		}

		private HandlerMethodFactory factory() {
			ArgumentResolvers resolvers = new ArgumentResolvers(this.conversionService,
					this.beanFactory::resolveEmbeddedValue, this.argumentResolvers);
			HandlerSettingsReader settings = new HandlerSettingsReader(this.beanFactory, this.execution, this.timeout);
			HandlerInvoker interceptors = this.interceptors.isEmpty() ? null : new InterceptorChain(this.interceptors);
			return new HandlerMethodFactory(resolvers, settings, withMdc(interceptors), withMdc(null));
		}

		private @Nullable HandlerInvoker withMdc(@Nullable HandlerInvoker invoker) {
			return this.mdc ? new MdcInvoker(Objects.requireNonNullElse(invoker, HandlerInvoker.DIRECT)) : invoker;
		}

	}

}
