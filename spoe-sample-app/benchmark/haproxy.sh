#!/usr/bin/env bash
# Measures what asking the agent costs a request through a real HAProxy.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: haproxy.sh [--runs N] [--seconds S] [--connections C] [--java JDK_HOME] [--jar FILE] [--json FILE]

Starts an application and an HAProxy that answers requests itself, and loads two
frontends of it in turn: one that asks the application about every request, and the same
without SPOE. Prints medians of requests per second and of latencies.

  --runs N          runs of each kind (default: 5)
  --seconds S       length of a run (default: 5)
  --connections C   connections of the load generator (default: 32)
  --java JDK_HOME   run the application with this JDK (default: JAVA_HOME, else the PATH's)
  --jar FILE        use this executable jar (default: the starter and one handler)
  --json FILE       write the raw results there
  --help            print this text

Takes the haproxy that the environment variable HAPROXY names, else HAProxy 3.2, and the
wrk on the PATH; what is missing is downloaded to target/ (on Debian).
USAGE
}

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

runs=5 seconds=5 connections=32 home=${JAVA_HOME:-} jar='' json=''
while (($#)); do
  case $1 in
    --help | -h) usage; exit ;;
    --runs | --seconds | --connections | --java | --jar | --json) (($# > 1)) || misuse "$1 needs a value" ;;
    *) misuse "unknown option '$1'" ;;
  esac
  case $1 in
    --runs) number "$1" "$2" 1000; runs=$2 ;;
    --seconds) number "$1" "$2" 3600; seconds=$2 ;;
    --connections) number "$1" "$2" 500; connections=$2 ;;
    --java) java_of "$2" >/dev/null || misuse "$1: no JDK in '$2'"; home=$2 ;;
    --jar) readable "$1" "$2"; jar=$(realpath -- "$2") ;;
    --json) writable "$1" "$2"; json=$2 ;;
  esac
  shift 2
done
java=$(java_of "$home") || die "no 'java': install Java 17 or later"

prepare
haproxy=${HAPROXY:-}
if [[ ! $haproxy ]]; then
  run "$here/../haproxy/install-haproxy.sh" 3.2 >"$work/haproxy" || exit 1
  haproxy=$(tail -n1 "$work/haproxy")
fi
haproxy_version=$("$haproxy" -v 2>&1) || die "$haproxy does not run"
[[ $haproxy_version =~ version\ ([^ ]+) ]] && haproxy_version=${BASH_REMATCH[1]}
wrk=$(type -P wrk || true)
if [[ ! $wrk ]]; then
  run "$here/install-wrk.sh" >"$work/wrk" || exit 1
  wrk=$(tail -n1 "$work/wrk")
fi
[[ $jar ]] || minimal

# --- what is started ---------------------------------------------------------------------

start_agent "$work/application.log" "$java" -jar "$jar"

get() ( # get PORT: the first line of the response
  open "$1" || exit 0
  printf 'GET / HTTP/1.0\r\n\r\n' >&3
  timeout 5 head -n1 <&3
)

proxy='' plain_port='' spoe_port=''
run_haproxy() {
  PLAIN_PORT=$plain_port SPOE_HTTP_PORT=$spoe_port SPOE_PORT=$port exec "$haproxy" -db -f "$here/haproxy.cfg"
}

for _ in 1 2 3; do # someone else may take a free port first
  free_port plain_port
  while free_port spoe_port; [[ $spoe_port == "$plain_port" ]]; do :; done
  spawn run_haproxy >"$work/haproxy.log" 2>&1
  proxy=$!
  for ((i = 0; i < 100; i++)); do
    kill -0 "$proxy" 2>/dev/null || break
    [[ $(get "$spoe_port") != *' 200 '* ]] || break 2
    pause 0.1
  done
  stop "$proxy"
  proxy=''
  grep -qi 'in use' "$work/haproxy.log" || break
done
[[ $proxy ]] || { tail -n 5 "$work/haproxy.log" >&2; die 'HAProxy did not start'; }

# --- the runs ----------------------------------------------------------------------------

cpu() { # cpu PID: milliseconds of processor time so far
  local fields
  read -r fields <"/proc/$1/stat"
  read -ra fields <<<"${fields##*) }"
  printf '%d' $(((fields[11] + fields[12]) * 1000 / $(getconf CLK_TCK)))
}

load() { # load PORT SECONDS: sets result
  run "$wrk" --threads 1 --connections "$connections" --duration "$2s" --timeout 5s \
    --script "$here/wrk-report.lua" "http://127.0.0.1:$1/" >"$work/wrk.log" 2>&1 ||
    { tail -n 5 "$work/wrk.log" >&2; die 'wrk failed'; }
  result=$(tail -n1 "$work/wrk.log")
  [[ $result == *'"errors": 0,'* ]] || die "not every request was answered: $result"
}

value() { # value KEY JSON
  sed -nE "s/.*\"$1\": ([0-9.]+).*/\1/p" <<<"$2"
}

names=(plain spoe)
ports=("$plain_port" "$spoe_port")
keys=(requests_per_s p50 p99 p99.9 haproxy_cpu_us agent_cpu_us)
declare -A seen
lines=()
echo 'Warming up ...' >&2
load "$spoe_port" 5
echo "Running $((2 * runs)) times $seconds s ..." >&2
for ((i = 0; i < runs; i++)); do
  for kind in 0 1; do # in turn, so that a slow minute of the machine meets both
    before=("$(cpu "$proxy")" "$(cpu "$agent")")
    load "${ports[kind]}" "$seconds"
    after=("$(cpu "$proxy")" "$(cpu "$agent")")
    requests=$(value requests "$result")
    result=$(printf '{"kind": "%s", "haproxy_cpu_us": %.2f, "agent_cpu_us": %.2f, %s' "${names[kind]}" \
      "$(((after[0] - before[0]) * 100000 / requests))e-2" \
      "$(((after[1] - before[1]) * 100000 / requests))e-2" "${result#\{}")
    lines+=("$result")
    for key in "${keys[@]}"; do
      seen[$kind-$key]+=" $(value "$key" "$result")"
    done
  done
done

echo "HAProxy $haproxy_version, Java $(property "$java" java.runtime.version), $connections connections"
printf '%-8s %12s %8s %8s %8s %22s %20s\n' '' requests/s p50 p99 p99.9 'HAProxy CPU a request' 'agent CPU a request'
for kind in 0 1; do
  medians=()
  for key in "${keys[@]}"; do
    read -ra values <<<"${seen[$kind-$key]}"
    medians+=("$(median "${values[@]}")")
  done
  printf '%-8s %12.0f %5.0f us %5.0f us %5.0f us %19.1f us %17.1f us\n' "${names[kind]}" "${medians[@]}"
done

[[ $json ]] || exit 0
{
  printf '{"benchmark": "haproxy", "machine": %s, "haproxy": "%s", "java": "%s", "jar": "%s", "connections": %d, "runs": [' \
    "$(machine)" "$haproxy_version" "$(property "$java" java.runtime.version)" "$(basename -- "$jar")" "$connections"
  separator=''
  for line in "${lines[@]}"; do
    printf '%s\n  %s' "$separator" "$line"
    separator=,
  done
  printf '\n]}\n'
} >"$json"
