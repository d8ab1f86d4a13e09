package io.tyer.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.ObjIntConsumer;

/**
 * Signals, which Java has only as {@code sun.misc.Signal}, in the module jdk.unsupported. Looked up
 * by name, since the compiler warns of it in a way that cannot be suppressed.
 */
final class Signals {

  private Signals() {}

  /**
   * Has the handler called with the signal's name (as in {@code TERM}) and number each time it
   * comes, on a thread of its own, instead of what Java does. A signal that was ignored when the
   * program started, as by {@code nohup}, stays ignored.
   *
   * @return whether that is possible
   */
  static boolean handle(String name, ObjIntConsumer<String> handler) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      int number = (int) signalClass.getMethod("getNumber").invoke(signal);
      InvocationHandler calls =
          (proxy, method, args) ->
              switch (method.getName()) {
                case "handle" -> {
                  handler.accept(name, number);
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> args != null && proxy == args[0];
                default -> "handler of " + name;
              };
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerClass}, calls);
      signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      return false; // not on this system, or this Java keeps the signal for itself
    }
  }
}
