#!/usr/bin/env bash
# Measures time and allocation of the code on the way of a frame with JMH.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: jmh.sh [PATTERN] [--quick] [--java JDK_HOME] [--json FILE]

Runs the JMH benchmarks, each in a JVM of its own, and prints time and bytes allocated
per operation. The Javadoc of a benchmark tells what its operation is.

  PATTERN           only those whose name has a match of this extended regular expression,
                    such as NotifyBenchmark or 'Handler.*bind' (default: all)
  --quick           2.5 seconds each instead of 10, for a first look
  --java JDK_HOME   measure with this JDK (default: JAVA_HOME, else the java on the PATH)
  --json FILE       write the raw results there
  --help            print this text

USAGE
  printf 'Benchmarks:\n'
  benchmarks | sed 's/^/  /'
}

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

module=$root/spoe-spring-boot-autoconfigure

benchmarks() { # their names, from the source, so that a wrong pattern needs no build
  local file class
  while read -r file; do
    class=${file#"$module"/src/test/java/}
    class=${class%.java}
    sed -nE '/^\t@Benchmark$/,/\{$/ s/^\tpublic .* ([a-zA-Z0-9]+)\(.*/'"${class//\//.}"'.\1/p' "$file"
  done < <(find "$module/src/test/java" -name '*Benchmark.java' | sort)
}

pattern='' home=${JAVA_HOME:-} json='' settings=()
while (($#)); do
  case $1 in
    --quick) settings=(-wi 3 -w 300ms -i 5 -r 300ms); shift; continue ;;
    --help | -h) usage; exit ;;
    --java | --json) (($# > 1)) || misuse "$1 needs a value" ;;
    -*) misuse "unknown option '$1'" ;;
    '') misuse 'the pattern is empty' ;;
    *) [[ ! $pattern ]] || misuse "one pattern is enough, not '$1' too"; pattern=$1; shift; continue ;;
  esac
  case $1 in
    --java) java_of "$2" >/dev/null || misuse "$1: no JDK in '$2'"; home=$2 ;;
    --json) writable "$1" "$2"; json=$2 ;;
  esac
  shift 2
done
mapfile -t names < <(benchmarks | grep -E -e "$pattern" 2>/dev/null)
((${#names[@]})) || misuse "no benchmark matches '$pattern'"
java=$(java_of "$home") || die "no 'java': install Java 17 or later"

prepare

classes=$target/jmh/classes
if [[ ! -d $classes || $(find "$module/src" "$module/pom.xml" "$root/pom.xml" -type f -newer "$classes" -print -quit) ]]; then
  tools mvn
  echo 'Building the benchmarks ...' >&2
  rm -rf "$target/jmh"
  run mvn -q -DskipTests -f "$root/pom.xml" -pl spoe-spring-boot-autoconfigure \
    test-compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    -DincludeScope=test -DoutputDirectory="$target/jmh/lib" >&2 || die 'the build failed'
  mkdir "$work/classes"
  cp -r "$module/target/classes/." "$module/target/test-classes/." "$work/classes"
  mv "$work/classes" "$target/jmh"
fi

echo "Measuring ${names[*]##*.} ..." >&2
run "$java" -cp "$classes:$target/jmh/lib/*" org.openjdk.jmh.Main "${settings[@]}" -foe true -prof gc \
  -rf json -rff "$work/jmh.json" "${names[@]/%/\$}" >"$work/log" 2>&1 ||
  { tail -n 20 "$work/log" >&2; die 'JMH failed'; }
# JMH's table without the rate and the number of collections, which say nothing of one operation.
sed -n '/^Benchmark  /,/^$/p' "$work/log" | grep -vE ':·?gc\.(alloc\.rate|count|time) '

[[ $json ]] || exit 0
{
  printf '{"benchmark": "jmh", "machine": %s, "results": ' "$(machine)"
  # Without what can be computed from the scores, and where the JDK is; a line for each benchmark.
  sed -e '/"jvm" :/d' -e '/"scorePercentiles" : {/,/}/d' -e '/"scoreConfidence" : \[/,/\]/d' "$work/jmh.json" |
    tr -s '\n ' ' ' | sed -e 's/{ "jmhVersion"/\n  &/g'
  printf '}\n'
} >"$json"
