package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.access.TokenId;
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

  // Of format 2. What is not done under a token has the kinds above.
  private static final int OPEN_BY = 12;
  private static final int ATTACH_BY = 13;
  private static final int REVOKE_BY = 14;
  private static final int LIST_BY = 15;
  private static final int CREATE_TOKEN = 16;
  private static final int REVOKE_TOKEN = 17;
  private static final int LIST_TOKENS = 18;

  // Of format 3.
  private static final int ADOPT = 19;
  private static final int RAISE_NUMBERS = 20;
  private static final int CREATE_TOKEN_WITH_BYTES = 21;

  private static final int EXCLUSIVE = 1;
  private static final int RECALLABLE = 2;
  private static final int ONLY_IF_FREE = 4;

  private CommandCodec() {}

  /** The first format that has such a command. */
  static int format(Command command) {
    if (command instanceof Command.Adopt adopt) {
      return adopt.version();
    }
    if (command instanceof Command.RaiseNumbers) {
      return 3;
    }
    if (command instanceof Command.CreateToken create) {
      return TokenCodec.format(create.token());
    }
    boolean ofTokens =
        command instanceof Command.RevokeToken || command instanceof Command.ListTokens;
    return ofTokens || isBy(command) ? 2 : 1;
  }

  private static boolean isWithBytes(Command command) {
    return command instanceof Command.CreateToken create && create.token().quotas().bytes() > 0;
  }

  private static boolean isBy(Command command) {
    return command instanceof Command.ByToken byToken && !byToken.by().isNone();
  }

  static void put(WireOut out, Command command) {
    if (command instanceof Command.CreateToken create && isWithBytes(command)) {
      putBy(out, CREATE_TOKEN_WITH_BYTES, create);
      TokenCodec.putWithBytes(out, create.token());
    } else if (command instanceof Command.CreateToken create) {
      putBy(out, CREATE_TOKEN, create);
      TokenCodec.put(out, create.token());
    } else if (command instanceof Command.RevokeToken revoke) {
      putBy(out, REVOKE_TOKEN, revoke);
      TokenCodec.putId(out, revoke.id());
    } else if (command instanceof Command.ListTokens list) {
      putBy(out, LIST_TOKENS, list);
      TokenCodec.putId(out, list.after());
      out.putVarint(list.limit());
    } else if (command instanceof Command.Adopt adopt) {
      out.put(ADOPT).putVarint(adopt.version());
    } else if (command instanceof Command.RaiseNumbers raise) {
      out.put(RAISE_NUMBERS).putVarint(raise.floor());
    } else {
      putKnownToFirst(out, command);
    }
  }

  /** The kind, and the token if there is one, or may be none. */
  private static WireOut putBy(WireOut out, int kind, Command.ByToken command) {
    out.put(kind);
    TokenCodec.putId(out, command.by());
    return out;
  }

  private static WireOut putKind(WireOut out, int plain, int by, Command.ByToken command) {
    return isBy(command) ? putBy(out, by, command) : out.put(plain);
  }

  private static void putKnownToFirst(WireOut out, Command command) {
    if (command instanceof Command.Open open) {
      putKind(out, OPEN, OPEN_BY, open)
          .putSession(open.session())
          .putVarint(open.ttlMillis())
          .putText(open.owner());
    } else if (command instanceof Command.Attach attach) {
      putKind(out, ATTACH, ATTACH_BY, attach).putSession(attach.session());
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
      putKind(out, REVOKE, REVOKE_BY, revoke).putName(revoke.name());
      out.putFlag(revoke.number().isPresent());
      revoke.number().ifPresent(out::putVarint);
      out.putFlag(revoke.now());
    } else if (command instanceof Command.List list) {
      putKind(out, LIST, LIST_BY, list).putText(list.prefix()).putText(list.after());
      out.putVarint(list.limit());
    } else if (command instanceof Command.Tick) {
      out.put(TICK);
    } else {
      throw new AssertionError(command);
    }
  }

  /** Of this format, or an earlier one. */
  static Command get(WireIn in, int format) {
    int kind = in.get();
    if (kind < OPEN_BY) {
      return getKnownToFirst(kind, in);
    }
    if (format < 2) {
      throw new IllegalArgumentException("there is no command " + kind);
    }
    if (kind >= ADOPT) {
      return getKnownToThird(kind, in, format);
    }
    TokenId by = TokenCodec.getId(in);
    if (by.isNone() && kind < CREATE_TOKEN) {
      throw new IllegalArgumentException("a command " + kind + " without a token");
    }
    return switch (kind) {
      case OPEN_BY -> new Command.Open(in.getSession(), in.getVarint(), in.getText(), by);
      case ATTACH_BY -> new Command.Attach(in.getSession(), by);
      case REVOKE_BY -> new Command.Revoke(in.getName(), getNumber(in), in.getFlag(), by);
      case LIST_BY -> new Command.List(in.getText(), in.getText(), in.getInt(), by);
      case CREATE_TOKEN -> new Command.CreateToken(TokenCodec.get(in, format), by);
      case REVOKE_TOKEN -> new Command.RevokeToken(TokenCodec.getId(in), by);
      case LIST_TOKENS -> new Command.ListTokens(TokenCodec.getId(in), in.getInt(), by);
      default -> throw new IllegalArgumentException("there is no command " + kind);
    };
  }

  private static Command getKnownToThird(int kind, WireIn in, int format) {
    if (format < 3) {
      throw new IllegalArgumentException("there is no command " + kind);
    }
    return switch (kind) {
      case ADOPT -> new Command.Adopt(in.getInt());
      case RAISE_NUMBERS -> new Command.RaiseNumbers(in.getVarint());
      case CREATE_TOKEN_WITH_BYTES -> getCreateWithBytes(in);
      default -> throw new IllegalArgumentException("there is no command " + kind);
    };
  }

  private static Command getCreateWithBytes(WireIn in) {
    TokenId by = TokenCodec.getId(in);
    Command.CreateToken create = new Command.CreateToken(TokenCodec.getWithBytes(in), by);
    if (!isWithBytes(create)) {
      throw new IllegalArgumentException("a token without a quota of bytes that has one");
    }
    return create;
  }

  private static Command getKnownToFirst(int kind, WireIn in) {
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
