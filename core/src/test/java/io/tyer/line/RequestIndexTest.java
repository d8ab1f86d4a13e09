package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every request is found, however alike the ids are. */
class RequestIndexTest {

  @Test
  void findsEachAndForgetsEach() {
    for (int testCase = 0; testCase < 50; testCase++) {
      Random random = Seed.random(testCase);
      List<RequestId> ids = new ArrayList<>();
      for (int bit = 0; bit < Long.SIZE; bit++) {
        ids.add(new RequestId(1L << bit, 0));
        ids.add(new RequestId(0, 1L << bit));
        ids.add(new RequestId(-1L << bit, -1));
        ids.add(new RequestId(random.nextLong(), random.nextLong()));
      }
      ids = new ArrayList<>(ids.stream().distinct().toList());
      Collections.shuffle(ids, random);
      RequestIndex index = RequestIndex.EMPTY;
      for (int i = 0; i < ids.size(); i++) {
        assertThat(index.find(ids.get(i))).as(Seed.label(testCase)).isEqualTo(-1);
        index = index.with(ticket(i + 1, ids.get(i)));
        assertThat(index.find(ids.get(i))).as(Seed.label(testCase)).isEqualTo(i + 1);
      }
      List<RequestId> order = new ArrayList<>(ids);
      Collections.shuffle(order, random);
      for (RequestId id : order) {
        assertThat(index.find(id)).as(Seed.label(testCase)).isEqualTo(ids.indexOf(id) + 1);
        index = index.without(id);
        assertThat(index.find(id)).as(Seed.label(testCase)).isEqualTo(-1);
      }
      assertThat(index).as(Seed.label(testCase)).isSameAs(RequestIndex.EMPTY);
    }
  }

  @Test
  void idsThatDifferInTheirLastBitOnly() {
    RequestId one = new RequestId(0, -1);
    RequestId other = new RequestId(Long.MIN_VALUE, -1);
    RequestIndex index = RequestIndex.EMPTY.with(ticket(1, one)).with(ticket(2, other));
    assertThat(index.find(one)).isEqualTo(1);
    assertThat(index.find(other)).isEqualTo(2);
    assertThat(index.without(one).find(other)).isEqualTo(2);
    assertThat(index.without(one).without(other)).isSameAs(RequestIndex.EMPTY);
  }

  private static Ticket ticket(long number, RequestId request) {
    return Ticket.of(Ask.exclusive(new SessionId(0, 0), request, "", false), number, 0);
  }
}
