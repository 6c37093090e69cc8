/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws the raw results of the benchmarks as SVG. Needs nothing but a JDK:
 * {@code java Plot.java docs/performance}.
 */
final class Plot {

	private static final String USAGE = """
			usage: java Plot.java [--to DIRECTORY] DIRECTORY

			Draws the results that are in the directory, next to them or to another directory:
			  ceiling.csv        -> ceiling.svg   scenario,agent,frames_per_s,cpu_us: a row for each run, agent c or starter
			  haproxy.json       -> haproxy.svg   of haproxy.sh
			  latency-NAME.json  -> latency.svg   "latency_us": {"p50": 12, "p99.9": 80, ...}; a curve for each file
			  memory-NAME.csv    -> memory.svg    of memory.sh; a curve for each file
			  startup.json       -> startup.svg   of startup.sh
			""";

	private final Path from;

	private final Path to;

	private int drawn;

	private Plot(Path from, Path to) {
		this.from = from;
		this.to = to;
	}

	public static void main(String[] args) {
		List<String> arguments = new ArrayList<>(List.of(args));
		if (arguments.contains("--help") || arguments.contains("-h")) {
			System.out.print(USAGE);
			return;
		}
		String to = null;
		int option = arguments.indexOf("--to");
		if (option >= 0 && option + 1 < arguments.size()) {
			to = arguments.remove(option + 1);
			arguments.remove(option);
		}
		if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
			exit(2, "one directory is needed\n" + USAGE.lines().findFirst().orElseThrow());
		}
		Path from = Path.of(arguments.get(0));
		Path target = (to != null) ? Path.of(to) : from;
		if (!Files.isDirectory(from) || !Files.isDirectory(target)) {
			exit(2, "no directory " + (Files.isDirectory(from) ? target : from) + "\n"
					+ USAGE.lines().findFirst().orElseThrow());
		}
		try {
			Plot plot = new Plot(from, target);
			plot.all();
			if (plot.drawn == 0) {
				exit(1, "no results in " + from);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			exit(1, ex.getMessage());
		}
	}

	private static void exit(int status, String message) {
		System.err.println("Plot: " + message);
		System.exit(status);
	}

	private void all() throws IOException {
		draw("ceiling", "ceiling.csv", (files) -> ceiling(files.values().iterator().next()));
		draw("haproxy", "haproxy.json", (files) -> haproxy(files.values().iterator().next()));
		draw("latency", "latency-*.json", Plot::latency);
		draw("memory", "memory-*.csv", Plot::memory);
		draw("startup", "startup.json", (files) -> startup(files.values().iterator().next()));
	}

	// Files by name, without the common start and the extension.
	private void draw(String name, String glob, Function<Map<String, String>, Svg> chart) throws IOException {
		Map<String, String> files = new LinkedHashMap<>();
		try (Stream<Path> paths = Files.list(this.from)) {
			for (Path path : paths.sorted().toList()) {
				String file = path.getFileName().toString();
				if (path.getFileSystem().getPathMatcher("glob:" + glob).matches(path.getFileName())) {
					String key = file.substring(0, file.lastIndexOf('.'));
					files.put(key.substring(key.indexOf('-') + 1).replace("-jdk", ", JDK ").replace('-', ' '),
							Files.readString(path));
				}
			}
		}
		if (files.isEmpty()) {
			return;
		}
		try {
			Files.writeString(this.to.resolve(name + ".svg"), chart.apply(files).toString());
		}
		catch (RuntimeException ex) {
			exit(1, glob + " is not what the benchmark writes: " + ex.getMessage());
		}
		System.out.println(this.to.resolve(name + ".svg"));
		this.drawn++;
	}

	// The charts

