# shellcheck shell=bash
# shellcheck disable=SC2034 # some variables are for the scripts that source this one
# What the benchmark scripts share; they source it after defining usage().

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$(dirname -- "$here")")
target=$root/spoe-sample-app/target/benchmark
script=$(basename -- "$0")

die() {
  printf '%s: %s\n' "$script" "$*" >&2
  exit 1
}

# --- the command line --------------------------------------------------------------------

misuse() { # misuse MESSAGE
  printf '%s: %s\n' "$script" "$*" >&2
  # All of it is read: who writes to a pipe that is closed ends with a status of its own.
  usage | sed -n 1p >&2
  exit 2
}

number() { # number OPTION VALUE [MAXIMUM]: a whole number from 1 on
  if ! [[ $2 =~ ^[1-9][0-9]{0,11}$ ]] || (($2 > ${3:-999999999999})); then
    misuse "$1 takes a number from 1${3:+ to $3}, not '$2'"
  fi
}

writable() { # writable OPTION FILE
  [[ $2 && ! -d $2 && -d $(dirname -- "$2") && -w $(dirname -- "$2") ]] || misuse "$1: cannot write '$2'"
}

readable() { # readable OPTION FILE
  [[ -f $2 && -r $2 ]] || misuse "$1: no file '$2'"
}

tools() { # tools NAME...
  local tool
  for tool; do
    type -P "$tool" >/dev/null || die "no '$tool' on the PATH"
  done
}

# --- processes ---------------------------------------------------------------------------

# Job control gives the job a process group of its own: Ctrl-C does not reach it, and a
# signal to the group also ends what the job has started itself.
spawn() {
  set -m
  "$@" </dev/null &
  set +m
}

stop() { # stop PID
  local i
  disown "$1" 2>/dev/null || true # or bash reports its end
  kill -TERM -- "-$1" 2>/dev/null || return 0
  for ((i = 0; i < 150; i++)); do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}

stop_all() {
  local pid
  trap '' HUP INT TERM
  for pid in $(jobs -pr | sort -rn); do
    stop "$pid"
  done
  [[ ! ${work:-} ]] || rm -rf "$work"
}

prepare() { # what every run needs, once its command line is right
  trap stop_all EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir -p "$target"
  work=$(mktemp -d "$target/run.XXXXXX")
  mkfifo "$work/never"
  exec {never}<>"$work/never"
}

run() { # a command as a job: bash acts on a signal at once only while it waits for a job
  spawn "$@"
  wait $!
}

pause() { # pause SECONDS, without a process
  read -r -t "$1" -u "$never" || true
}

# --- sockets -----------------------------------------------------------------------------

open() { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null

free_port() { # below the ports that Linux gives to outgoing connections; sets the variable named
  local candidate
  while candidate=$((20000 + RANDOM % 10000)); (open "$candidate"); do :; done
  printf -v "$1" '%s' "$candidate"
}

# HAPROXY-HELLO and a NOTIFY of stream 5, with its length first. The message asks about 10.1.2.3.
hello='\0\0\0\x4b\x01\0\0\0\x01\0\0'
hello+='\x12supported-versions\x08\x032.0''\x0emax-frame-size\x03\xfc\xf0\x06'
hello+='\x0ccapabilities\x08\x0apipelining'
notify='\0\0\0\x20\x03\0\0\0\x01\x05\x01''\x0fcheck-client-ip\x01\x02ip\x06\x0a\x01\x02\x03'
# The type of the frame and its end: the variable, an INT32 (100) or another integer.
ack='^67.*0869705f73636f72650[2-5]64$'

frame='' # what receive got, in hexadecimal digits, without the length

receive() {
  local LC_ALL=C length=0 left=4 byte code
  frame=''
  while ((left > 0)); do
    IFS= read -r -d '' -n 1 -t 10 -u 3 byte || return 1 # no byte is a NUL, the delimiter
    printf -v code '%d' "'$byte"
    ((code &= 255, left -= 1)) || true
    if [[ ! $frame && $length != read ]]; then
      ((length = length << 8 | code)) || true
      ((left > 0)) || { left=$length length=read; }
    else
      printf -v frame '%s%02x' "$frame" "$code"
    fi
  done
}

# Asks an agent once, over a connection of its own, as HAProxy does. Nothing but bash: no
# process is started, so that it can be called while a start is timed.
ask() { # ask PORT
  local answer=1
  open "$1" || return 1
  # shellcheck disable=SC2059 # the format is the frame
  if printf "$hello" >&3 && receive && [[ $frame == 65* ]] && printf "$notify" >&3 && receive &&
    [[ $frame =~ $ack ]]; then
    answer=0
  fi
  exec 3>&-
  return "$answer"
}

# --- what is measured --------------------------------------------------------------------

java_of() { # java_of [JDK_HOME]: the command
  local java=${1:+$1/bin/}java
  type -P "$java" >/dev/null || return 1
  type -P "$java"
}

property() { # property JAVA NAME
  "$1" -XshowSettings:properties -version 2>&1 | sed -nE "s/^ +$2 = (.*)/\1/p"
}

# The starter and one handler as Spring Boot's 'jarmode=tools extract' lays out an application:
# app.jar names lib/*.jar in its manifest. Caches of classes need that layout.
minimal() { # sets jar
  local module=$root/spoe-spring-boot-starter classes sources
  classes=io/github/spoe/starter
  jar=$target/minimal/app.jar
  sources=("$module" "$root/spoe-spring-boot-autoconfigure" "$root/pom.xml" "$here/common.sh")
  if [[ -e $jar && ! $(find "${sources[@]}" -name target -prune -o -type f -newer "$jar" \
    -not -name .flattened-pom.xml -print -quit) ]]; then
    return
  fi
  tools mvn
  echo 'Building the minimal application ...' >&2
  rm -rf "$target/minimal" "$module/target/dependency"
  run mvn -q -DskipTests -f "$root/pom.xml" -pl spoe-spring-boot-starter -am \
    package org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    -DincludeScope=runtime >&2 || die 'the build failed'
  mkdir -p "$target/minimal"
  cp -r "$module/target/dependency" "$target/minimal/lib"
  {
    printf 'Main-Class: %s.MinimalApplication\n' "${classes//\//.}"
    printf 'Enable-Native-Access: ALL-UNNAMED\n' # Netty's transport; JDK 24 and later ask
    printf 'Class-Path:'
    (cd "$target/minimal" && printf ' \n  %s' lib/*.jar)
    printf '\n'
  } >"$work/manifest"
  "${JAVA_HOME:+$JAVA_HOME/bin/}jar" --create --file "$jar" --manifest "$work/manifest" \
    -C "$module/target/test-classes" "$classes/MinimalApplication.class" || die 'no jar was made'
}

# The properties that keep an application on the loopback interface; a minimal one ignores the last two.
properties() { # properties PORT
  printf '%s\n' --spoe.server.address=127.0.0.1 "--spoe.server.port=$1" \
    --server.address=127.0.0.1 --server.port=0
}

# Starts an application on a free port and returns once it answers; sets agent (the process) and port.
agent='' port=''
start_agent() { # start_agent LOG JAVA [OPTION...] -jar JAR
  local log=$1 end arguments
  shift
  for _ in 1 2 3; do # someone else may take a free port first
    free_port port
    mapfile -t arguments < <(properties "$port")
    spawn "$@" "${arguments[@]}" >"$log" 2>&1
    agent=$!
    end=$((SECONDS + 60))
    while kill -0 "$agent" 2>/dev/null && ((SECONDS < end)); do
      ask "$port" && return
      pause 0.05
    done
    stop "$agent"
    grep -qi 'in use' "$log" || break
  done
  tail -n 5 "$log" >&2
  die "the application did not start: $*"
}

# --- results -----------------------------------------------------------------------------

median() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

machine() { # the machine and the code, as a JSON object
  local cpu memory commit
  cpu=$(sed -nE 's/^model name\s*: *//p' /proc/cpuinfo | head -n1 | tr -d '"')
  memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1024 }' /proc/meminfo)
  commit=$(git -C "$root" describe --always --dirty 2>/dev/null || true)
  printf '{"cpu": "%s", "cpus": %d, "memory_mib": %d, "kernel": "%s", "date": "%s", "commit": "%s"}' \
    "${cpu:-$(uname -m)}" "$(nproc)" "$memory" "$(uname -r)" "$(date -u +%F)" "$commit"
}
