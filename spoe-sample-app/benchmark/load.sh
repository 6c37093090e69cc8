#!/usr/bin/env bash
# Puts load on an agent and measures frames per second and latency.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: load.sh --port PORT [--connections N] [--window N | --rate N] [--duration TIME] [OPTION VALUE]...

Plays HAProxy towards an agent that runs already, such as the sample application: asks
about addresses, checks every ACK, and prints frames per second and percentiles of the
latency in microseconds. The exit code is 1 if an ACK was wrong or did not come.

  --port PORT        port of the agent
  --host HOST        its address or name (default: 127.0.0.1)
  --connections N    connections, 1 to 500 (default: 1)
  --window N         closed loop: frames in flight on each connection, 1 to 4096 (default: 64)
  --rate N           open loop: frames per second over all connections, up to 10000000;
                     latency counts from when a frame is due, not from when it is sent
  --duration TIME    how long to measure, such as 500ms, 10s or 2m (default: 10s)
  --warmup TIME      load before that (default: 2s)
  --message NAME     name of the message (default: check-client-ip); the agent has to set
                     ip_score in the session, to 100 for 10.0.0.0/8 and to 0 otherwise
  --extra N          further arguments of the message, up to 250 (default: 0)
  --extra-length N   length of each (default: 64); a frame has room for 16380 bytes
  --json FILE        write the result there
  --help             print this text
USAGE
}

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

# The load generator itself checks the values.
arguments=("$@")
while (($#)); do
  case $1 in
    --help | -h) usage; exit ;;
    --port | --host | --connections | --window | --rate | --duration | --warmup | --message | \
      --extra | --extra-length | --json) (($# > 1)) || misuse "$1 needs a value" ;;
    *) misuse "unknown option '$1'" ;;
  esac
  shift 2
done
[[ " ${arguments[*]} " == *' --port '* ]] || misuse '--port is needed'
java=$(java_of "${JAVA_HOME:-}") || die "no 'java': install Java 17 or later"

prepare

module=$root/spoe-sample-app
main=io/github/spoe/sample/benchmark
classes=("$target/load/classes" "$root/spoe-spring-boot-autoconfigure/src/main" "$module/src/test/java/$main"
  "$module/pom.xml" "$root/pom.xml")
if [[ ! -d ${classes[0]} || $(find "${classes[@]:1}" -type f -newer "${classes[0]}" -print -quit) ]]; then
  tools mvn
  echo 'Building the load generator ...' >&2
  rm -rf "$target/load"
  run mvn -q -DskipTests -f "$root/pom.xml" -pl spoe-sample-app -am \
    test-compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    -DincludeArtifactIds=netty-buffer,netty-common,HdrHistogram,jspecify \
    -DoutputDirectory="$target/load/lib" >&2 || die 'the build failed'
  mkdir -p "$work/classes/$main"
  cp -r "$root/spoe-spring-boot-autoconfigure/target/classes/io" "$work/classes"
  cp -r "$module/target/test-classes/$main" "$work/classes/$(dirname -- "$main")"
  mv "$work/classes" "$target/load"
fi

# Linux lets a thread sleep up to 50 us longer than it asks for; what runs from here on asks
# for the truth, or the load would come in bursts.
printf 1 >"/proc/$$/timerslack_ns" 2>/dev/null || true
status=0
run "$java" -XX:+UseSerialGC -Xmx512m "-Dload.machine=$(machine)" \
  -cp "$target/load/classes:$target/load/lib/*" "${main//\//.}.LoadCommand" "${arguments[@]}" || status=$?
exit "$status"