	private static Svg ceiling(String csv) {
		record Agents(List<double[]> c, List<double[]> starter) {
		}
		Map<String, Agents> scenarios = new LinkedHashMap<>();
		csv.lines().skip(1).filter((line) -> !line.isBlank()).forEach((line) -> {
			String[] row = line.split(",");
			Agents agents = scenarios.computeIfAbsent(row[0],
					(key) -> new Agents(new ArrayList<>(), new ArrayList<>()));
			(row[1].equals("c") ? agents.c() : agents.starter())
				.add(new double[] { Double.parseDouble(row[2]), Double.parseDouble(row[3]) });
		});
		List<Panel> panels = new ArrayList<>();
		for (int column = 0; column < 2; column++) {
			int value = column;
			List<Bar> bars = new ArrayList<>();
			scenarios.forEach((name, agents) -> {
				List<Double> ratios = new ArrayList<>();
				for (int i = 0; i < Math.min(agents.c().size(), agents.starter().size()); i++) {
					ratios.add(agents.starter().get(i)[value] / agents.c().get(i)[value]);
				}
				bars.add(Bar.of(name, value, ratios));
			});
			panels.add(new Panel(
					(column == 0) ? "Frames per second (more is better)" : "CPU time per frame (less is better)", bars,
					(ratio) -> format("%.2f", ratio), 1.0));
		}
		return bars("Starter, as multiples of a C agent that does nothing but the job", panels);
	}

	private static Svg haproxy(String json) {
		Map<String, Object> result = object(Json.parse(json));
		Map<String, List<Map<String, Object>>> kinds = runs(result).stream()
			.collect(Collectors.groupingBy((run) -> (String) run.get("kind"), LinkedHashMap::new, Collectors.toList()));
		List<Panel> panels = new ArrayList<>();
		panels.add(panel(kinds, "Requests per second (more is better)", (run) -> number(run, "requests_per_s"),
				(value) -> format("%,.0f", value)));
		for (String percentile : List.of("p50", "p99", "p99.9")) {
			panels.add(panel(kinds, "Response time, " + percentile + " (less is better)",
					(run) -> number(object(run.get("latency_us")), percentile), (value) -> format("%,.0f µs", value)));
		}
		panels.add(panel(kinds, "CPU time per request, HAProxy and agent (less is better)",
				(run) -> number(run, "haproxy_cpu_us") + number(run, "agent_cpu_us"),
				(value) -> format("%.1f µs", value)));
		return bars(format("HAProxy %s with and without SPOE, %.0f connections", result.get("haproxy"),
				number(result, "connections")), panels);
	}

	private static Panel panel(Map<String, List<Map<String, Object>>> kinds, String title,
			Function<Map<String, Object>, Double> value, DoubleFunction<String> text) {
		List<Bar> bars = new ArrayList<>();
		kinds.forEach((kind, runs) -> bars.add(Bar.of(kind.equals("spoe") ? "with SPOE" : "without SPOE",
				kind.equals("spoe") ? 0 : 1, runs.stream().map(value).toList())));
		return new Panel(title, bars, text, null);
	}

	private static Svg startup(String json) {
		List<Bar> bars = new ArrayList<>();
		for (Map<String, Object> run : runs(object(Json.parse(json)))) {
			String version = ((String) run.get("java")).split("[.+-]")[0];
			String cache = (String) run.get("cache");
			String label = "JDK " + version
					+ Map.of("aot", ", AOT cache", "cds", ", CDS archive").getOrDefault(cache, "");
			bars.add(Bar.of(label, cache.equals("none") ? 1 : 0,
					array(run.get("ms")).stream().map((ms) -> (Double) ms / 1000).toList()));
		}
		return bars("From the start of the process to the first ACK", List
			.of(new Panel("Median, and the range of all starts", bars, (value) -> format("%.2f s", value), null)));
	}

