package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

  private static final Failures FAILURES =
      new Failures(
          ZooKeeperAddress.of(StoreAddress.parse("zookeeper://me:secret-word@host/some/where")));

  private static StoreException of(Code code, boolean changes) {
    return FAILURES.of(code.intValue(), "/some/where/lines/a", changes);
  }

  /** A change may have been done unless it is certain that it was not; a read changes nothing. */
  @ParameterizedTest
  @CsvSource({
    "CONNECTIONLOSS,UNKNOWN,UNREACHABLE,the connection broke",
    "OPERATIONTIMEOUT,UNKNOWN,UNREACHABLE,the connection broke",
    "SESSIONEXPIRED,SESSION_DEAD,SESSION_DEAD,has ended the session",
    "SESSIONMOVED,UNREACHABLE,UNREACHABLE,moved",
    "THROTTLEDOP,UNREACHABLE,UNREACHABLE,too much to do",
    "NOTREADONLY,UNREACHABLE,UNREACHABLE,read-only",
    "AUTHFAILED,REFUSED,REFUSED,who this client says it is",
    "NOAUTH,REFUSED,REFUSED,with these credentials this client may not use /some/where/lines/a",
    "INVALIDACL,REFUSED,REFUSED,acl=auth needs credentials",
    "UNIMPLEMENTED,REFUSED,REFUSED,3.5.3 or later",
    "QUOTAEXCEEDED,REFUSED,REFUSED,a quota is used up at /some/where/lines/a",
    "NONODE,REFUSED,REFUSED,removed by hand",
    "SYSTEMERROR,UNKNOWN,UNREACHABLE,SYSTEMERROR",
  })
  void aResultSaysWhatIsKnownAndWhatWouldBeRight(Code code, Kind change, Kind read, String words) {
    assertThat(of(code, true).kind()).isEqualTo(change);
    assertThat(of(code, false).kind()).isEqualTo(read);
    assertThat(of(code, true))
        .hasMessageContainingAll("zookeeper://me", "host/some/where", words)
        .message()
        .doesNotContain("secret-word");
  }
}
