package io.tyer.testkit.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Core and simulator once more, with a mutant in place of what is right. */
final class MutatedClasses extends ClassLoader {

  private static final String OURS = "io.tyer.";

  private final Map<String, ByteArrayOutputStream> mutated = new HashMap<>();

  MutatedClasses(Mutant mutant) throws IOException {
    super(MutatedClasses.class.getClassLoader());
    compile(mutant);
  }

  /** A simulator of the mutant: answers which promise a seed breaks, or an empty text. */
  @SuppressWarnings("unchecked")
  LongFunction<String> simulator() throws ReflectiveOperationException {
    Class<?> verdict = loadClass(Verdict.class.getName());
    return (LongFunction<String>) verdict.getDeclaredConstructor().newInstance();
  }

  // ---- compiling

  private static Path sources() {
    Path besideThisModule = Path.of("..", "core", "src", "main", "java", "io", "tyer");
    return Files.isDirectory(besideThisModule)
        ? besideThisModule
        : Path.of("core", "src", "main", "java", "io", "tyer");
  }

  private static Map<String, String> mutate(Mutant mutant) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String text = texts.get(edit.file());
      if (text == null) {
        text = Files.readString(sources().resolve(edit.file() + ".java"));
      }
      int at = text.indexOf(edit.original());
      if (at < 0 || text.indexOf(edit.original(), at + 1) >= 0) {
        throw new AssertionError(
            "this must stand exactly once in " + edit.file() + ".java:\n" + edit.original());
      }
      texts.put(edit.file(), text.replace(edit.original(), edit.mutated()));
    }
    return texts;
  }

  private void compile(Mutant mutant) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units = new ArrayList<>();
    mutate(mutant).forEach((file, text) -> units.add(new Source(file, text)));
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
      boolean compiled =
          compiler.getTask(messages, new InMemory(standard), null, options, null, units).call();
      if (!compiled) {
        throw new AssertionError(mutant + " does not compile:\n" + messages);
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("string:///io/tyer/" + file + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

    InMemory(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          mutated.put(className, bytes);
          return bytes;
        }
      };
    }
  }

  // ---- loading

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes;
    ByteArrayOutputStream changed = mutated.get(name);
    if (changed != null) {
      bytes = changed.toByteArray();
    } else {
      try (InputStream original =
          getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (original == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = original.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
