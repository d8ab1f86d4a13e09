package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.util.OptionalLong;

/** Commands as bytes: the kind, then its parts in the order in which the record has them. */
final class CommandCodec {

  private static final int OPEN = 1;
  private static final int ATTACH = 2;
  private static final int BEAT = 3;
  private static final int ENTER = 4;
  private static final int LEAVE = 5;
  private static final int WEAKEN = 6;
  private static final int CHECK = 7;
  private static final int END = 8;
  private static final int REVOKE = 9;
  private static final int LIST = 10;
  private static final int TICK = 11;

  private static final int EXCLUSIVE = 1;
  private static final int RECALLABLE = 2;
  private static final int ONLY_IF_FREE = 4;

  private CommandCodec() {}

  static void put(WireOut out, Command command) {
    if (command instanceof Command.Open open) {
      out.put(OPEN).putSession(open.session()).putVarint(open.ttlMillis()).putText(open.owner());
    } else if (command instanceof Command.Attach attach) {
      out.put(ATTACH).putSession(attach.session());
    } else if (command instanceof Command.Beat beat) {
      out.put(BEAT).putSession(beat.session());
    } else if (command instanceof Command.Enter enter) {
      putEnter(out, enter);
    } else if (command instanceof Command.Leave leave) {
      out.put(LEAVE).putSession(leave.session());
      putPlace(out, leave.place());
      out.putName(leave.name()).putRequest(leave.request()).putVarint(leave.number());
    } else if (command instanceof Command.Weaken weaken) {
      out.put(WEAKEN).putSession(weaken.session());
      putPlace(out, weaken.place());
      out.putName(weaken.name()).putRequest(weaken.request()).putVarint(weaken.number());
      out.putVarint(weaken.weight()).putVarint(weaken.capacity());
    } else if (command instanceof Command.Check check) {
      out.put(CHECK).putSession(check.session()).putName(check.name());
      out.putRequest(check.request()).putVarint(check.number());
    } else if (command instanceof Command.End end) {
      out.put(END).putSession(end.session());
    } else if (command instanceof Command.Revoke revoke) {
      out.put(REVOKE).putName(revoke.name()).putFlag(revoke.number().isPresent());
      revoke.number().ifPresent(out::putVarint);
      out.putFlag(revoke.now());
    } else if (command instanceof Command.List list) {
      out.put(LIST).putText(list.prefix()).putText(list.after()).putVarint(list.limit());
    } else if (command instanceof Command.Tick) {
      out.put(TICK);
    } else {
      throw new AssertionError(command);
    }
  }

  static Command get(WireIn in) {
    int kind = in.get();
    return switch (kind) {
      case OPEN -> new Command.Open(in.getSession(), in.getVarint(), in.getText());
      case ATTACH -> new Command.Attach(in.getSession());
      case BEAT -> new Command.Beat(in.getSession());
      case ENTER -> getEnter(in);
      case LEAVE ->
          new Command.Leave(
              in.getSession(), getPlace(in), in.getName(), in.getRequest(), in.getVarint());
      case WEAKEN ->
          new Command.Weaken(
              in.getSession(),
              getPlace(in),
              in.getName(),
              in.getRequest(),
              in.getVarint(),
              in.getInt(),
              in.getInt());
      case CHECK ->
          new Command.Check(in.getSession(), in.getName(), in.getRequest(), in.getVarint());
      case END -> new Command.End(in.getSession());
      case REVOKE -> new Command.Revoke(in.getName(), getNumber(in), in.getFlag());
      case LIST -> new Command.List(in.getText(), in.getText(), in.getInt());
      case TICK -> new Command.Tick();
      default -> throw new IllegalArgumentException("there is no command " + kind);
    };
  }

  private static OptionalLong getNumber(WireIn in) {
    return in.getFlag() ? OptionalLong.of(in.getVarint()) : OptionalLong.empty();
  }

  private static void putPlace(WireOut out, Command.Place place) {
    out.putVarint(place.sequence()).putVarint(place.settled());
  }

  private static Command.Place getPlace(WireIn in) {
    return new Command.Place(in.getVarint(), in.getVarint());
  }

  private static void putEnter(WireOut out, Command.Enter enter) {
    Ask ask = enter.ask();
    int flags =
        (ask.exclusive() ? EXCLUSIVE : 0)
            | (ask.recallable() ? RECALLABLE : 0)
            | (enter.onlyIfFree() ? ONLY_IF_FREE : 0);
    out.put(ENTER);
    putPlace(out, enter.place());
    out.putName(enter.name()).put(flags).putSession(ask.session()).putRequest(ask.request());
    if (!ask.exclusive()) {
      out.putVarint(ask.weight()).putVarint(ask.capacity());
    }
    out.putText(ask.owner());
  }

  private static Command getEnter(WireIn in) {
    Command.Place place = getPlace(in);
    LockName name = in.getName();
    int flags = in.get();
    if (flags > (EXCLUSIVE | RECALLABLE | ONLY_IF_FREE)) {
      throw new IllegalArgumentException("an enter with flags " + flags);
    }
    boolean exclusive = (flags & EXCLUSIVE) != 0;
    SessionId session = in.getSession();
    RequestId request = in.getRequest();
    int weight = exclusive ? 1 : in.getInt();
    int capacity = exclusive ? 1 : in.getInt();
    boolean recallable = (flags & RECALLABLE) != 0;
    Ask ask = new Ask(session, request, in.getText(), exclusive, weight, capacity, recallable);
    return new Command.Enter(place, name, ask, (flags & ONLY_IF_FREE) != 0);
  }
}
