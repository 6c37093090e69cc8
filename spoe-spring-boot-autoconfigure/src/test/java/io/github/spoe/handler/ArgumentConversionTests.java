/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe.handler;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.MethodParameter;
import org.springframework.core.StandardReflectionParameterNameDiscoverer;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import io.github.spoe.SpoeArg;
import io.github.spoe.SpoeArgumentException;
import io.github.spoe.SpoeMessage;
import io.github.spoe.server.netty.NotifyMessages;
import io.github.spoe.spop.ByteWriter;
import io.github.spoe.spop.DataType;
import io.github.spoe.spop.TypedData;
import io.github.spoe.spop.TypedDataCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what each Java type gets from each type of the wire.
 */
class ArgumentConversionTests {

	private static final String ADDRESS_TYPES = "IPV4, IPV6 or an address as STRING";

	private static final String NO_ADDRESS = " and no address (expected: " + ADDRESS_TYPES + ")";

	private static final TypedData IPV4 = TypedData.of(address(192, 0, 2, 1));

	private static final TypedData IPV6 = TypedData
		.of(address(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

	private static final TypedData MAPPED = new TypedData(DataType.IPV6,
			address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1));

	private static final TypedData CERTIFICATE = TypedData.of(Certificates.der());

	private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

	private static final TypedData HEADERS_BINARY = TypedData
		.of("\4Host\1a\6accept\1b\4hOST\2\u00e4\0\0".getBytes(StandardCharsets.UTF_8));

	private static final TypedData HEADERS_TEXT = TypedData.of("Host: a\r\naccept: b\r\nhOST: \u00e4\r\n\r\n");

	/**
	 * What a conversion that does not name a type of the wire is to refuse.
	 */
	private static final List<TypedData> EVERY_TYPE = List.of(TypedData.of(true), integer(DataType.INT32, 7),
			integer(DataType.UINT32, 8), TypedData.of(9), integer(DataType.UINT64, 10), IPV4, IPV6,
			TypedData.of("s3cret"), TypedData.of(new byte[] { 5, 6, 7 }));

	@ParameterizedTest(name = "{0}")
	@MethodSource("conversions")
	void convert(Conversion conversion) throws Throwable {
		assertThat(conversion.bind()).isEqualTo(conversion.expected());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refusals")
	void refuse(Conversion conversion) {
		SpoeArgumentException failure = catchThrowableOfType(SpoeArgumentException.class, conversion::bind);
		assertThat(failure).as(conversion.toString())
			.isNotNull()
			.hasMessage("Argument 'value' of message 'message' is " + conversion.value().type() + conversion.expected())
			.hasNoCause();
		assertThat(failure.getMessageName()).isEqualTo("message");
		assertThat(failure.getArgumentName()).isEqualTo("value");
		assertThat(failure.getActualType()).hasToString(conversion.value().type().name());
	}

	static Stream<Conversion> conversions() {
		return types().flatMap((type) -> type.conversions.stream());
	}

	static Stream<Conversion> refusals() {
		return types().flatMap((type) -> type.refusals().stream());
	}

	static Stream<JavaType> types() {
		return Stream.of(numbers(), text(), addresses(), others(), headers()).flatMap((types) -> types);
	}

	private static Stream<JavaType> numbers() {
		return Stream.of(
				new JavaType("primitiveBoolean", "boolean").accepts(TypedData.of(true), true)
					.accepts(TypedData.of(false), false)
					.accepts(TypedData.of("off"), false)
					.refuses(TypedData.of("")),
				new JavaType("primitiveByte", "byte").acceptsIntegers(-128, (byte) -128, 127, (byte) 127)
					.accepts(TypedData.of("12"), (byte) 12)
					.refuses(TypedData.of(128))
					.refuses(TypedData.of(-129))
					.refuses(TypedData.of("128"))
					.refuses(TypedData.of(1L << 40), " and does not fit in an int"),
				new JavaType("primitiveShort", "short").acceptsIntegers(-32768, (short) -32768, 32767, (short) 32767)
					.accepts(TypedData.of("12"), (short) 12)
					.refuses(TypedData.of(32768))
					.refuses(TypedData.of(-32769)),
				new JavaType("primitiveChar", "char").accepts(TypedData.of(0), '\0')
					.accepts(integer(DataType.INT32, 65535), '\uffff')
					.accepts(integer(DataType.UINT32, 65), 'A')
					.accepts(integer(DataType.UINT64, 65), 'A')
					.accepts(TypedData.of("x"), 'x')
					.refuses(TypedData.of(65536))
					.refuses(TypedData.of(-1))
					.refuses(TypedData.of("xy")),
				new JavaType("primitiveInt", "int")
					.acceptsIntegers(Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)
					.accepts(TypedData.of("-12"), -12)
					.refuses(TypedData.of(1L << 31), " and does not fit in an int")
					.refuses(integer(DataType.UINT32, 1L << 31), " and does not fit in an int")
					.refuses(integer(DataType.UINT64, -1), " and does not fit in a long")
					.refuses(TypedData.of("2147483648"))
					.refuses(TypedData.of("")),
				new JavaType("primitiveLong", "long")
					.acceptsIntegers(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)
					.acceptsIntegers(-5, -5L, 6, 6L)
					.accepts(TypedData.of("12"), 12L)
					.refuses(integer(DataType.UINT64, Long.MIN_VALUE), " and does not fit in a long")
					.refuses(integer(DataType.UINT64, -1), " and does not fit in a long"),
				new JavaType("boxedInteger", "java.lang.Integer").acceptsIntegers(-1, -1, 1, 1)
					.accepts(TypedData.of("12"), 12)
					.refuses(TypedData.of(""), " and is converted to null (expected: java.lang.Integer)"),
				new JavaType("bigInteger", "java.math.BigInteger")
					.acceptsIntegers(-5, BigInteger.valueOf(-5), 6, BigInteger.valueOf(6))
					.accepts(integer(DataType.UINT64, -1), new BigInteger("18446744073709551615"))
					.accepts(TypedData.of("18446744073709551616"), new BigInteger("18446744073709551616")),
				new JavaType("bigDecimal", "java.math.BigDecimal")
					.acceptsIntegers(-5, new BigDecimal(-5), 6, new BigDecimal(6))
					.accepts(integer(DataType.UINT64, -1), new BigDecimal("18446744073709551615"))
					.accepts(TypedData.of("0.1"), new BigDecimal("0.1")),
				new JavaType("primitiveDouble", "double").acceptsIntegers(-5, -5.0, 6, 6.0)
					.accepts(integer(DataType.UINT64, -1), 0x1p64)
					.accepts(TypedData.of("1.5"), 1.5));
	}

	private static Stream<JavaType> text() {
		return Stream.of(
				new JavaType("string", "java.lang.String").accepts(TypedData.of("Zürich"), "Zürich")
					.accepts(TypedData.of(""), "")
					.accepts(string(0x61, 0xff, 0x62), "a\ufffdb")
					.accepts(binary(0x61, 0xff, 0x62), "a\ufffdb")
					.accepts(TypedData.of(true), "true")
					.acceptsIntegers(-5, "-5", 6, "6")
					.accepts(integer(DataType.UINT64, -1), "18446744073709551615")
					.accepts(IPV4, "192.0.2.1")
					.accepts(IPV6, "2001:db8:0:0:0:0:0:1"),
				new JavaType("latin1", "java.lang.String").accepts(string(0x61, 0xff, 0x62), "a\u00ffb")
					.accepts(binary(0x61, 0xff, 0x62), "a\u00ffb")
					.accepts(TypedData.of(true), "true")
					.acceptsIntegers(-5, "-5", 6, "6")
					.accepts(IPV4, "192.0.2.1")
					.accepts(IPV6, "2001:db8:0:0:0:0:0:1"),
				new JavaType("latin1List", "java.util.List<java.lang.String>")
					.accepts(string(0xe4, ',', 0xf6), List.of("\u00e4", "\u00f6"))
					.accepts(TypedData.of(true), List.of("true"))
					.acceptsIntegers(-5, List.of("-5"), 6, List.of("6"))
					.accepts(IPV4, List.of("192.0.2.1"))
					.accepts(IPV6, List.of("2001:db8:0:0:0:0:0:1"))
					.accepts(binary(1, 2), List.of("1", "2")),
				new JavaType("bytes", "byte[]").expects("BINARY or STRING")
					.accepts(binary(0, 0xff), new byte[] { 0, -1 })
					.accepts(string(0x61, 0xff), new byte[] { 0x61, -1 })
					.accepts(binary(), new byte[0]),
				new JavaType("buffer", "java.nio.ByteBuffer").expects("BINARY or STRING")
					.accepts(binary(0, 0xff), ByteBuffer.wrap(new byte[] { 0, -1 }))
					.accepts(string(0x61, 0xff), ByteBuffer.wrap(new byte[] { 0x61, -1 })));
	}

	private static Stream<JavaType> addresses() {
		return Stream.of(
				new JavaType("inetAddress", "java.net.InetAddress").expects(ADDRESS_TYPES)
					.accepts(IPV4, IPV4.value())
					.accepts(IPV6, IPV6.value())
					.accepts(MAPPED, MAPPED.value())
					.accepts(TypedData.of("192.0.2.1"), IPV4.value())
					.accepts(TypedData.of("2001:db8::1"), IPV6.value())
					.accepts(TypedData.of("::ffff:192.0.2.1"), MAPPED.value())
					.refuses(TypedData.of("localhost"), NO_ADDRESS)
					.refuses(TypedData.of("s3cret"), NO_ADDRESS)
					.refuses(TypedData.of(""), NO_ADDRESS),
				new JavaType("inet4Address", "java.net.Inet4Address").expects(ADDRESS_TYPES)
					.accepts(IPV4, IPV4.value())
					.accepts(TypedData.of("192.0.2.1"), IPV4.value())
					.refuses(TypedData.of("2001:db8::1"))
					.refuses(MAPPED)
					.refuses(TypedData.of("localhost"), NO_ADDRESS)
					.refuses(TypedData.of("s3cret"), NO_ADDRESS),
				new JavaType("inet6Address", "java.net.Inet6Address").expects(ADDRESS_TYPES)
					.accepts(IPV6, IPV6.value())
					.accepts(MAPPED, MAPPED.value())
					.accepts(TypedData.of("2001:db8::1"), IPV6.value())
					.refuses(IPV4, " and cannot be converted to java.net.Inet6Address")
					.refuses(TypedData.of("192.0.2.1"))
					.refuses(TypedData.of("localhost"), NO_ADDRESS)
					.refuses(TypedData.of("s3cret"), NO_ADDRESS),
				new JavaType("optionalAddress", "java.net.InetAddress").expects(ADDRESS_TYPES)
					.accepts(IPV4, Optional.of(IPV4.value()))
					.accepts(IPV6, Optional.of(IPV6.value()))
					.refuses(TypedData.of("localhost"), NO_ADDRESS)
					.refuses(TypedData.of("s3cret"), NO_ADDRESS),
				new JavaType("addresses", "java.util.List<java.net.InetAddress>").accepts(IPV4, List.of(IPV4.value()))
					.accepts(IPV6, List.of(IPV6.value()))
					.accepts(TypedData.of("192.0.2.1, 2001:db8::1"), List.of(IPV4.value(), IPV6.value()))
					.accepts(TypedData.of("::ffff:192.0.2.1"), List.of(MAPPED.value()))
					.refuses(TypedData.of("192.0.2.1,localhost"))
					.refuses(TypedData.of("1"))
					.refuses(TypedData.of("127.1"))
					.refuses(TypedData.of("192.0.2.256"))
					.refuses(TypedData.of("abc"))
					.refuses(TypedData.of("a:b")),
				new JavaType("ipv6Addresses", "java.net.Inet6Address[]").accepts(IPV6, new Object[] { IPV6.value() })
					.accepts(TypedData.of("::ffff:192.0.2.1"), new Object[] { MAPPED.value() })
					.refuses(TypedData.of("192.0.2.1"))
					.refuses(TypedData.of("localhost")),
				new JavaType("addressBook", "io.github.spoe.handler.ArgumentConversionTests$AddressBook")
					.accepts(IPV4, List.of(IPV4.value()))
					.accepts(IPV6, List.of(IPV6.value()))
					.refuses(TypedData.of("localhost")));
	}

	private static Stream<JavaType> others() {
		return Stream.of(
				new JavaType("stage", "io.github.spoe.handler.ArgumentConversionTests$Stage")
					.accepts(TypedData.of("FIRST"), Stage.FIRST)
					.accepts(TypedData.of("second-one"), Stage.SECOND_ONE)
					.refuses(TypedData.of("third")),
				new JavaType("uuid", "java.util.UUID").accepts(TypedData.of(ID.toString()), ID)
					.refuses(TypedData.of("1")),
				new JavaType("duration", "java.time.Duration").accepts(TypedData.of("5s"), Duration.ofSeconds(5))
					.acceptsIntegers(-5, Duration.ofMillis(-5), 6, Duration.ofMillis(6))
					.refuses(integer(DataType.UINT64, -1)),
				new JavaType("uri", "java.net.URI").accepts(TypedData.of("/a?b"), URI.create("/a?b"))
					.accepts(IPV4, URI.create("192.0.2.1"))
					.refuses(TypedData.of("a b")),
				new JavaType("integers", "java.util.Set<java.lang.Integer>")
					.accepts(TypedData.of("1,2"), new LinkedHashSet<>(List.of(1, 2)))
					.acceptsIntegers(-5, Set.of(-5), 6, Set.of(6))
					.accepts(binary(1, 2), Set.of(1, 2))
					.refuses(TypedData.of("1,x"))
					.refuses(TypedData.of(1L << 31)),
				new JavaType("certificate", "java.security.cert.X509Certificate")
					.accepts(CERTIFICATE, Certificates.certificate())
					.refuses(TypedData.of(Certificates.pem()))
					.refuses(TypedData.of(Certificates.pem().getBytes(StandardCharsets.US_ASCII)))
					.refuses(TypedData.of(Arrays.copyOf(Certificates.der(), Certificates.der().length - 1)))
					.refuses(TypedData.of(Arrays.copyOf(Certificates.der(), Certificates.der().length + 1)))
					.refuses(binary()));
	}

	private static Stream<JavaType> headers() {
		MultiValueMap<String, String> latin1 = new LinkedMultiValueMap<>(
				Map.of("Host", List.of("a", "\u00c3\u00a4"), "accept", List.of("b")));
		MultiValueMap<String, String> utf8 = new LinkedMultiValueMap<>(
				Map.of("Host", List.of("a", "\u00e4"), "accept", List.of("b")));
		return Stream.of(
				headers("multiValueMap", "org.springframework.util.MultiValueMap<java.lang.String, java.lang.String>",
						latin1),
				headers("mapOfLists", "java.util.Map<java.lang.String, java.util.List<java.lang.String>>", latin1),
				headers("httpHeaders", "org.springframework.http.HttpHeaders", new HttpHeaders(latin1)),
				headers("utf8Headers", "org.springframework.http.HttpHeaders", new HttpHeaders(utf8)));
	}

	private static JavaType headers(String method, String name, Object expected) {
		return new JavaType(method, name).expects("BINARY or STRING")
			.accepts(HEADERS_BINARY, expected)
			.accepts(HEADERS_TEXT, expected)
			.refuses(TypedData.of("s3cret"), ", and its header block is cut short")
			.refuses(TypedData.of("s3cret\r\n\r\n"), ", and its header block has a header without a name")
			.refuses(TypedData.of("a: b\r\n\r\ns3cret"), ", and its header block goes on after its end")
			.refuses(binary(5, 6, 7), ", and its header block is cut short")
			.refuses(binary(0, 0, 0), ", and its header block goes on after its end");
	}

	@Test
	void headersKeepTheirOrderAndHaveNoCase() throws Throwable {
		for (String method : List.of("multiValueMap", "mapOfLists")) {
			@SuppressWarnings("unchecked")
			Map<String, List<String>> headers = (Map<String, List<String>>) new Conversion(method, HEADERS_TEXT, "")
				.bind();
			assertThat(headers.keySet()).containsExactly("Host", "accept");
			assertThat(headers.get("ACCEPT")).containsExactly("b");
			headers.remove("HOST");
			assertThat(headers).hasSize(1);
		}
	}

	@Test
	void buffersAreReadOnly() throws Throwable {
		assertThat(((ByteBuffer) new Conversion("buffer", binary(1), "").bind()).isReadOnly()).isTrue();
	}

	@Test
	void addressesOfTheWireHaveNoHostName() throws Throwable {
		assertThat(new Conversion("addresses", TypedData.of("127.0.0.1"), "").bind()).hasToString("[/127.0.0.1]");
	}

	@Test
	void addressesAreLiteralsWhateverTheApplicationConverts() throws Throwable {
		ApplicationConversionService own = new ApplicationConversionService();
		own.addConverter(String.class, InetAddress.class, (source) -> InetAddress.getLoopbackAddress());
		for (ConversionService conversionService : List.of(own, new DefaultConversionService())) {
			Conversion conversion = new Conversion("addresses", TypedData.of("192.0.2.1"), "");
			assertThat(conversion.bind(conversionService)).isEqualTo(List.of(IPV4.value()));
		}
	}

	private static TypedData integer(DataType type, long value) {
		return new TypedData(type, value);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	private static TypedData binary(int... values) {
		return TypedData.of(bytes(values));
	}

	/**
	 * Return a STRING that need not be UTF-8.
	 */
	private static TypedData string(int... values) {
		return new TypedData(DataType.STRING, bytes(values));
	}

	private static InetAddress address(int... values) {
		try {
			return (values.length == 4) ? InetAddress.getByAddress(bytes(values))
					: Inet6Address.getByAddress(null, bytes(values), -1);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A Java type, and what it is to get from types of the wire. It refuses those that
	 * are not mentioned.
	 */
	private static final class JavaType {

		private final String method;

		private final String name;

		private String problem;

		private final List<Conversion> conversions = new ArrayList<>();

		private final List<Conversion> refusals = new ArrayList<>();

		JavaType(String method, String name) {
			this.method = method;
			this.name = name;
			this.problem = " and cannot be converted to " + name;
		}

		/**
		 * The type refuses what is not mentioned with a text that names types of the
		 * wire.
		 */
		JavaType expects(String types) {
			this.problem = " (expected: " + types + ")";
			return this;
		}

		JavaType accepts(TypedData value, Object expected) {
			this.conversions.add(new Conversion(this.method, value, expected));
			return this;
		}

		/**
		 * The type accepts two integers, of any width that they fit in.
		 */
		JavaType acceptsIntegers(long negative, Object expectedNegative, long positive, Object expectedPositive) {
			accepts(integer(DataType.INT64, negative), expectedNegative);
			accepts(integer(DataType.INT64, positive), expectedPositive);
			accepts(integer(DataType.UINT64, positive), expectedPositive);
			if (positive == (int) positive) {
				accepts(integer(DataType.INT32, negative), expectedNegative);
				accepts(integer(DataType.UINT32, positive), expectedPositive);
			}
			return this;
		}

		JavaType refuses(TypedData value) {
			return refuses(value, " and cannot be converted to " + this.name);
		}

		JavaType refuses(TypedData value, String problem) {
			this.refusals.add(new Conversion(this.method, value, problem));
			return this;
		}

		List<Conversion> refusals() {
			Set<DataType> mentioned = Stream.concat(this.conversions.stream(), this.refusals.stream())
				.map((conversion) -> conversion.value().type())
				.collect(Collectors.toSet());
			EVERY_TYPE.stream()
				.filter((value) -> !mentioned.contains(value.type()))
				.forEach((value) -> refuses(value, this.problem));
			return this.refusals;
		}

	}

	/**
	 * The way of a value from the wire to a parameter.
	 *
	 * @param method the method of {@link Parameters} that has the parameter
	 * @param value the value
	 * @param expected what comes of it
	 */
	private record Conversion(String method, TypedData value, Object expected) {

		@Nullable Object bind() throws Throwable {
			return bind(new ApplicationConversionService());
		}

		@Nullable Object bind(ConversionService conversionService) throws Throwable {
			Method method = Stream.of(Parameters.class.getDeclaredMethods())
				.filter((candidate) -> candidate.getName().equals(this.method))
				.findFirst()
				.orElseThrow();
			MethodParameter parameter = new MethodParameter(method, 0);
			parameter.initParameterNameDiscovery(new StandardReflectionParameterNameDiscoverer());
			ArgumentResolver resolver = new ArgumentResolvers(conversionService, (value) -> value, List.of())
				.forParameter(parameter, "method");
			SpoeMessage message = NotifyMessages.messages("07 6d657373616765 01 05 76616c7565" + hex()).get(0);
			return resolver.resolve(message, null, null, null);
		}

		private String hex() {
			boolean bytesAsText = this.value.type() == DataType.STRING && this.value.value() instanceof byte[];
			ByteWriter out = new ByteWriter(64);
			TypedDataCodec.write(out, bytesAsText ? new TypedData(DataType.BINARY, this.value.value()) : this.value);
			byte[] typedData = out.toByteArray(0);
			typedData[0] = bytesAsText ? (byte) DataType.STRING.code() : typedData[0];
			return HexFormat.of().formatHex(typedData);
		}

		@Override
		public String toString() {
			return this.method + " from " + this.value.type() + " to " + this.expected;
		}

	}

	interface Parameters {

		void primitiveBoolean(@SpoeArg boolean value);

		void primitiveByte(@SpoeArg byte value);

		void primitiveShort(@SpoeArg short value);

		void primitiveChar(@SpoeArg char value);

		void primitiveInt(@SpoeArg int value);

		void primitiveLong(@SpoeArg long value);

		void boxedInteger(@SpoeArg Integer value);

		void bigInteger(@SpoeArg BigInteger value);

		void bigDecimal(@SpoeArg BigDecimal value);

		void primitiveDouble(@SpoeArg double value);

		void string(@SpoeArg String value);

		void latin1(@SpoeArg(charset = "ISO_8859_1") String value);

		void latin1List(@SpoeArg(charset = "ISO_8859_1") List<String> value);

		void bytes(@SpoeArg byte[] value);

		void buffer(@SpoeArg ByteBuffer value);

		void inetAddress(@SpoeArg InetAddress value);

		void inet4Address(@SpoeArg Inet4Address value);

		void inet6Address(@SpoeArg Inet6Address value);

		void optionalAddress(@SpoeArg Optional<InetAddress> value);

		void addresses(@SpoeArg List<InetAddress> value);

		void ipv6Addresses(@SpoeArg Inet6Address[] value);

		void addressBook(@SpoeArg AddressBook value);

		void stage(@SpoeArg Stage value);

		void uuid(@SpoeArg UUID value);

		void duration(@SpoeArg Duration value);

		void uri(@SpoeArg URI value);

		void integers(@SpoeArg Set<Integer> value);

		void certificate(@SpoeArg X509Certificate value);

		void multiValueMap(@SpoeArg MultiValueMap<String, String> value);

		void mapOfLists(@SpoeArg Map<String, List<String>> value);

		void httpHeaders(@SpoeArg HttpHeaders value);

		void utf8Headers(@SpoeArg(charset = "UTF-8") HttpHeaders value);

	}

	@SuppressWarnings("serial")
	static class AddressBook extends ArrayList<InetAddress> {

		AddressBook() {
		}

	}

	enum Stage {

		FIRST, SECOND_ONE

	}

}
