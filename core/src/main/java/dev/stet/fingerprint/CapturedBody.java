package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of an experiment's body from its serialised form: the class and method that implement it, and the
 * values it captured.
 *
 * <p>A body is a lambda, a method reference, or an object of a named or anonymous class. What it captured belongs to
 * the recipe, so captured values are read when the body is captured, as {@link CanonicalForm} reads values, with their
 * classes: text, numbers, enums, records, lists, maps, arrays, objects with a constructor without arguments, and
 * serialisable lambdas, wherever they stand. Any other becomes {@link NotCaptured}, by its place, and what is beside it
 * is read. The names that a compiler gives to lambdas and anonymous classes do not appear: they change when another
 * lambda is written beside them.
 *
 * <p>A captured object that changes later does not change what was read; {@link #readAgain()} reads it anew.
 *
 * <p>Nothing of the body is run, and no captured object's serialisation code is run before {@link #bytes()} is called.
 *
 * <p>Immutable and safe to share between threads, as long as the captured objects are.
 *
 * @since 0.1
 */
public final class CapturedBody {
  private final Serializable body;
  private final Origin origin;
  private final List<Capture> captures;
  private final CaptureReader reader;
  private final Map<String, Object> tree;

  private CapturedBody(
      Serializable body, Origin origin, List<Capture> captures, CaptureReader reader) {
    this.body = body;
    this.origin = origin;
    this.captures = captures;
    this.reader = reader;
    this.tree = origin.tree(captures);
  }

  /**
   * Captures a body.
   *
   * @param body the body: a serialisable lambda, method reference or object
   * @return what could be read of it
   * @throws IllegalArgumentException when the body's own class replaces it by another object on serialisation, so that
   *     nothing is known of it
   */
  public static CapturedBody of(Serializable body) {
    requireNonNull(body, "body");
    CaptureReader reader = new CaptureReader();
    if (body instanceof MethodBody methods) {
      return new CapturedBody(body, Origin.of(methods.code().get(0)), List.of(), reader);
    }
    Optional<SerializedLambda> lambda = serializedLambda(body);
    if (lambda.isPresent()) {
      List<Capture> captures = Capture.ofLambda(lambda.get(), reader, null);
      return new CapturedBody(body, Origin.of(lambda.get()), captures, reader);
    }
    Class<?> type = body.getClass();
    if (type.isHidden()) {
      throw new IllegalArgumentException("body of class " + type.getName()
          + " cannot be read: its class is hidden and it is not a serialisable lambda. Write the body as a lambda,"
          + " a method reference or an object of a class.");
    }
    return new CapturedBody(body, Origin.of(type), Capture.ofFields(body, reader), reader);
  }

  /**
   * Returns whether a later reading of the same body must give the same: nothing that was read can change.
   *
   * <p>Arrays, collections other than those of {@code List.of}, {@code Set.of} and {@code Map.of}, objects with fields
   * that are not final, and a body's own such fields can change; text, numbers, enums, records and lambdas of them
   * cannot.
   *
   * @return true when one reading is enough for all runs
   */
  public boolean isConstant() {
    return !reader.isChangeable();
  }

  /**
   * Returns what the body captures now, for the fingerprint of a run that is about to start.
   *
   * <p>This costs nothing when {@linkplain #isConstant() nothing can change}; otherwise the captured values are read
   * once more, which takes time in proportion to them.
   *
   * @return this object when nothing can change, otherwise a new one
   */
  public CapturedBody readAgain() {
    return isConstant() ? this : of(body);
  }

  /**
   * Returns the binary name of the class that holds the body's code.
   *
   * @return the class that declares the lambda or the referenced method, or the body's own class
   */
  public String className() {
    return origin.className();
  }

  /**
   * Returns the name of the implementing method, as the compiler named it.
   *
   * @return its name; empty when the body is an object of a class, which may have several
   */
  public Optional<String> methodName() {
    return origin.isObject() ? Optional.empty() : Optional.of(origin.methodName());
  }

  /**
   * Returns the descriptor of the implementing method in the notation of the class file format.
   *
   * @return its descriptor; empty when the body is an object of a class
   */
  public Optional<String> methodDescriptor() {
    return origin.isObject() ? Optional.empty() : Optional.of(origin.descriptor());
  }

  /**
   * Returns what the fingerprint holds of the body: {@code class}, {@code kind}, {@code method} for a method
   * reference, and {@code captured}, the captured values in the compiler's order.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> tree() {
    return tree;
  }

  /**
   * Serialises the body, to be run in another JVM.
   *
   * <p>The captured objects are written as they are now.
   *
   * @return a fresh array with the serialised form
   * @throws IllegalStateException when the body cannot travel; the message names the captured value or field
   */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(body, bytes);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(whyItCannotTravel(e), e);
    }
    return bytes.toByteArray();
  }

  /**
   * Says why the body cannot be run in another JVM.
   *
   * <p>The captured objects are serialised to find out, and the result is thrown away.
   *
   * @return the reason, which names the captured value or field; empty when the body can travel
   */
  public Optional<String> obstacle() {
    try {
      write(body, OutputStream.nullOutputStream());
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(whyItCannotTravel(e));
    }
  }

  Serializable body() {
    return body;
  }

  Origin origin() {
    return origin;
  }

  /** The loader of the class that holds the body's code. */
  @Nullable
  ClassLoader loader() {
    return body instanceof MethodBody methods
        ? methods.code().get(0).getDeclaringClass().getClassLoader()
        : body.getClass().getClassLoader();
  }

  /** Where the code of captured lambdas and objects is, and that of the other methods of a body that names several. */
  Set<Object> reached() {
    if (body instanceof MethodBody methods) {
      Set<Object> origins = new LinkedHashSet<>();
      methods.code().stream().skip(1).map(Origin::of).forEach(origins::add);
      return origins;
    }
    return reader.reached();
  }

  /** The captured lambdas, one for each place where one stands. */
  List<Origin> lambdas() {
    return reader.lambdas();
  }

  /** Names the code where a reading of the body's code starts. */
  String start() {
    StringBuilder text = new StringBuilder().append(origin);
    for (Object code : reached()) {
      text.append(' ').append(code instanceof Class<?> type ? type.getName() : code);
    }
    return text.append(' ').append(lambdas()).toString();
  }

  private String whyItCannotTravel(Exception whole) {
    for (Capture capture : captures) {
      try {
        write(capture.value(), OutputStream.nullOutputStream());
      } catch (IOException | RuntimeException e) {
        return capture.name() + " of type " + capture.typeName() + " cannot travel to another JVM: "
            + e + ". Make its class Serializable, or let the body create it.";
      }
    }
    return "the body of " + NestName.named(className()) + " cannot travel to another JVM: " + whole;
  }

  private static void write(@Nullable Object value, OutputStream to) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(to)) {
      out.writeObject(value);
    }
  }

  /** Reads the form in which a lambda is serialised, or nothing when the object is not a lambda. */
  static Optional<SerializedLambda> serializedLambda(Object value) {
    // An object of a class that is not hidden is no lambda; asking it would run its writeReplace.
    if (!(value instanceof Serializable) || !value.getClass().isHidden()) {
      return Optional.empty();
    }
    try (FirstObject out = new FirstObject()) {
      out.writeObject(value);
      return Optional.empty();
    } catch (Found found) {
      return Optional.ofNullable(found.lambda);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Where the code of a body is. */
  record Origin(
      String className,
      String methodName,
      String descriptor,
      int kindOfReference,
      String capturingClass) {
    static Origin of(SerializedLambda lambda) {
      return new Origin(
          lambda.getImplClass().replace('/', '.'),
          lambda.getImplMethodName(),
          lambda.getImplMethodSignature(),
          lambda.getImplMethodKind(),
          lambda.getCapturingClass().replace('/', '.'));
    }

    static Origin of(Class<?> type) {
      return new Origin(type.getName(), "", "", 0, type.getName());
    }

    static Origin of(Executable code) {
      String owner = code.getDeclaringClass().getName();
      Class<?> result = code instanceof Method method ? method.getReturnType() : void.class;
      boolean isStatic = Modifier.isStatic(code.getModifiers());
      return new Origin(
          owner,
          code instanceof Method ? code.getName() : "<init>",
          MethodType.methodType(result, code.getParameterTypes()).toMethodDescriptorString(),
          isStatic ? MethodHandleInfo.REF_invokeStatic : MethodHandleInfo.REF_invokeVirtual,
          owner);
    }

    Map<String, Object> tree(List<Capture> captures) {
      TreeMap<String, Object> tree = new TreeMap<>();
      tree.put("class", NestName.named(className));
      tree.put("kind", kind());
      if (isMethodReference()) {
        tree.put("method", methodName);
      }
      List<@Nullable Object> captured = new ArrayList<>();
      captures.forEach(capture -> captured.add(capture.tree()));
      tree.put("captured", Collections.unmodifiableList(captured));
      return Collections.unmodifiableMap(tree);
    }

    boolean isObject() {
      return methodName.isEmpty();
    }

    boolean isMethodReference() {
      return !isObject() && !NestName.isLambda(methodName);
    }

    boolean isStatic() {
      return kindOfReference == MethodHandleInfo.REF_invokeStatic;
    }

    String kind() {
      if (isObject()) {
        return NestName.named(className).equals(className) ? "class" : "anonymous or local class";
      }
      return isMethodReference() ? "method reference" : "lambda";
    }
  }

  /** Stops at the first object that is about to be written: what a lambda replaces itself by. */
  private static final class FirstObject extends ObjectOutputStream {
    FirstObject() throws IOException {
      super(OutputStream.nullOutputStream());
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(@Nullable Object first) {
      throw new Found(first instanceof SerializedLambda lambda ? lambda : null);
    }
  }

  /** Unchecked, since the stream would try to write a checked one into itself. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable SerializedLambda lambda;

    Found(@Nullable SerializedLambda lambda) {
      super(null, null, false, false);
      this.lambda = lambda;
    }
  }
}
