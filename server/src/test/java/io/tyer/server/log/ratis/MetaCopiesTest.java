package io.tyer.server.log.ratis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.log.MemberConfig;
import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaCopiesTest {

  private static final String FIRST = "#\nterm=7\nvotedFor=a\n";
  private static final String SECOND = "#\nterm=8\nvotedFor=b\n";

  @TempDir private Path root;
  private Path meta = Path.of("");
  private MemberConfig config;

  MetaCopiesTest() throws IOException {
    MemberInfo a = Trio.member("a");
    config = MemberConfig.of(Path.of("unused"), "test", a, List.of(a));
  }

  @BeforeEach
  void directory() throws IOException {
    config = MemberConfig.of(root, "test", config.self(), config.initialMembers());
    Path current = root.resolve(Home.group("test").getUuid().toString()).resolve("current");
    meta = Files.createDirectories(current).resolve("raft-meta");
  }

  private MetaCopies copies() {
    return new MetaCopies(config);
  }

  @Test
  void whatWasKeptLastIsRestored() throws IOException {
    Files.writeString(meta, FIRST);
    MetaCopies copies = copies();
    copies.restore();
    Files.writeString(meta, SECOND);
    copies.keep();
    Files.writeString(meta, "");
    assertThatThrownBy(copies::keep)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
    copies().restore();
    assertThat(meta).hasContent(SECOND);
  }

  @Test
  void aFileThatIsWholeIsLeftAsItIs() throws IOException {
    Files.writeString(meta, FIRST);
    copies().restore();
    Files.writeString(meta, SECOND);
    copies().restore();
    assertThat(meta).hasContent(SECOND);
    Files.writeString(meta, "");
    copies().restore();
    assertThat(meta).as("copied at the start").hasContent(SECOND);
  }

  @Test
  void aCopyThatCannotBeWrittenIsTold() throws IOException {
    Files.writeString(meta, FIRST);
    MetaCopies copies = copies();
    copies.restore();
    Files.createDirectory(meta.resolveSibling("raft-meta.copy.new"));
    copies.keep();
    Files.writeString(meta, SECOND);
    assertThatThrownBy(copies::keep).isInstanceOf(IOException.class);
  }

  @Test
  void nothingIsMadeWhereNothingIs() throws IOException {
    copies().restore();
    copies().keep();
    assertThat(meta.getParent()).isEmptyDirectory();
  }

  @Test
  void halfAFileIsNone() {
    assertThat(MetaFormats.isMeta(FIRST.getBytes(UTF_8))).isTrue();
    for (int length = 0; length < FIRST.length(); length++) {
      assertThat(MetaFormats.isMeta(FIRST.substring(0, length).getBytes(UTF_8))).isFalse();
    }
    assertThat(MetaFormats.isMembers(new byte[0])).isFalse();
  }
}