	private static Svg memory(Map<String, String> files) {
		List<Curve> curves = new ArrayList<>();
		files.forEach((name, csv) -> {
			List<double[]> points = csv.lines().skip(1).filter((line) -> !line.isBlank()).map((line) -> {
				String[] row = line.split(",");
				return new double[] { Double.parseDouble(row[1]) / 1e6, Double.parseDouble(row[2]) / 1024 };
			}).toList();
			curves.add(new Curve(name, points));
		});
		double frames = max(curves, 0);
		double memory = max(curves, 1) * 1.15;
		Axis x = new Axis("frames answered, millions", 0, frames, steps(frames), (value) -> value, Plot::plain);
		Axis y = new Axis("MiB", 0, memory, steps(memory), (value) -> value, Plot::plain);
		return curves("Resident memory with -Xmx64m", x, y, curves);
	}

	private static Svg latency(Map<String, String> files) {
		List<Curve> curves = new ArrayList<>();
		files.forEach((name, json) -> {
			List<double[]> points = new ArrayList<>();
			object(object(Json.parse(json)).get("latency_us")).forEach((key, value) -> {
				double percentile = key.matches("p[0-9.]+") ? Double.parseDouble(key.substring(1)) : 0;
				if (percentile >= 50 && percentile < 100) {
					points.add(new double[] { percentile, Math.max((Double) value, 1) });
				}
			});
			points.sort(Comparator.comparingDouble((point) -> point[0]));
			curves.add(new Curve(name, points));
		});
		double low = curves.stream()
			.flatMap((curve) -> curve.points().stream())
			.mapToDouble((p) -> p[1])
			.min()
			.orElse(1);
		double bottom = Math.pow(10, Math.floor(Math.log10(low)));
		double top = Math.pow(10, Math.ceil(Math.log10(max(curves, 1))));
		List<Double> decades = new ArrayList<>();
		for (double decade = bottom; decade <= top * 1.001; decade *= 10) {
			decades.add(decade);
		}
		List<Double> nines = Stream.of(50.0, 90.0, 99.0, 99.9, 99.99, 99.999)
			.filter((nine) -> nine <= max(curves, 0))
			.toList();
		Axis x = new Axis("percentile", 50, max(curves, 0), nines, (value) -> -Math.log10(1 - value / 100),
				Plot::plain);
		Axis y = new Axis("latency, µs", bottom, Math.max(top, bottom * 10), decades, Math::log10,
				(value) -> format("%,.0f", value));
		return curves("Latency of an answer", x, y, curves);
	}

	private static double max(List<Curve> curves, int coordinate) {
		return curves.stream()
			.flatMap((curve) -> curve.points().stream())
			.mapToDouble((point) -> point[coordinate])
			.max()
			.orElseThrow();
	}

	private static List<Double> steps(double max) {
		double decade = Math.pow(10, Math.floor(Math.log10(max)));
		double step = Stream.of(1.0, 0.5, 0.2).filter((part) -> max / (decade * part) >= 4).findFirst().orElse(0.1)
				* decade;
		List<Double> steps = new ArrayList<>();
		for (int i = 0; i * step <= max; i++) {
			steps.add(i * step);
		}
		return steps;
	}

