package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "redis://me:secret@host:1/0?ttl=5s, redis://me@host:1/0?ttl=5s",
    "redis://:secret@host, redis://host",
    "redis://me:se@c:r/et@host, redis://me@host",
    "redis://me:se?c=r@host?ttl=5s, redis://me@host?ttl=5s",
    "redis://me:se;cr@host, redis://me@host",
    "redis://me@host, redis://me@host",
    "redis://host:6379, redis://host:6379",
    "'redis-cluster://a:1,b:2', 'redis-cluster://a:1,b:2'",
    "'rediss-sentinel://:p@a:1,b:2?master=m&sentinel-password=s', 'rediss-sentinel://a:1,b:2?master=m'",
    "'etcd://u:p@a,b,c?x=1', 'etcd://u@a,b,c?x=1'",
    "'jdbc:postgresql://h/db?user=me&password=p&ssl=on', 'jdbc:postgresql://h/db?user=me&ssl=on'",
    "'jdbc:postgresql://h/db?password=p&ssl=on', 'jdbc:postgresql://h/db?ssl=on'",
    "'jdbc:x://h/db?PassWord=p', 'jdbc:x://h/db'",
    "'jdbc:x://h/db?p%61ssword=p', 'jdbc:x://h/db'",
    "'jdbc:h2:mem:x;USER=sa;PASSWORD=p;MODE=y', 'jdbc:h2:mem:x;USER=sa;MODE=y'",
    "redis://me:se?cret@host?ttl=5s, redis://me@host?ttl=5s",
    "'etcd://h?token=a;b?c=d&ttl=5s', etcd://h?ttl=5s",
    "'etcd://h?password=p&x@y', 'etcd://h'",
    "'etcd://h?token=a&b&ttl=5s', etcd://h?ttl=5s",
    "'jdbc:sqlserver://h;user=me;password=a?ttl=5s', 'jdbc:sqlserver://h;user=me'",
    "file:///a:b@c/d?ttl=5s, file:///a:b@c/d?ttl=5s",
    "file:/var/lib/tyer, file:/var/lib/tyer"
  })
  void leavesThePasswordOut(String with, String without) {
    assertThat(new Address(with).withoutPassword().text()).isEqualTo(without);
    assertThat(new Address(with).toString()).isEqualTo(without);
    assertThat(new Address(with).hasPassword()).isEqualTo(!with.equals(without));
    assertThat(new Address(without).hasPassword()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "redis://me:p@host:1?owner=a@b, redis://me@host:1?owner=a@b",
    "redis://host:1?owner=a@b, redis://host:1?owner=a@b"
  })
  void passesOnWhatIsShownLessOf(String with, String without) {
    assertThat(new Address(with).withoutPassword().text()).isEqualTo(without);
    assertThat(new Address(with).toString()).contains("***");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://host:1/0?ttl=5s, redis://:a%40%2F%20b@host:1/0?ttl=5s",
    "redis://me@host, redis://me:a%40%2F%20b@host",
    "jdbc:postgresql://h/db, jdbc:postgresql://h/db?password=a%40%2F%20b",
    "'jdbc:x://h/db?user=me', 'jdbc:x://h/db?user=me&password=a%40%2F%20b'"
  })
  void takesAPassword(String without, String with) {
    Address address = new Address(without).withPassword("a@/ b");
    assertThat(address.text()).isEqualTo(with);
    assertThat(address.withoutPassword().text()).isEqualTo(without);
  }

  @Test
  void meansTheSameFromEverywhere() {
    assertThat(new Address("file:a/b?ttl=5s").absolute("/50%/c").text())
        .isEqualTo("file:/50%25/c/a/b?ttl=5s");
    for (String same : new String[] {"file:/a", "file:///a", "file:~/a", "file:", "redis://h"}) {
      assertThat(new Address(same).absolute("/c").text()).isEqualTo(same);
    }
  }

  @Test
  void findsOptions() {
    Address address = new Address("file:/x?ttl=5s&owner=a%20b&empty=");
    assertThat(address.option("ttl")).isEqualTo("5s");
    assertThat(address.option("owner")).isEqualTo("a b");
    assertThat(address.option("empty")).isEmpty();
    assertThat(address.option("beat")).isNull();
    assertThat(new Address("file:/x").option("ttl")).isNull();
  }

  @Test
  void surpriseIsNoFailure() {
    for (String odd :
        new String[] {"", ":", "//", "a://@", "x:?", "x:?&&=&", "x:%?%=%", "@", "a://:@"}) {
      assertThat(new Address(odd).withoutPassword().toString()).isNotNull();
      assertThat(new Address(odd).option("a")).isNull();
    }
  }
}
