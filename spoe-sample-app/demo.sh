#!/usr/bin/env bash
# shellcheck disable=SC2317,SC2329 # some functions are called by a trap or by a composed name

set -euo pipefail

usage() {
  cat <<'USAGE'
usage: demo.sh [--once]

Builds and starts the sample application and an HAProxy that asks it about every client,
sends a request that passes and one that is denied, and keeps both running until Ctrl-C.

  --once   stop after the two requests; the exit code is 0 if both went as they should
  --help   print this text

Takes the haproxy that the environment variable HAPROXY names, else the one on the PATH,
else downloads one to target/haproxy (on Debian). Everything listens on 127.0.0.1 only.
USAGE
}

once=''
case $#${1:-} in
  0) ;;
  1--once) once=yes ;;
  1--help | 1-h) usage; exit ;;
  *) usage | head -n1 >&2; exit 2 ;;
esac

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$here")
jar=$here/target/spoe-sample-app.jar
logs=$here/target/demo

die() {
  printf 'demo.sh: %s\n' "$*" >&2
  exit 1
}

# --- processes ---------------------------------------------------------------------------

# Job control gives the job a process group of its own: Ctrl-C does not reach it, and a
# signal to the group also ends what the job has started itself (Maven, apt).
spawn() {
  set -m
  "$@" </dev/null &
  set +m
}

stop() { # stop PID
  local i
  disown "$1" 2>/dev/null || true # or bash reports its end
  kill -TERM -- "-$1" 2>/dev/null || true
  for ((i = 0; i < 100; i++)); do
    kill -0 -- "-$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}

stop_all() {
  local pid
  trap '' HUP INT TERM
  for pid in $(jobs -pr | sort -rn); do # HAProxy before the application that it asks
    stop "$pid"
  done
}
trap stop_all EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs a command as a job: bash acts on a signal at once while it waits for a job, but
# not before the end of a command in the foreground.
run() {
  spawn "$@"
  wait $!
}

# --- HTTP, with nothing but bash ---------------------------------------------------------

open() { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null

get() ( # get PORT PATH [CLIENT]: prints the response
  open "$1" || exit 0
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nX-Forwarded-For: %s\r\n\r\n' "$2" "${3:-127.0.0.1}" >&3
  timeout 5 cat <&3 | tr -d '\r'
)

free_port() { # below the ports that Linux gives to outgoing connections
  local port
  while port=$((20000 + RANDOM % 10000)); (open "$port"); do :; done
  printf '%s\n' "$port"
}

# --- what is started, and how to see that it is ready ------------------------------------

spoe_port='' web_port='' http_port='' # set by start

run_sample() {
  exec "$java" -jar "$jar" --spoe.server.address=127.0.0.1 --spoe.server.port="$spoe_port" \
    --server.address=127.0.0.1 --server.port="$web_port"
}
sample_ready() { (open "$spoe_port") && [[ $(get "$web_port" /actuator/health) == *'"UP"'* ]]; }

run_haproxy() {
  HTTP_PORT=$http_port SPOE_PORT=$spoe_port exec "$haproxy" -db -f "$here/haproxy/demo.cfg"
}
# A response with a score has been all the way to the application.
haproxy_ready() { [[ $(get "$http_port" /) == *x-ip-score:* ]]; }

start() { # start sample|haproxy PORT-VARIABLE...: returns when it is ready
  local log=$logs/$1.log port pid end
  for _ in 1 2 3; do # someone else may take a free port first
    for port in "${@:2}"; do printf -v "$port" '%s' "$(free_port)"; done
    spawn "run_$1" >"$log" 2>&1
    pid=$!
    end=$((SECONDS + 60))
    while kill -0 "$pid" 2>/dev/null && ((SECONDS < end)); do
      "$1_ready" && return
      sleep 0.2
    done
    stop "$pid"
    grep -qi 'in use' "$log" || break
  done
  tail -n 20 "$log" >&2
  die "$1 did not start; its log is $log"
}

# --- the demo ----------------------------------------------------------------------------

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
type -P "$java" >/dev/null || die "no '$java': install Java 17 or later"
mkdir -p "$logs"

sources=("$root" -mindepth 1 '(' -name target -o -name '.?*' ')' -prune -o
  '(' -name pom.xml -o -path '*/src/main/*' ')' -type f)
if [[ ! -e $jar || $(find "${sources[@]}" -newer "$jar" -print -quit) ]]; then
  type -P mvn >/dev/null || die "no 'mvn': install Maven, it builds the sample application"
  echo 'Building the sample application ...'
  run mvn -q -DskipTests -f "$root/pom.xml" package -pl spoe-sample-app -am || die 'the build failed'
  touch "$jar" # a reproducible build gives it a date of long ago
fi

haproxy=${HAPROXY:-$(type -P haproxy || true)}
if [[ ! $haproxy ]]; then
  run "$here/haproxy/install-haproxy.sh" 3.2 >"$logs/install.log" || exit 1
  haproxy=$(tail -n1 "$logs/install.log")
fi

version=$("$haproxy" -v 2>&1) || die "$haproxy does not run"
echo "Starting the sample application and ${version%% - *} ..."
start sample spoe_port web_port
start haproxy http_port

failed=0
ask() { # ask CLIENT EXPECTED-STATUS EXPECTED-SCORE
  local response status='' score=''
  response=$(get "$http_port" / "$1")
  [[ $response =~ ^HTTP/1.1\ ([0-9]+) ]] && status=${BASH_REMATCH[1]}
  [[ $response =~ x-ip-score:\ ([0-9]+) ]] && score=${BASH_REMATCH[1]}
  printf '  client %-10s status %-5s score %s\n' "$1" "${status:-none}" "${score:-none}"
  [[ "$status $score" == "$2 $3" ]] && return
  printf '  ... but status %s and score %s were expected\n' "$2" "$3"
  failed=1
}
echo
ask 192.0.2.1 200 0
ask 10.1.2.3 403 100
[[ $once ]] && exit "$failed"

cat <<NEXT

HAProxy asks the application about every request. Try it:
  curl -i -H 'X-Forwarded-For: 10.1.2.3' http://127.0.0.1:$http_port/

Look at
  http://127.0.0.1:$web_port/actuator/health
  http://127.0.0.1:$web_port/actuator/prometheus
  $logs/sample.log
  $logs/haproxy.log
  $here/haproxy/demo.cfg
  $(grep -rl check-client-ip "$here/src/main/java" 2>/dev/null || true)

Ctrl-C stops everything.
NEXT
wait -n || true
die "a process ended by itself; see the logs in $logs"