	private static String plain(double value) {
		return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

	// Two kinds of charts

	private static Svg bars(String title, List<Panel> panels) {
		int left = 200;
		int width = 430;
		int height = 50 + panels.stream().mapToInt((panel) -> 42 + panel.bars().size() * 26).sum();
		Svg svg = new Svg(720, height, title);
		int y = 50;
		for (Panel panel : panels) {
			double most = panel.bars().stream().mapToDouble(Bar::high).max().orElseThrow();
			double scale = width / Math.max(most, (panel.reference() != null) ? panel.reference() : 0);
			svg.text(20, y + 12, "start", "strong", panel.title());
			y += 24;
			if (panel.reference() != null) {
				double x = left + panel.reference() * scale;
				svg.line("reference", x, y - 4, x, y + 26 * panel.bars().size() - 4);
			}
			for (Bar bar : panel.bars()) {
				svg.text(left - 10, y + 14, "end", "", bar.label());
				svg.add("<rect class=\"fill%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" rx=\"2\"/>",
						bar.colour(), left, y, Math.max(bar.value() * scale, 1));
				if (bar.high() > bar.low()) {
					svg.line("range", left + bar.low() * scale, y + 9, left + bar.high() * scale, y + 9);
				}
				svg.text(left + Math.max(bar.high(), bar.value()) * scale + 8, y + 14, "start", "",
						panel.text().apply(bar.value()));
				y += 26;
			}
			y += 18;
		}
		return svg;
	}

	private static Svg curves(String title, Axis x, Axis y, List<Curve> curves) {
		int left = 80;
		int right = 690;
		int top = 50;
		int bottom = 350;
		Svg svg = new Svg(720, 410 + 22 * ((curves.size() + 1) / 2), title);
		DoubleUnaryOperator px = (value) -> left + x.share(value) * (right - left);
		DoubleUnaryOperator py = (value) -> bottom - y.share(value) * (bottom - top);
		for (double tick : y.ticks()) {
			svg.line("grid", left, py.applyAsDouble(tick), right, py.applyAsDouble(tick));
			svg.text(left - 8, py.applyAsDouble(tick) + 4, "end", "", y.text().apply(tick));
		}
		for (double tick : x.ticks()) {
			svg.line("grid", px.applyAsDouble(tick), top, px.applyAsDouble(tick), bottom);
			svg.text(px.applyAsDouble(tick), bottom + 18, "middle", "", x.text().apply(tick));
		}
		svg.text(left, top - 10, "end", "", y.title());
		svg.text((left + right) / 2.0, bottom + 40, "middle", "", x.title());
		for (int i = 0; i < curves.size(); i++) {
			String points = curves.get(i)
				.points()
				.stream()
				.map((point) -> format("%.1f,%.1f", px.applyAsDouble(point[0]), py.applyAsDouble(point[1])))
				.collect(Collectors.joining(" "));
			svg.add("<polyline class=\"stroke%d\" points=\"%s\"/>", i % Svg.COLOURS, points);
			int legendX = left + (i % 2) * 310;
			int legendY = bottom + 62 + (i / 2) * 22;
			svg.add("<line class=\"stroke%d\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", i % Svg.COLOURS, legendX,
					legendY, legendX + 26, legendY);
			svg.text(legendX + 34, legendY + 4, "start", "", curves.get(i).name());
		}
		return svg;
	}

	// Reading results

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(Object value) {
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	private static List<Object> array(Object value) {
		return (List<Object>) value;
	}

	private static List<Map<String, Object>> runs(Map<String, Object> result) {
		return array(result.get("runs")).stream().map(Plot::object).toList();
	}

	private static double number(Map<String, Object> object, String key) {
		return (Double) object.get(key);
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

	private record Panel(String title, List<Bar> bars, DoubleFunction<String> text, Double reference) {
	}

	private record Bar(String label, int colour, double value, double low, double high) {

		static Bar of(String label, int colour, List<Double> values) {
			List<Double> sorted = values.stream().sorted().toList();
			int size = sorted.size();
			double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
			return new Bar(label, colour, median, sorted.get(0), sorted.get(size - 1));
		}

	}

	private record Curve(String name, List<double[]> points) {
	}

	private record Axis(String title, double low, double high, List<Double> ticks, DoubleUnaryOperator scale,
			DoubleFunction<String> text) {

		double share(double value) {
			double start = this.scale.applyAsDouble(this.low);
			return (this.scale.applyAsDouble(value) - start) / (this.scale.applyAsDouble(this.high) - start);
		}

	}

	/**
	 * An image with a background of its own, so that it can be read on any page.
	 */
	private static final class Svg {

		static final int COLOURS = 6;

		private static final String[] LIGHT = { "#0969da", "#9a6700", "#1a7f37", "#cf222e", "#8250df", "#57606a" };

		private static final String[] DARK = { "#58a6ff", "#e3b341", "#56d364", "#ff7b72", "#bc8cff", "#8b949e" };

		private final StringBuilder text = new StringBuilder();

		Svg(int width, int height, String title) {
			add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
					width, height, width, height);
			add("<title>%s</title>", escape(title));
			add("<style>%s @media (prefers-color-scheme: dark) {%s}</style>",
					style("#ffffff", "#1f2328", "#d0d7de", LIGHT), style("#0d1117", "#e6edf3", "#30363d", DARK));
			add("<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"6\"/>", width, height);
			text(width / 2.0, 26, "middle", "strong", title);
		}

		private static String style(String page, String ink, String grid, String[] colours) {
			StringBuilder css = new StringBuilder();
			css.append(format("text{font:13px system-ui,'DejaVu Sans',sans-serif;fill:%s;stroke:%s;stroke-width:4px;",
					ink, page));
			css.append("paint-order:stroke}.strong{font-weight:600}");
			css.append(format(".page{fill:%s}.grid{stroke:%s}.range{stroke:%s;stroke-width:1.5}", page, grid, ink));
			css.append(format(".reference{stroke:%s;stroke-width:1.5;stroke-dasharray:4 3}", ink));
			for (int i = 0; i < COLOURS; i++) {
				css.append(format(".fill%d{fill:%s}.stroke%d{stroke:%s;stroke-width:2;fill:none}", i, colours[i], i,
						colours[i]));
			}
			return css.toString();
		}

		void add(String format, Object... args) {
			this.text.append(format(format, args)).append('\n');
		}

		void line(String style, double x1, double y1, double x2, double y2) {
			add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
		}

		void text(double x, double y, String anchor, String style, String text) {
			add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", style, x, y, anchor,
					escape(text));
		}

		private static String escape(String text) {
			return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
		}

		@Override
		public String toString() {
			return this.text + "</svg>\n";
		}

	}

	/**
	 * As much of a JSON parser as results need: objects, arrays, strings without escapes
	 * other than quotes, numbers, literals.
	 */
	private static final class Json {

		private final String text;

		private int position;

		private Json(String text) {
			this.text = text;
		}

		static Object parse(String text) {
			return new Json(text).value();
		}

		private Object value() {
			return switch (peek()) {
				case '{' -> members();
				case '[' -> elements();
				case '"' -> string();
				default -> literal();
			};
		}

		private Map<String, Object> members() {
			Map<String, Object> members = new LinkedHashMap<>();
			expect('{');
			while (peek() != '}') {
				String key = string();
				expect(':');
				members.put(key, value());
				if (peek() != '}') {
					expect(',');
				}
			}
			expect('}');
			return members;
		}

		private List<Object> elements() {
			List<Object> elements = new ArrayList<>();
			expect('[');
			while (peek() != ']') {
				elements.add(value());
				if (peek() != ']') {
					expect(',');
				}
			}
			expect(']');
			return elements;
		}

		private String string() {
			expect('"');
			StringBuilder string = new StringBuilder();
			while (this.text.charAt(this.position) != '"') {
				if (this.text.charAt(this.position) == '\\') {
					this.position++;
				}
				string.append(this.text.charAt(this.position++));
			}
			this.position++;
			return string.toString();
		}

		private Object literal() {
			int start = this.position;
			while (this.position < this.text.length() && ",]} \t\r\n".indexOf(this.text.charAt(this.position)) < 0) {
				this.position++;
			}
			String literal = this.text.substring(start, this.position);
			return switch (literal) {
				case "true" -> true;
				case "false" -> false;
				case "null" -> "";
				default -> Double.valueOf(literal);
			};
		}

		private char peek() {
			while (Character.isWhitespace(this.text.charAt(this.position))) {
				this.position++;
			}
			return this.text.charAt(this.position);
		}

		private void expect(char expected) {
			if (peek() != expected) {
				throw new IllegalArgumentException("no '" + expected + "' at " + this.position);
			}
			this.position++;
		}

	}

}
