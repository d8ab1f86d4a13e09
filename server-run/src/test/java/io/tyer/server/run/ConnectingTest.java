package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.server.ClientSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom commands trust that ask a member, and what they say of one that cannot be asked. */
@Timeout(120)
class ConnectingTest {

  private static Path data;
  private static TyerServer server;
  private static TyerServer bare;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start(@TempDir Path ofOne, @TempDir Path ofAnother) throws IOException {
    data = ofOne;
    server = TyerServer.start(ServerConfig.local(data, 0).withSecurity(new ClientSecurity.Dev()));
    bare =
        TyerServer.start(
            ServerConfig.local(ofAnother, 0).withSecurity(new ClientSecurity.Plaintext()));
  }

  @AfterAll
  static void stop() {
    server.close();
    bare.close();
  }

  private int run(String... arguments) {
    return new Console("tyer", new PrintWriter(out, true), new PrintWriter(err, true))
        .run(new ServerCommand(), arguments);
  }

  private String refused(Exit exit, String... arguments) {
    assertThat(run(arguments)).as(err::toString).isEqualTo(exit.code());
    assertThat(err.toString())
        .startsWith("tyer: ")
        .hasLineCount(1)
        .doesNotContain("Pipeline")
        .doesNotContain("netty");
    return err.toString();
  }

  private static String at(TyerServer member) {
    return "localhost:" + member.port();
  }

  @Test
  void theCertificateOfAServerIsFoundWhereItKeepsItsLog() {
    assertThat(run("status", "--server", at(server), "--data", data.toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString()).startsWith("cluster tyer, ");
    assertThat(
            refused(Exit.USAGE, "token", "list", "--server", at(server), "--data", data.toString()))
        .startsWith("tyer: " + at(server) + " refused: ")
        .contains("it is to be started with an operator's token");
  }

  @Test
  void whereThereIsNoneTheDirectoryIsNamed() {
    assertThat(refused(Exit.USAGE, "status", "--server", at(server), "--data", "/nowhere"))
        .contains("no server with a certificate of its own keeps its log in /nowhere");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotBelieved() {
    assertThat(refused(Exit.UNREACHABLE, "status", "--server", at(server)))
        .startsWith("tyer: " + at(server) + " refused: its certificate is not signed by")
        .contains("--tls-ca");
  }

  @Test
  void whoSpeaksNoTlsIsToldFromWhoDoes() {
    assertThat(refused(Exit.UNREACHABLE, "status", "--server", at(bare)))
        .contains("it does not speak TLS at this port", "is reached with --plaintext");
    err.getBuffer().setLength(0);
    assertThat(refused(Exit.UNREACHABLE, "status", "--server", at(server), "--plaintext"))
        .startsWith("tyer: " + at(server) + " cannot be reached: ")
        .contains("(if it speaks TLS there, leave out --plaintext)");
  }

  @Test
  void whereNobodyListensIsSaid() {
    assertThat(refused(Exit.UNREACHABLE, "status", "--server", "localhost:1"))
        .contains("localhost:1 cannot be reached: nobody listens there; is the server started");
  }
}
