/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a handler method, or a component of a record with
 * {@link SpoeArgs @SpoeArgs}, to an argument of the message.
 * <p>
 * Taken from the wire as they are:
 * <ul>
 * <li>{@code boolean} from BOOL;</li>
 * <li>{@code byte}, {@code short}, {@code char}, {@code int}, {@code long} and
 * {@code BigInteger} from integers of any width: one that does not fit is an error;</li>
 * <li>{@code String}, {@code byte[]} and a read-only {@code ByteBuffer} from STRING and
 * BINARY;</li>
 * <li>{@code InetAddress}, {@code Inet4Address} and {@code Inet6Address} from IPV4, IPV6,
 * and STRING with an address literal: DNS is never asked;</li>
 * <li>{@code X509Certificate} from BINARY in DER, as {@code ssl_c_der} fetches it;</li>
 * <li>{@code MultiValueMap<String, String>}, {@code Map<String, List<String>>} and, if
 * spring-web is there, {@code HttpHeaders} from a header block: BINARY as
 * {@code req.hdrs_bin} fetches it, or STRING as {@code req.hdrs} does. Names are
 * case-insensitive, and keep their order.</li>
 * </ul>
 * All else goes through the application's {@code ConversionService}: other wire types
 * (addresses as text), and other Java types, such as enums, {@code UUID},
 * {@code Duration} and {@code URI}. What a parameter got stays valid for as long as it is
 * held.
 * <p>
 * An argument that HAProxy could not fetch arrives as NULL and counts as absent. An
 * absent argument is an error unless the parameter is an {@code Optional}, is marked
 * {@code @Nullable}, is not {@link #required() required} or has a {@link #defaultValue()
 * default}.
 * <p>
 * In Kotlin, a type that allows null stands for {@code @Nullable}, and a parameter with a
 * default value takes it when the argument is absent and the annotation has no other. A
 * parameter of a value class is bound as what the class wraps, and made by its primary
 * constructor, which must be public.
 *
 * @since 0.1.0
 */
@Target({ ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SpoeArg {

	/**
	 * Stands for "no default value", as annotations cannot hold {@code null}.
	 */
	String NO_DEFAULT = "\n\t\t\n\t\t\n\uE000\uE001\uE002\n\t\t\t\t\n";

	/**
	 * Name of the argument, as the {@code args} line of HAProxy's configuration says it.
	 * If several arguments have the name, the first is taken.
	 * @return the name, or empty for the name of the parameter
	 */
	String value() default "";

	/**
	 * Whether an absent argument is an error. If not, the parameter is {@code null}.
	 * @return whether the argument is required
	 */
	boolean required() default true;

	/**
	 * Value for an absent argument, converted to the type of the parameter. Placeholders
	 * are resolved.
	 * @return the default value
	 */
	String defaultValue() default NO_DEFAULT;

	/**
	 * Name of the charset of text, such as {@code ISO_8859_1}. What is malformed in it is
	 * replaced.
	 * @return the charset, or empty for UTF-8, and ISO-8859-1 for header blocks
	 */
	String charset() default "";

}
