package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.ServerSyntax;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  private int tyerServer(String... arguments) {
    return new Console("tyer", new PrintWriter(out, true), new PrintWriter(err, true))
        .run(new ServerCommand(), arguments);
  }

  @Test
  void helpNamesCommandsAndOptions() {
    assertThat(tyerServer("--help")).isEqualTo(Exit.OK.code());
    assertThat(out.toString())
        .contains("status", "add", "remove", "transfer", "--peers", "--client-ca", "--plaintext");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "status --version"})
  void versionIsTold(String arguments) {
    assertThat(tyerServer(arguments.split(" "))).isEqualTo(Exit.OK.code());
    assertThat(out.toString()).startsWith("tyer ").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nonsense | there is no option --nonsense",
        "nonsense | there is no command 'nonsense'",
        "remove | ID is needed",
        "add x | --peer is needed: HOST:PORT"
      })
  void whatIsNotUnderstoodIsSaidInOneLineAndWhereToLook(String arguments, String message) {
    assertThat(tyerServer(arguments.split(" "))).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains(message).contains("--help").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen nowhere:x | --listen wants host:port",
        "--listen 0.0.0.0:7878 | --operator-token or --client-ca",
        "--listen 0.0.0.0:7878 --dev | loopback",
        "--listen 0.0.0.0:7878 --plaintext | loopback",
        "--http localhost --http-host a.example:80 | names without ports",
        "--http localhost --http-host a.example, | names without ports",
        "--http localhost --http-host a.example,b:80 | not 'b:80'",
        "--http nowhere:x | --http wants host:port",
        "--http 0.0.0.0 | --operator-token or --client-ca",
        "--http 0.0.0.0 --plaintext | loopback",
        "--dev --plaintext | one of them",
        "--tls-cert a.pem | together with its key",
        "--peers a=b | --peers wants id=host:port/host:port",
        "--peers a=localhost:1/localhost:2 | not among the members",
        "--join --id a --peers a=localhost:1/localhost:2 | name none",
        "--connections 0 | connections must be positive",
        "--connections many | --connections is a whole number, not 'many'",
        "--log-format xml | text or json, not 'xml'"
      })
  void whatCannotBeStartedIsRefusedAndSaysWhatToDo(String arguments, String message) {
    String all = arguments + " --data " + directory.resolve("data");
    assertThat(tyerServer(all.split(" "))).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).startsWith("tyer: ").contains(message).hasLineCount(1);
    assertThat(directory.resolve("data/log")).doesNotExist();
  }

  @Test
  void namesForHttpAreSeparatedByCommasOrGivenOneByOne() {
    StartOptions options =
        StartOptions.of(
            ServerSyntax.server()
                .parse(
                    "--data",
                    directory.toString(),
                    "--http",
                    "localhost",
                    "--http-host",
                    "a.example,*.b.example",
                    "--http-host",
                    "c,a.example"));
    assertThat(options.config().httpHosts())
        .containsExactlyInAnyOrder("a.example", "*.b.example", "c");
  }

  @Test
  void whatCannotBeReadIsNamed() {
    String data = directory.resolve("data").toString();
    assertThat(tyerServer("--tls-cert", "none.pem", "--tls-key", "none.key", "--data", data))
        .isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).startsWith("tyer: ").contains("none.pem").hasLineCount(1);
  }

  @Test
  void aMemberThatIsNotThereIsNamed() {
    assertThat(tyerServer("status", "--server", "localhost:1", "--plaintext"))
        .isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).contains("localhost:1").hasLineCount(1);
  }

  @Test
  void plainTextIsForThisMachineOnly() {
    assertThat(tyerServer("status", "--server", "192.0.2.1:1", "--plaintext"))
        .isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("use TLS").hasLineCount(1);
  }
}
