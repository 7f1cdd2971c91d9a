#!/usr/bin/env bash
# Measures how long an otherwise empty Camel application takes to start on Quarkus in JVM mode, without the extension and with it.
# Needs the modules in the local Maven repository (mvn -DskipTests install). Arguments: starts of each (20), then Maven's.
# The times come from Quarkus' log ("started in"). The applications start in turn, so that the machine's load affects both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

starts=${1:-20}
shift || true
work=$PWD/examples/bench/target/quarkus-startup
property() {
  sed -n "s#^ *<$1>\(.*\)</$1>#\1#p" pom.xml | head -1
}
quarkus=$(property quarkus.version)
camel_quarkus=$(property camel-quarkus.version)
version=$(property version)

application() {
  local name=$1 dependency=$2 properties=$3
  mkdir -p "$work/$name/src/main/resources"
  echo "$properties" >"$work/$name/src/main/resources/application.properties"
  cat >"$work/$name/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>startup</groupId>
  <artifactId>$name</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>io.quarkus</groupId><artifactId>quarkus-bom</artifactId><version>$quarkus</version>
        <type>pom</type><scope>import</scope>
      </dependency>
      <dependency>
        <groupId>org.apache.camel.quarkus</groupId><artifactId>camel-quarkus-bom</artifactId>
        <version>$camel_quarkus</version><type>pom</type><scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>$dependency</dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version>
      </plugin>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version>
      </plugin>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId><artifactId>maven-surefire-plugin</artifactId><version>3.5.4</version>
      </plugin>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId><artifactId>maven-jar-plugin</artifactId><version>3.5.1</version>
      </plugin>
      <plugin>
        <groupId>io.quarkus</groupId><artifactId>quarkus-maven-plugin</artifactId><version>$quarkus</version>
        <executions><execution><goals><goal>build</goal></goals></execution></executions>
      </plugin>
    </plugins>
  </build>
</project>
POM
}

# Prints the seconds that Quarkus reports.
started_in() {
  local log=$work/$1.log pid seconds=
  java -jar "$work/$1/target/quarkus-app/quarkus-run.jar" >"$log" 2>&1 &
  pid=$!
  for ((i = 0; i < 600; i++)); do
    seconds=$(sed -n 's/.*started in \([0-9.]*\)s\..*/\1/p' "$log")
    [[ -n $seconds ]] && break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" || true
  [[ -n $seconds ]] || { echo "$1 did not start, see $log" >&2; return 1; }
  echo "$seconds"
}

median() {
  sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

rm -rf "$work"
application without '<dependency><groupId>org.apache.camel.quarkus</groupId><artifactId>camel-quarkus-core</artifactId></dependency>' ''
application with "<dependency><groupId>io.crynux.camel</groupId><artifactId>camel-quarkus-crynux</artifactId><version>$version</version></dependency>" \
  'camel.component.crynux.task-fee=30'
for name in without with; do
  mvn -q -f "$work/$name/pom.xml" "$@" package
done
for ((start = 0; start < starts; start++)); do
  for name in without with; do
    started_in "$name" >>"$work/$name.seconds"
  done
done
echo "starts of each: $starts, load: $(cut -d' ' -f1-3 /proc/loadavg)"
for name in without with; do
  echo "$name: median $(median <"$work/$name.seconds") s (minimum $(sort -n "$work/$name.seconds" | head -1), maximum $(sort -n "$work/$name.seconds" | tail -1))"
done
